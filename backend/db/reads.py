"""The pool for hot reads: asyncpg without SQLAlchemy in between."""

from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    Reads = asyncpg.Pool[asyncpg.Record]
else:
    # Generic for type checkers only: at run time the class takes no parameter.
    Reads = asyncpg.Pool
