"""Before a long silence ends it is said once, with what it hid and what rings again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.db.database import Database
from backend.delivery.kinds import Channel, MessageKind
from backend.delivery.silence_matching import Matcher
from backend.delivery.silence_preview import Tally
from backend.delivery.silence_service import SilenceService
from backend.delivery.silence_warning import JOB_KINDS, SILENCE_WARNING
from backend.delivery.silence_words import in_words, warning_text
from backend.jobs import Resources, enqueue
from backend.jobs.runner import JobRunner
from backend.notifications import AdminNotificationService
from backend.wiring import job_kinds
from tests.factories.alerts import raise_alert
from tests.factories.delivery import add_silence, choose
from tests.factories.notifications import add_notification
from tests.factories.people import add_user
from tests.factories.tenancy import add_store
from tests.support.jobs import RunnerMaker
from tests.support.pipeline import Pipeline
from tests.support.times import FrozenClock


async def beat(database: Database, make_runner: RunnerMaker) -> list[Any]:  # Any: rows
    """One minute's job; all warnings that there are then."""
    async with database.unit_of_work() as session:
        await enqueue(session, SILENCE_WARNING, {})
    await make_runner(*JOB_KINDS).run_due()
    states = await database.reads.fetch("select distinct state from jobs where kind = $1", SILENCE_WARNING)
    assert [row["state"] for row in states] == ["done"]
    return await database.reads.fetch("select * from admin_notifications where type = 'silence_ending' order by id")


async def test_it_tells_who_made_it_what_it_hid_and_what_is_still_open(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock
) -> None:
    async with belled.unit_of_work() as session:
        store = await add_store(session, name="Moulin")
        anne = await add_user(session)
        before = await add_notification(session, clock, store_id=store.id)
        clock.advance(timedelta(minutes=1))
        matcher = Matcher(store_ids=frozenset({store.id}))
        silence = await add_silence(session, clock, matcher=matcher, user_id=anne.id)
        clock.advance(timedelta(minutes=1))
        await add_notification(session, clock, store_id=store.id)
        await add_notification(session, clock)
        await raise_alert(session, clock, severity="critical", stores=[store.id], title="Checkout is down")
    clock.advance(timedelta(minutes=104))
    async with belled.unit_of_work() as session:
        await AdminNotificationService(session, clock).mark_as_read(notification_id=before.id, user_id=anne.id)
    (told,) = await beat(belled, make_runner)
    assert (told["title"], told["priority"], told["store_id"]) == (
        "A silence ends soon: store Moulin", "normal", store.id
    )  # fmt: skip
    assert "made by Anne: Moving." in told["message"]
    assert "It has matched 2 notifications and alerts, 1 of them critical." in told["message"]
    assert "Still open, and told again from then on when they occur: 2." in told["message"]
    assert "Checkout is down; Store is slow" in told["message"]
    assert f'"silence_id": {silence.id}' in told["notification_metadata"]


async def test_it_is_said_once_and_only_in_the_last_quarter_of_an_hour(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock
) -> None:
    async with belled.unit_of_work() as session:
        await add_silence(session, clock)
    clock.advance(timedelta(minutes=104, seconds=59))
    assert await beat(belled, make_runner) == []
    clock.advance(timedelta(seconds=1))
    assert len(await beat(belled, make_runner)) == 1
    clock.advance(timedelta(minutes=1))
    assert len(await beat(belled, make_runner)) == 1
    clock.advance(timedelta(minutes=14))
    assert len(await beat(belled, make_runner)) == 1


@pytest.mark.parametrize(("hours", "warned"), [(1.0, 0), (1.001, 1)])
async def test_only_a_silence_of_more_than_an_hour_is_worth_it(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock, hours: float, warned: int
) -> None:
    async with belled.unit_of_work() as session:
        await add_silence(session, clock, hours=hours)
    clock.advance(timedelta(minutes=55))
    assert len(await beat(belled, make_runner)) == warned


async def test_nothing_is_said_of_one_that_is_over_or_was_ended(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock
) -> None:
    async with belled.unit_of_work() as session:
        await add_silence(session, clock, hours=1.9)
        stopped = await add_silence(session, clock)
        clock.advance(timedelta(minutes=114))
        await SilenceService(session, clock).end(stopped.id, user_id=None)
    assert await beat(belled, make_runner) == []


async def test_its_own_warning_cannot_be_silenced_by_its_phrase(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock
) -> None:
    async with belled.unit_of_work() as session:
        matcher = Matcher(phrase="silence")
        await add_silence(session, clock, matcher=matcher)
        await add_silence(session, clock, matcher=matcher, hours=2.01)
    clock.advance(timedelta(minutes=110))
    first, second = await beat(belled, make_runner)
    assert [row["priority"] for row in (first, second)] == ["low", "low"]
    assert "Nothing of it is open." in second["message"]


def test_the_job_is_wired() -> None:
    assert SILENCE_WARNING in {kind.name for kind in job_kinds()}


def test_a_matcher_in_words_names_a_few_and_counts_the_rest() -> None:
    matcher = Matcher(
        store_ids=frozenset({1, 2, 3, 4, 5}),
        merchant_ids=frozenset({7}),
        types=frozenset({"import_failure"}),
        priorities=frozenset({"high", "critical"}),
        phrase="feed",
    )
    words = in_words(matcher, {1: "A", 2: "B"}, {7: "Boulangerie"})
    assert words == 'stores A, B, 3 and 2 more; merchant Boulangerie; import failure; critical, high; "feed"'


def test_a_silence_made_by_a_machine_says_so() -> None:
    text = warning_text(
        ends_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        comment="Moving.",
        made_by=None,
        hidden=1,
        criticals=0,
        open_now=4,
        open_titles=["a", "b", "c", "d"],
    )
    assert text.splitlines() == [
        "It ends at 09:30 and was made by a machine: Moving.",
        "It has matched 1 notification or alert, 0 of them critical.",
        "Still open, and told again from then on when they occur: 4.",
        "Among them: a; b; c ...",
    ]


async def ending_soon(pipeline: Pipeline, **preferences: object) -> int:
    """Anne's silence, a quarter of an hour before its end; hers and Ben's preferences are these. Her id."""
    async with pipeline.database.unit_of_work() as session:
        anne, ben = await add_user(session), await add_user(session, name="Ben")
        for person in (anne, ben):
            await choose(session, person.id, **preferences)
        await add_silence(session, pipeline.clock, user_id=anne.id)
    pipeline.clock.advance(timedelta(minutes=110))
    return anne.id


async def warn(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        await enqueue(session, SILENCE_WARNING, {})
    await JobRunner(
        pipeline.database, pipeline.clock, JOB_KINDS, Resources(pipeline.settings), lease=5.0, places=1
    ).run_due()
    await pipeline.run()


async def test_it_reaches_its_maker_whatever_their_threshold_and_others_by_theirs(pipeline: Pipeline) -> None:
    await pipeline.destination()
    anne = await ending_soon(pipeline)

    await warn(pipeline)

    (mail,), (hook,) = pipeline.sent(Channel.EMAIL), pipeline.sent(Channel.WEBHOOK)
    assert (mail.user_name, mail.content.kind) == ("Anne", MessageKind.SILENCE_ENDING)
    assert (mail.content.payload["comment"], mail.content.payload["made_by_user_id"]) == ("Moving.", anne)
    # Once: the notification's own planning finds it told.
    assert hook.content.kind is MessageKind.SILENCE_ENDING


@pytest.mark.parametrize(
    ("preferences", "decided"),
    [
        ({}, "send asked_for"),
        ({"matrix": {"silence_ending": {"email": "low"}}}, "send preference"),
        ({"matrix": {"silence_ending": {"email": "never"}}}, "skip preference"),
        ({"quiet_hours": {"is_on": True, "start": "00:00", "end": "00:00"}}, "hold quiet_hours"),
    ],
)
async def test_its_makers_never_and_their_quiet_hours_hold(
    pipeline: Pipeline, preferences: dict[str, object], decided: str
) -> None:
    anne = await ending_soon(pipeline, **preferences)
    await warn(pipeline)
    found = await pipeline.database.reads.fetchval(
        "select (verdict ->> 'decision') || ' ' || (verdict ->> 'reason')"
        " from delivery_messages, jsonb_array_elements(verdicts) as verdict"
        " where (verdict ->> 'user_id')::bigint = $1 and verdict ->> 'channel' = 'email'",
        anne,
    )
    assert found == decided


async def test_nobody_waits_for_a_lock_while_it_counts(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    await ending_soon(pipeline)
    silence_id = await pipeline.database.reads.fetchval("select id from silences")

    async def count(*_: object, **__: object) -> Tally:
        async with pipeline.database.unit_of_work() as session:
            await SilenceService(session, pipeline.clock).end(silence_id, user_id=None)
        return Tally(since=pipeline.clock.now())

    monkeypatch.setattr("backend.delivery.silence_ending.hidden_by", count)
    await warn(pipeline)

    # It was ended while it was counted: there is nothing to warn of any more.
    assert await pipeline.database.reads.fetchval("select count(*) from admin_notifications") == 0
