"""Many rows in a few batches, each a short read of its own: no connection is held between them."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from backend.db.reads import Fetch

Row = Any  # Any: a database row, read by column name

# Few enough that an event loop which works through one is not held up for long.
BATCH = 2_000


async def in_batches(
    fetch: Fetch,
    sql: str,
    values: Sequence[object],
    *,
    after: Sequence[object],
    key: Callable[[Row], Sequence[object]],
    size: int = BATCH,
) -> AsyncIterator[Sequence[Row]]:
    """All rows of a query in the order of a key.

    The query's parameters are `values`, then the key that a batch comes after, then how many rows it takes.
    """
    while True:
        rows = await fetch(sql, *values, *after, size)
        if rows:
            yield rows
        if len(rows) < size:
            return
        after = key(rows[-1])
