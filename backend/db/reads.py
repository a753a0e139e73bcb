"""Reading without the ORM: asyncpg's pool for hot reads, or a session's connection to see its own changes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

if TYPE_CHECKING:
    Reads = asyncpg.Pool[asyncpg.Record]
else:
    # Generic for type checkers only: at run time the class takes no parameter.
    Reads = asyncpg.Pool

# Runs SQL with $1, $2 ... and gives rows by column name. Any: database values.
Fetch = Callable[..., Awaitable[Sequence[Mapping[str, Any]]]]


def fetch_within(session: AsyncSession) -> Fetch:
    """Read inside the session's transaction; jsonb comes decoded, where the pool gives its text."""

    async def fetch(sql: str, *arguments: object) -> Sequence[Mapping[str, Any]]:  # Any: database values
        await session.flush()
        connection = await session.connection()
        return (await connection.exec_driver_sql(sql, arguments)).mappings().all()  # type: ignore[return-value]  # RowMapping is a Mapping

    return fetch
