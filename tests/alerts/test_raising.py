"""create_or_increment_alert and create_alert against real PostgreSQL."""

import asyncio
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlertService
from backend.alerts.ingest import ingest_now
from backend.alerts.kinds import Severity
from backend.alerts.models import AlertStore, TimelineEntry
from backend.alerts.occurrence import Occurrence, fold
from backend.db.database import Database
from tests.factories.alerts import raise_alert
from tests.support.times import FrozenClock


async def timeline(session: AsyncSession, alert_id: int) -> list[str]:
    entries = await session.scalars(
        select(TimelineEntry.kind).where(TimelineEntry.alert_id == alert_id).order_by(TimelineEntry.id)
    )
    return list(entries)


class TestCreateOrIncrement:
    async def test_the_first_occurrence_opens_an_alert_and_says_so(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        alert = await raise_alert(session, clock, stores=[3, 1], systems=["api"])
        assert (alert.occurrence_count, alert.severity, alert.is_resolved) == (1, "error", False)
        assert alert.first_occurred_at == alert.last_occurred_at == clock.now()
        assert alert.affected_systems == ["api"]
        assert await timeline(session, alert.id) == ["opened"]

    async def test_the_next_one_counts_and_keeps_the_first_words(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        first = await raise_alert(session, clock, title="Disk is full")
        opened_at = clock.now()
        clock.advance(timedelta(minutes=5))
        second = await raise_alert(session, clock, title="Disk is very full")
        assert second.id == first.id
        assert (second.occurrence_count, second.title) == (2, "Disk is full")
        assert (second.first_occurred_at, second.last_occurred_at) == (opened_at, clock.now())

    async def test_an_occurrence_that_comes_late_does_not_turn_back_the_last_one(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        await raise_alert(session, clock)
        last = clock.now()
        alert = await raise_alert(session, clock, at=last - timedelta(hours=1))
        assert (alert.last_occurred_at, alert.occurrence_count) == (last, 2)

    async def test_severity_only_rises_and_the_rise_is_told(self, session: AsyncSession, clock: FrozenClock) -> None:
        for severity in ("warning", "info", "critical"):
            await raise_alert(session, clock, severity=severity)
        alert = await raise_alert(session, clock, severity="error")
        assert alert.severity == "critical"
        assert await timeline(session, alert.id) == ["opened", "escalated"]

    async def test_scopes_are_united_and_a_store_that_joins_is_told(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        alert = await raise_alert(session, clock, stores=[1], systems=["api"])
        await raise_alert(session, clock, stores=[1, 2], systems=["worker", "api"])
        stores = await session.execute(
            select(AlertStore.store_id, AlertStore.count).where(AlertStore.alert_id == alert.id).order_by("store_id")
        )
        assert [tuple(row) for row in stores] == [(1, 2), (2, 1)]
        assert sorted(alert.affected_systems) == ["api", "worker"]
        assert await timeline(session, alert.id) == ["opened", "store_joined"]

    async def test_a_store_whose_row_had_healed_is_open_again_when_it_fails_again(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        await raise_alert(session, clock, stores=[1, 2])
        await PlatformAlertService(session, clock).heal(alert_type="system", dedup_key="disk", store_id=1, by="run 1")
        alert = await raise_alert(session, clock, stores=[1])
        open_stores = await session.scalars(
            select(AlertStore.store_id).where(AlertStore.alert_id == alert.id, AlertStore.healed_at.is_(None))
        )
        assert sorted(open_stores) == [1, 2]

    async def test_a_title_with_line_breaks_and_nuls_is_stored_as_one_line(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        alert = await raise_alert(session, clock, title="Disk\nis \x00full")
        assert alert.title == "Disk is  full"

    async def test_nothing_stays_when_the_caller_rolls_back(self, database: Database, clock: FrozenClock) -> None:
        with pytest.raises(RuntimeError):
            async with database.unit_of_work() as session:
                await raise_alert(session, clock)
                raise RuntimeError
        assert await database.reads.fetchval("select count(*) from platform_alerts") == 0


class TestThresholds:
    @pytest.mark.parametrize(
        ("before", "added", "told"),
        [(9, 1, [10]), (10, 1, []), (99, 1, [100]), (999, 1, [1000]), (5, 2_000, [2005]), (98, 1, [])],
    )
    async def test_repeated_is_told_when_the_count_gains_a_digit_also_when_a_batch_jumps(
        self, database: Database, clock: FrozenClock, before: int, added: int, told: list[int]
    ) -> None:
        occurrence = Occurrence(alert_type="system", severity=Severity.ERROR, title="x", dedup_key="disk")
        for count in (before, added):
            await ingest_now(database.reads, fold([occurrence] * count), at=clock.now())
        rows = await database.reads.fetch(
            "select (detail->>'occurrence_count')::int as n from alert_timeline where kind = 'repeated' order by id"
        )
        before_told = [before] if before >= 10 else []
        assert [row["n"] for row in rows] == before_told + told


class TestRegress:
    async def _resolved(self, session: AsyncSession, clock: FrozenClock) -> int:
        alert = await raise_alert(session, clock)
        await PlatformAlertService(session, clock).resolve_alert(alert_id=alert.id, user_id=None)
        return alert.id

    async def test_an_occurrence_after_the_resolution_opens_a_new_alert_that_names_the_old_one(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        old_id = await self._resolved(session, clock)
        clock.advance(timedelta(days=7) - timedelta(seconds=1))
        new = await raise_alert(session, clock)
        assert new.id != old_id
        assert new.regressed_from_id == old_id
        assert await timeline(session, new.id) == ["opened", "regressed"]

    async def test_after_seven_days_it_is_a_new_problem(self, session: AsyncSession, clock: FrozenClock) -> None:
        old_id = await self._resolved(session, clock)
        clock.advance(timedelta(days=7, seconds=1))
        new = await raise_alert(session, clock)
        assert new.id != old_id
        assert new.regressed_from_id is None

    async def test_a_resolved_alert_is_never_incremented(self, session: AsyncSession, clock: FrozenClock) -> None:
        old_id = await self._resolved(session, clock)
        await raise_alert(session, clock)
        old = await PlatformAlertService(session, clock).get_alert(old_id)
        assert (old.occurrence_count, old.is_resolved) == (1, True)

    async def test_an_occurrence_that_waited_for_the_resolution_still_names_the_old_alert(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            old = await raise_alert(session, clock)

        async def occur() -> int | None:
            async with database.unit_of_work() as session:
                return (await raise_alert(session, clock)).regressed_from_id

        async with database.unit_of_work() as session:
            await PlatformAlertService(session, clock).resolve_alert(alert_id=old.id, user_id=None)
            waiting = asyncio.create_task(occur())
            await asyncio.sleep(0.2)
            assert not waiting.done()
        assert await waiting == old.id


class TestCreateAlert:
    @pytest.mark.parametrize("title", ["Disk is full", "Disk\n is  full", "Disk " * 100])
    async def test_it_opens_an_alert_beside_an_open_one_of_the_same_kind(
        self, session: AsyncSession, clock: FrozenClock, title: str
    ) -> None:
        service = PlatformAlertService(session, clock)
        one = await service.create_alert(alert_type="system", severity="error", title=title)
        other = await service.create_alert(alert_type="system", severity="error", title=title)
        assert one.id != other.id
        assert not one.auto_generated

    async def test_the_first_of_them_takes_later_occurrences(self, session: AsyncSession, clock: FrozenClock) -> None:
        service = PlatformAlertService(session, clock)
        one = await service.create_alert(alert_type="system", severity="error", title="Disk is full")
        await service.create_alert(alert_type="system", severity="error", title="Disk is full")
        counted = await service.create_or_increment_alert(alert_type="system", severity="error", title="Disk is full")
        assert (counted.id, counted.occurrence_count) == (one.id, 2)


class TestConcurrency:
    async def test_fifty_identical_calls_at_once_are_one_alert_with_count_fifty(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async def occur() -> int:
            async with database.unit_of_work() as session:
                return (await raise_alert(session, clock, stores=[1])).id

        ids = await asyncio.gather(*(occur() for _ in range(50)))
        assert len(set(ids)) == 1
        assert await database.reads.fetchval("select occurrence_count from platform_alerts") == 50
        assert await database.reads.fetchval("select count from alert_stores") == 50
        assert await database.reads.fetchval("select count(*) from alert_timeline where kind = 'opened'") == 1

    async def test_batches_with_overlapping_keys_at_once_do_not_deadlock_and_lose_nothing(
        self, database: Database, clock: FrozenClock
    ) -> None:
        def batch(number: int) -> list[Occurrence]:
            return [
                Occurrence(
                    alert_type="system",
                    severity=Severity.ERROR,
                    title="x",
                    dedup_key=f"key {(number * 7 + step) % 40}",
                    affected_stores=(step % 5 + 1,),
                )
                for step in range(100)
            ]

        await asyncio.gather(*(ingest_now(database.reads, fold(batch(number)), at=clock.now()) for number in range(30)))
        assert await database.reads.fetchval("select sum(occurrence_count) from platform_alerts") == 3_000
        assert await database.reads.fetchval("select sum(count) from alert_stores") == 3_000
        assert await database.reads.fetchval("select count(*) from platform_alerts") == 40

    async def test_an_ingest_that_postgres_chose_as_a_deadlocks_victim_is_done_again(
        self, database: Database, clock: FrozenClock
    ) -> None:
        occurrences = [
            Occurrence(alert_type="system", severity=Severity.ERROR, title="x", dedup_key=key) for key in ("a", "b")
        ]
        folded = fold(occurrences)
        await ingest_now(database.reads, folded, at=clock.now())
        async with database.unit_of_work() as session:
            # The other order: this session holds the last and will ask for the first.
            lock = text("select id from platform_alerts where fingerprint = :key for update")
            await session.execute(text("set local deadlock_timeout = '10s'"))
            await session.execute(lock, {"key": folded[1].fingerprint})
            ingest = asyncio.create_task(ingest_now(database.reads, folded, at=clock.now()))
            await asyncio.sleep(0.1)
            await session.execute(lock, {"key": folded[0].fingerprint})
        await ingest
        assert await database.reads.fetchval("select sum(occurrence_count) from platform_alerts") == 4


async def test_an_increment_changes_no_indexed_column(database: Database, clock: FrozenClock) -> None:
    """So its updates are heap-only: no index grows however often a problem repeats (design 4)."""
    first = Occurrence(alert_type="system", severity=Severity.WARNING, title="Disk is full", affected_systems=("api",))
    worse = msgspec.structs.replace(
        first, severity=Severity.CRITICAL, affected_systems=("database",), affected_stores=(3,)
    )
    await ingest_now(database.reads, fold([first]), at=clock.now())
    before = await _alert_columns(database)
    clock.advance(timedelta(seconds=1))
    await ingest_now(database.reads, fold([worse]), at=clock.now())
    after = await _alert_columns(database)
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed >= {"occurrence_count", "last_occurred_at", "severity", "affected_systems"}
    assert not changed & await _indexed_columns(database)


async def _alert_columns(database: Database) -> dict[str, object]:
    return dict(await database.reads.fetchrow("select * from platform_alerts") or {})


async def _indexed_columns(database: Database) -> set[str]:
    """Keys, expressions and predicates: PostgreSQL notes what each index, or its constraint, depends on."""
    rows = await database.reads.fetch(
        """
        select attname from pg_depend
        join pg_attribute on attrelid = refobjid and attnum = refobjsubid
        where refobjid = 'platform_alerts'::regclass and (
            (classid = 'pg_class'::regclass and objid in (select indexrelid from pg_index where indrelid = refobjid))
            or (classid = 'pg_constraint'::regclass
                and objid in (select oid from pg_constraint where conrelid = refobjid and conindid <> 0)))
        """
    )
    columns = {row["attname"] for row in rows}
    assert columns >= {"id", "fingerprint", "is_resolved", "title"}
    return columns
