"""Looks at a pooled connection before use, when it has been idle: PostgreSQL may have restarted meanwhile.

SQLAlchemy's own pre-ping costs three round trips before every unit of work. A connection that was in use a moment
ago needs none: the driver has been told by the socket if its server went away.
"""

import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

_TRUSTED_FOR = 1.0  # seconds
_LAST_USED = "last_used"


def ping_when_idle(engine: AsyncEngine) -> None:
    """Replace connections that died while they were idle, and all others of their pool with them."""
    pool, dialect = engine.sync_engine.pool, engine.sync_engine.dialect

    def remember(_connection: Any, entry: ConnectionPoolEntry) -> None:  # Any: the driver's connection
        entry.info[_LAST_USED] = time.monotonic()

    def look(connection: Any, entry: ConnectionPoolEntry, _proxy: Any) -> None:  # Any: the driver's connection
        if connection.driver_connection.is_closed():
            raise InvalidatePoolError
        if time.monotonic() - entry.info.get(_LAST_USED, 0) < _TRUSTED_FOR:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(pool, "connect", remember)
    event.listen(pool, "checkin", remember)
    event.listen(pool, "checkout", look)
