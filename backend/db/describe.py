"""Words about an error for admins, without the values that a database's own words repeat."""

import asyncpg
from sqlalchemy.exc import DBAPIError

_LONGEST = 2_000


def describe(error: BaseException) -> str:
    """An error's name and words, of bounded length; of a database's error its state and constraint instead."""
    cause = error.orig.__cause__ if isinstance(error, DBAPIError) and error.orig is not None else error
    name = type(error).__name__
    if isinstance(cause, asyncpg.PostgresError):
        constraint = f", constraint {cause.constraint_name}" if cause.constraint_name else ""
        return f"{name}: {type(cause).__name__}, SQLSTATE {cause.sqlstate}{constraint}"
    return f"{name}: {cause}"[:_LONGEST].replace("\x00", "")
