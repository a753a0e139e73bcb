"""asyncpg's own connection inside a session's transaction: COPY, and nothing between us and the statements."""

from typing import TYPE_CHECKING, Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
else:
    # Generic for type checkers only.
    Connection = asyncpg.Connection


async def raw_connection(session: AsyncSession) -> Connection:
    """The connection; something must have been executed through the session before, which opens the transaction."""
    fairy = await (await session.connection()).get_raw_connection()
    connection: Any = fairy.driver_connection  # Any: SQLAlchemy does not know which driver it is
    assert isinstance(connection, asyncpg.Connection)
    return connection
