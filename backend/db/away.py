"""Tells a database that is away, or refuses everybody, from a fault of our own or of what was asked."""

import asyncpg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# Connection lost, too many connections or no memory, shutting down or starting up.
_AWAY_STATES = ("08", "53", "57P")


def is_away(error: BaseException) -> bool:
    """Whether the same may succeed once PostgreSQL is back."""
    match error:
        # The last one: a connection that broke in the middle of the driver's own work.
        case PoolTimeoutError() | OperationalError() | InterfaceError() | asyncpg.InternalClientError():
            return True
        case DBAPIError():
            return _state(error.orig).startswith(_AWAY_STATES)
        case asyncpg.PostgresError():
            return _state(error).startswith(_AWAY_STATES)
        case asyncpg.InterfaceError():
            # One that is a ValueError too complains of a value that cannot be sent.
            return not isinstance(error, ValueError)
        case OSError():
            # A host with several addresses that all refuse: asyncio gathers the refusals in one plain OSError.
            return isinstance(error, ConnectionError | TimeoutError) or "Connect call failed" in str(error)
    return False


def _state(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""
