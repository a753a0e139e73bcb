import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backend.db.database import Database
from backend.db.describe import describe


async def test_a_databases_error_is_told_without_its_values(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with database.unit_of_work() as session:
            await session.execute(
                text("insert into jobs (kind, state) values (:kind, 'nowhere')"), {"kind": "correct horse"}
            )
    assert describe(caught.value) == ("IntegrityError: CheckViolationError, SQLSTATE 23514, constraint ck_jobs_state")


async def test_neither_does_its_text_show_what_was_bound(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with database.unit_of_work() as session:
            await session.execute(
                text("select 1 / cast(:zero as int), cast(:secret as text)"), {"zero": 0, "secret": "s3cr3t"}
            )
    assert "s3cr3t" not in str(caught.value)


def test_other_errors_are_told_in_their_own_words_within_bounds() -> None:
    assert describe(OSError("the disk\x00 is full")) == "OSError: the disk is full"
    assert len(describe(ValueError("x" * 10_000))) == 2_000
