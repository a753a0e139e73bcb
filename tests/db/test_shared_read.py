import asyncio

import pytest

from backend.db.database import Database
from backend.db.reads import Reads
from backend.db.shared_read import shared


class Slow:
    """A read that takes as long as it is told to, and counts its runs."""

    def __init__(self) -> None:
        self.runs = 0
        self.may_end = asyncio.Event()
        self.ask = shared(self._read)

    async def _read(self, _reads: Reads, what: str) -> tuple[str, int]:
        self.runs += 1
        run = self.runs
        await self.may_end.wait()
        if what == "nonsense":
            raise ValueError(what)
        return what, run


async def _until_asked() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_asks_while_it_runs_shares_one_more_run(database: Database) -> None:
    slow = Slow()
    first = asyncio.create_task(slow.ask(database.reads, "a"))
    await _until_asked()
    later = [asyncio.create_task(slow.ask(database.reads, "a")) for _ in range(5)]
    await _until_asked()
    assert slow.runs == 1
    slow.may_end.set()
    assert await first == ("a", 1)
    assert await asyncio.gather(*later) == [("a", 2)] * 5


async def test_a_question_after_the_answer_is_asked_again(database: Database) -> None:
    slow = Slow()
    slow.may_end.set()
    assert [await slow.ask(database.reads, "a") for _ in range(3)] == [("a", 1), ("a", 2), ("a", 3)]


async def test_other_arguments_are_another_read(database: Database) -> None:
    slow = Slow()
    slow.may_end.set()
    answers = await asyncio.gather(*(slow.ask(database.reads, what) for what in "abab"))
    assert [what for what, _ in answers] == list("abab")
    assert slow.runs == 2


async def test_a_failure_is_everybodys_and_ends_with_them(database: Database) -> None:
    slow = Slow()
    slow.may_end.set()
    asked = [slow.ask(database.reads, "nonsense") for _ in range(3)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert [str(error) for error in found] == ["nonsense"] * 3
    with pytest.raises(ValueError, match="nonsense"):
        await slow.ask(database.reads, "nonsense")
    assert slow.runs == 2


async def test_who_goes_away_takes_the_answer_from_nobody(database: Database) -> None:
    slow = Slow()
    first, second = (asyncio.create_task(slow.ask(database.reads, "a")) for _ in range(2))
    await _until_asked()
    first.cancel()
    await _until_asked()
    slow.may_end.set()
    assert await second == ("a", 1)
