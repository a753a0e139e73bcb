"""Names of rows by id, in one call: what packages show of each other instead of joining their tables."""

from collections.abc import Awaitable, Callable, Collection

from backend.db.reads import Reads

NamesOf = Callable[[Reads, Collection[int]], Awaitable[dict[int, str]]]


def names_of(table: str) -> NamesOf:
    """Make the call for one table with `id` and `name`; `table` is a constant of the owning package."""
    sql = f"select id, name from {table} where id = any($1::bigint[])"  # noqa: S608 - a constant of the code

    async def fetch(reads: Reads, ids: Collection[int]) -> dict[int, str]:
        if not ids:
            return {}
        return {row["id"]: row["name"] for row in await reads.fetch(sql, list(ids))}

    return fetch
