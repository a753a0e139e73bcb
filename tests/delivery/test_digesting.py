"""Digests on real rows under a moved clock: each window once, whatever happens between."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import update

from backend.auth import User
from backend.core.settings import Settings
from backend.delivery.digesting import JOB_KINDS, MAKE_DIGESTS, SETTLING, Digesting
from backend.delivery.kinds import Channel
from backend.delivery.preferences import Language
from backend.jobs import Resources, enqueue
from backend.jobs.runner import JobRunner
from backend.notifications import AdminNotificationService
from tests.factories.delivery import choose
from tests.factories.notifications import add_notification
from tests.factories.people import add_user
from tests.support.pipeline import Pipeline

HOUR = timedelta(hours=1)
# Monday, 10:00 in Luxembourg.
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def daily_at(at: str) -> dict[str, Any]:  # Any: JSON
    return {"digest": {"frequency": "daily", "at": at}}


async def person(pipeline: Pipeline, name: str = "Anne", role: str = "operator", **document: Any) -> User:  # Any: JSON
    """Somebody who is there since Monday, 10:00."""
    pipeline.clock.set(MONDAY)
    async with pipeline.database.unit_of_work() as session:
        user = await add_user(session, name=name, role=role)
        await choose(session, user.id, **document)
    await make(pipeline)
    return user


async def make(pipeline: Pipeline, at: datetime | None = None) -> None:
    if at is not None:
        pipeline.clock.set(at)
    await Digesting(pipeline.database, pipeline.clock, pipeline.settings).make_due()


async def ring(pipeline: Pipeline, at: datetime | None = None, **fields: object) -> int:
    if at is not None:
        pipeline.clock.set(at)
    async with pipeline.database.unit_of_work() as session:
        return (await add_notification(session, pipeline.clock, **fields)).id


async def windows(pipeline: Pipeline) -> list[tuple[datetime, datetime, bool]]:
    """Start, end and whether there was something to say; without the marks of where people begin."""
    rows = await pipeline.database.reads.fetch(
        "select starts_at, ends_at, message_id is not null as told from delivery_digest_windows"
        " where ends_at > starts_at order by user_id, ends_at"
    )
    return [(row["starts_at"], row["ends_at"], row["told"]) for row in rows]


async def messages(pipeline: Pipeline, columns: str = "title") -> list[tuple[object, ...]]:
    found = await pipeline.database.reads.fetch(f"select {columns} from delivery_messages order by id")  # noqa: S608 - the test's own
    return [tuple(row) for row in found]


TUESDAY = datetime(2026, 3, 3, 7, tzinfo=UTC)


async def test_at_the_boundary_a_person_is_mailed_what_happened_since_they_came(pipeline: Pipeline) -> None:
    anne = await person(pipeline)
    await ring(pipeline, MONDAY + HOUR, title="Store is slow")
    await make(pipeline, TUESDAY - timedelta(minutes=1))
    assert await messages(pipeline) == []
    await make(pipeline, TUESDAY + timedelta(minutes=1))
    assert await windows(pipeline) == [(MONDAY, TUESDAY, True)]
    await pipeline.dispatcher.send_due()
    await pipeline.dispatcher.wait_until_idle()
    (sent,) = pipeline.sent(Channel.EMAIL)
    assert (sent.address, sent.content.kind, sent.content.category) == ("anne@example.com", "digest", "digest")
    assert sent.content.title == "Your daily digest"
    assert "Store is slow" in sent.content.body
    assert sent.content.payload["stores"][0]["open"][0]["title"] == "Store is slow"
    assert await messages(pipeline, "event_key, priority, jsonb_array_length(verdicts)") == [
        (f"digest:{anne.id}:2026-03-03T07:00:00+00:00", "low", 1)
    ]


async def test_nothing_is_said_about_the_time_before_somebody_came(pipeline: Pipeline) -> None:
    await ring(pipeline, MONDAY - HOUR)
    await person(pipeline)
    await make(pipeline, TUESDAY + HOUR)
    assert (await windows(pipeline), await messages(pipeline)) == ([(MONDAY, TUESDAY, False)], [])


async def test_without_something_to_say_there_is_a_window_and_no_message(pipeline: Pipeline) -> None:
    await person(pipeline)
    for day in range(3):
        await make(pipeline, TUESDAY + timedelta(days=day) + HOUR)
    assert [told for _, _, told in await windows(pipeline)] == [False] * 3
    assert await messages(pipeline) == []


async def test_made_again_it_stays_one(pipeline: Pipeline) -> None:
    await person(pipeline)
    await ring(pipeline)
    for minutes in range(1, 5):
        await make(pipeline, TUESDAY + timedelta(minutes=minutes))
    assert len(await windows(pipeline)) == len(await messages(pipeline)) == 1


async def test_two_workers_at_once_make_one(pipeline: Pipeline) -> None:
    for name in ("Anne", "Ben", "Cleo"):
        await person(pipeline, name)
    await ring(pipeline)
    pipeline.clock.set(TUESDAY + HOUR)
    await asyncio.gather(*(make(pipeline) for _ in range(5)))
    assert len(await windows(pipeline)) == len(await messages(pipeline)) == 3
    assert await pipeline.statuses() == ["pending"] * 3


async def test_a_worker_that_is_late_does_not_tell_a_part_of_it_again(pipeline: Pipeline) -> None:
    """One worker saw the boundary of Tuesday as due, and stood still while another made that of Wednesday."""
    await person(pipeline)
    await ring(pipeline)
    pipeline.clock.set(TUESDAY + HOUR)
    late = Digesting(pipeline.database, pipeline.clock, pipeline.settings)
    (anne,) = await late._people_due()
    await make(pipeline, TUESDAY + timedelta(days=1, hours=1))
    pipeline.clock.set(TUESDAY + HOUR)
    async with pipeline.database.unit_of_work() as session:
        await late._make(session, anne)
    assert await windows(pipeline) == [(MONDAY, TUESDAY + timedelta(days=1), True)]


async def test_what_a_crash_cut_off_is_made_by_the_next_round(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    await person(pipeline)
    await ring(pipeline)

    def cut(*_: object) -> None:
        raise OSError("the machine is gone")

    with monkeypatch.context() as patched:
        # After the message and its delivery were written.
        patched.setattr("backend.delivery.digest_repository.DigestRepository.add", cut)
        with pytest.raises(OSError, match="gone"):
            await make(pipeline, TUESDAY + HOUR)
    assert (await windows(pipeline), await messages(pipeline)) == ([], [])
    await make(pipeline)
    assert len(await windows(pipeline)) == len(await messages(pipeline)) == 1


async def test_one_that_fails_keeps_nobody_else_from_theirs(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    anne, ben = await person(pipeline), await person(pipeline, "Ben")
    await ring(pipeline)
    write = Digesting._write

    async def fail(self: Digesting, session: Any, person: Any, summary: Any) -> int | None:  # Any: passed on
        if person.user_id == anne.id:
            raise ValueError("Anne's")
        return await write(self, session, person, summary)

    monkeypatch.setattr(Digesting, "_write", fail)
    with pytest.raises(ValueError, match="Anne's"):
        await make(pipeline, TUESDAY + HOUR)
    assert await messages(pipeline, "split_part(event_key, ':', 2)") == [(str(ben.id),)]


async def test_after_a_down_time_of_days_there_is_one_digest_of_all_of_it(pipeline: Pipeline) -> None:
    await person(pipeline)
    await ring(pipeline, MONDAY + HOUR)
    await ring(pipeline, TUESDAY + 30 * HOUR)
    await make(pipeline, TUESDAY + timedelta(days=3, hours=5))
    assert await windows(pipeline) == [(MONDAY, TUESDAY + timedelta(days=3), True)]
    assert await messages(pipeline, "payload ->> 'open_count'") == [("2",)]


async def test_after_months_it_reaches_back_one_month(pipeline: Pipeline) -> None:
    await person(pipeline)
    await make(pipeline, MONDAY + timedelta(days=100))
    ((start, end, _),) = await windows(pipeline)
    assert end - start == timedelta(days=31)


async def test_windows_share_no_instant_and_leave_none_out(pipeline: Pipeline) -> None:
    """What is raised at the boundary itself is the next digest's."""
    await person(pipeline)
    await ring(pipeline, TUESDAY - datetime.resolution, title="Before")
    await ring(pipeline, TUESDAY, title="At")
    await make(pipeline, TUESDAY + HOUR)
    await make(pipeline, TUESDAY + timedelta(days=1, hours=1))
    told = await messages(pipeline, "jsonb_path_query_array(payload, '$.stores[*].open[*].title')::text")
    assert told == [('["Before"]',), ('["At"]',)]


async def test_what_was_just_written_has_time_to_be_seen(pipeline: Pipeline) -> None:
    await person(pipeline)
    await make(pipeline, TUESDAY + SETTLING - datetime.resolution)
    assert await windows(pipeline) == []
    await make(pipeline, TUESDAY + SETTLING)
    assert len(await windows(pipeline)) == 1


@pytest.mark.parametrize(
    ("first_day", "boundaries"),
    [
        # 2:30 does not exist on the 29th: clocks go from 2:00 to 3:00.
        (datetime(2026, 3, 28, tzinfo=UTC), ["28 01:30", "29 01:00", "30 00:30"]),
        # 2:30 occurs twice on the 25th.
        (datetime(2026, 10, 24, tzinfo=UTC), ["24 00:30", "25 00:30", "26 01:30"]),
    ],
)
async def test_a_digest_at_half_past_two_is_made_once_on_each_day_of_a_change_of_clocks(
    pipeline: Pipeline, first_day: datetime, boundaries: list[str]
) -> None:
    await person(pipeline, **daily_at("02:30"))
    await make(pipeline, first_day)
    already = len(await windows(pipeline))
    for number in range(3 * 24 * 4):
        at = first_day + number * timedelta(minutes=15)
        if number % 4 == 0:
            await ring(pipeline, at)
        await make(pipeline, at)
    made = (await windows(pipeline))[already:]
    # The boundary itself is not settled when its quarter comes.
    assert [f"{end:%d %H:%M}" for _, end, _ in made] == boundaries
    assert all(told for _, _, told in made)
    assert all(before[1] == after[0] for before, after in pairwise(made))


async def test_an_hour_that_occurs_twice_has_two_digests(pipeline: Pipeline) -> None:
    await person(pipeline, digest={"frequency": "hourly"})
    midnight = datetime(2026, 10, 25, 0, tzinfo=UTC)
    await make(pipeline, midnight + timedelta(minutes=1))
    for minutes in range(0, 180, 10):
        await make(pipeline, midnight + timedelta(minutes=minutes + 5))
    assert [end for _, end, _ in (await windows(pipeline))[1:]] == [midnight + HOUR, midnight + 2 * HOUR]


async def test_a_weekly_one_comes_on_its_day(pipeline: Pipeline) -> None:
    await person(pipeline, digest={"frequency": "weekly", "weekday": 5, "at": "08:00"})
    for day in range(14):
        await make(pipeline, TUESDAY + timedelta(days=day, hours=1))
    friday = TUESDAY + timedelta(days=3)
    assert [end for _, end, _ in await windows(pipeline)] == [friday, friday + timedelta(days=7)]


async def test_each_boundary_is_that_of_the_persons_own_time_zone(pipeline: Pipeline) -> None:
    await person(pipeline, timezone="America/New_York", **daily_at("08:00"))
    await make(pipeline, TUESDAY + HOUR)
    assert [end for _, end, _ in await windows(pipeline)] == [datetime(2026, 3, 2, 13, tzinfo=UTC)]


async def test_in_quiet_hours_the_digest_waits_for_their_end(pipeline: Pipeline) -> None:
    await person(pipeline, quiet_hours={"is_on": True, "start": "22:00", "end": "09:30"})
    await ring(pipeline)
    await make(pipeline, TUESDAY + timedelta(minutes=1))
    (row,) = await pipeline.database.reads.fetch("select status, reason, next_attempt_at from deliveries")
    assert tuple(row) == ("pending", "quiet_hours", TUESDAY + timedelta(minutes=90))
    assert await messages(pipeline, "verdicts -> 0 ->> 'decision', verdicts -> 0 ->> 'reason'") == [
        ("hold", "quiet_hours")
    ]


async def test_who_wants_none_and_who_is_disabled_gets_none(pipeline: Pipeline) -> None:
    await person(pipeline, digest={"frequency": "none"})
    ben = await person(pipeline, "Ben")
    async with pipeline.database.unit_of_work() as session:
        await session.execute(update(User).where(User.id == ben.id).values(is_active=False))
    await ring(pipeline)
    await make(pipeline, TUESDAY + HOUR)
    assert (await windows(pipeline), await messages(pipeline)) == ([], [])


async def test_viewers_get_theirs_without_what_is_for_admins(pipeline: Pipeline) -> None:
    await person(pipeline, "Vera", role="viewer", language="fr")
    await person(pipeline, "Adam", role="admin")
    await ring(pipeline, type="security_alert", title="Secret")
    await ring(pipeline, title="Plain")
    await make(pipeline, TUESDAY + HOUR)
    told = await messages(pipeline, "title, body like '%Secret%', body like '%Plain%'")
    assert told == [("Votre résumé quotidien", False, True), ("Your daily digest", True, True)]


async def test_what_is_handled_says_by_whom(pipeline: Pipeline) -> None:
    anne = await person(pipeline, language=Language.DE)
    notification_id = await ring(pipeline)
    async with pipeline.database.unit_of_work() as session:
        service = AdminNotificationService(session, pipeline.clock)
        await service.mark_as_read(notification_id=notification_id, user_id=anne.id)
    await make(pipeline, TUESDAY + HOUR)
    assert await messages(pipeline, "body") == [("Bearbeitet: 1\n\nPlattform\nBearbeitet: Store is slow (von Anne)",)]


async def test_without_a_mail_server_and_chat_the_window_is_kept_with_the_reason(
    pipeline: Pipeline, settings: Settings
) -> None:
    pipeline.settings = settings
    await person(pipeline)
    await ring(pipeline)
    await make(pipeline, TUESDAY + HOUR)
    assert [told for _, _, told in await windows(pipeline)] == [True]
    assert await pipeline.statuses() == []
    assert await messages(pipeline, "jsonb_path_query_array(verdicts, '$[*].reason')::text") == [
        ('["channel", "channel"]',)
    ]


async def test_windows_are_kept_for_a_quarter(pipeline: Pipeline) -> None:
    await person(pipeline)
    for weeks in range(20):
        await make(pipeline, TUESDAY + timedelta(weeks=weeks, hours=1))
    kept = await windows(pipeline)
    assert kept[-1][1] - kept[0][1] <= timedelta(days=90)


async def test_the_job_makes_them(pipeline: Pipeline) -> None:
    await person(pipeline)
    pipeline.clock.set(TUESDAY + HOUR)
    runner = JobRunner(pipeline.database, pipeline.clock, JOB_KINDS, Resources(pipeline.settings), lease=5.0, places=5)
    async with pipeline.database.unit_of_work() as session:
        await enqueue(session, MAKE_DIGESTS, {})
    await runner.run_due()
    assert len(await windows(pipeline)) == 1
