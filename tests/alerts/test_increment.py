"""The usual occurrence takes the short way; whatever has more to tell is left, untouched, to the whole ingest."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from backend.alerts import PlatformAlertService
from backend.alerts.increment import increment
from backend.alerts.ingest import ingest_now
from backend.alerts.kinds import Severity
from backend.alerts.occurrence import Folded, Occurrence, fold
from backend.db.database import Database
from tests.support.times import FrozenClock

USUAL = Occurrence(
    alert_type="system",
    severity=Severity.ERROR,
    title="Disk is full",
    affected_stores=(1, 2),
    affected_systems=("api", "worker"),
    dedup_key="disk",
)


def one(**changes: object) -> Folded:
    (folded,) = fold([msgspec.structs.replace(USUAL, **changes)])
    return folded


async def opened(database: Database, clock: FrozenClock) -> None:
    await ingest_now(database.reads, [one()], at=clock.now())
    clock.advance(timedelta(minutes=1))


async def stored(database: Database) -> list[object]:
    tables = ("platform_alerts", "alert_stores", "alert_timeline")
    return [await database.reads.fetch(f"select * from {table} order by id") for table in tables]  # noqa: S608 - constants


async def test_it_counts_the_alert_and_its_stores_and_tells_nothing(database: Database, clock: FrozenClock) -> None:
    await opened(database, clock)
    (row,) = await increment(
        database.reads, one(severity=Severity.INFO, affected_stores=(2,), affected_systems=("api",)), at=clock.now()
    )
    assert (row["occurrence_count"], row["severity"], row["is_new"]) == (2, "error", False)
    assert row["last_occurred_at"] == row["updated_at"] == clock.now()
    assert (row["affected_stores"], row["open_stores"]) == ([1, 2], [1, 2])
    stores = await database.reads.fetch("select store_id, count, last_at from alert_stores order by store_id")
    assert [tuple(store) for store in stores] == [(1, 1, row["first_occurred_at"]), (2, 2, clock.now())]
    assert await database.reads.fetchval("select count(*) from alert_timeline") == 1


async def test_its_row_is_as_that_of_the_whole_ingest(database: Database, clock: FrozenClock) -> None:
    (whole,) = await ingest_now(database.reads, [one()], at=clock.now())
    (row,) = await increment(database.reads, one(), at=clock.now())
    changed = {"occurrence_count": 2, "is_new": False}
    assert list(row.items()) == [(name, changed.get(name, value)) for name, value in whole.items()]


@pytest.mark.parametrize(
    "changes",
    [
        {"dedup_key": "other"},
        {"severity": Severity.CRITICAL},
        {"affected_systems": ("api", "database")},
        {"affected_stores": (1, 3)},
    ],
    ids=lambda changes: next(iter(changes)),
)
async def test_it_leaves_alone_what_opens_escalates_or_widens(
    database: Database, clock: FrozenClock, changes: dict[str, object]
) -> None:
    await opened(database, clock)
    before = await stored(database)
    assert await increment(database.reads, one(**changes), at=clock.now()) == []
    assert await stored(database) == before


async def test_it_leaves_alone_a_count_that_gains_a_digit(database: Database, clock: FrozenClock) -> None:
    await ingest_now(database.reads, fold([USUAL] * 9), at=clock.now())
    before = await stored(database)
    assert await increment(database.reads, one(), at=clock.now()) == []
    assert await stored(database) == before


async def test_it_leaves_alone_a_batch_whose_occurrences_name_different_stores(
    database: Database, clock: FrozenClock
) -> None:
    await opened(database, clock)
    before = await stored(database)
    (folded,) = fold([USUAL, msgspec.structs.replace(USUAL, affected_stores=(1,))])
    assert await increment(database.reads, folded, at=clock.now()) == []
    assert await stored(database) == before
    await ingest_now(database.reads, [folded], at=clock.now())
    counts = await database.reads.fetch("select count from alert_stores order by store_id")
    assert [row["count"] for row in counts] == [3, 2]


async def test_it_leaves_alone_a_resolved_alert_and_a_healed_store(database: Database, clock: FrozenClock) -> None:
    await opened(database, clock)
    for store_id in (1, 2):
        async with database.unit_of_work() as session:
            await PlatformAlertService(session, clock).heal(
                alert_type="system", dedup_key="disk", store_id=store_id, by="a run"
            )
        before = await stored(database)
        assert await increment(database.reads, one(affected_stores=(1,)), at=clock.now()) == []
        assert await stored(database) == before


async def test_a_store_that_heals_meanwhile_is_open_again(database: Database, clock: FrozenClock) -> None:
    await opened(database, clock)
    async with database.unit_of_work() as session:
        await PlatformAlertService(session, clock).heal(alert_type="system", dedup_key="disk", store_id=1, by="a run")
        await session.flush()
        waiting = asyncio.create_task(increment(database.reads, one(), at=clock.now()))
        await asyncio.sleep(0.2)
        assert not waiting.done()
    (row,) = await waiting
    assert row["occurrence_count"] == 2
    assert await database.reads.fetchval("select count(*) from alert_stores where healed_at is null") == 2
