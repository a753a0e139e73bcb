import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from backend.db.away import is_away


def wrapped(error: Exception) -> DBAPIError:
    return DBAPIError("select 1", None, error)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 5432)"),
        OSError("Multiple exceptions: [Errno 111] Connect call failed ('::1', 1), [Errno 111] Connect call failed"),
        TimeoutError(),
        PoolTimeoutError("QueuePool limit reached"),
        OperationalError("select 1", None, OSError()),
        InterfaceError("select 1", None, asyncpg.InterfaceError("connection is closed")),
        asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
        asyncpg.TooManyConnectionsError("sorry, too many clients already"),
        asyncpg.AdminShutdownError("terminating connection due to administrator command"),
        asyncpg.CannotConnectNowError("the database system is starting up"),
        wrapped(asyncpg.CrashShutdownError("terminating connection because of crash")),
        asyncpg.InterfaceError("connection is closed"),
        asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_ends_when_postgresql_is_back_is_away(error: Exception) -> None:
    assert is_away(error)


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.UniqueViolationError("duplicate key"),
        asyncpg.DeadlockDetectedError("deadlock detected"),
        wrapped(asyncpg.NumericValueOutOfRangeError("out of range")),
        ProgrammingError("selec 1", None, asyncpg.PostgresSyntaxError("syntax error")),
        asyncpg.DataError("invalid input for query argument $1"),
        FileNotFoundError(2, "No such file"),
        KeyError("x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_would_fail_again_is_not(error: Exception) -> None:
    assert not is_away(error)
