"""What a throttle keeps back, what it never does, and what the one message for it names."""

from datetime import timedelta

from backend.delivery.delivery_service import DeliveryService
from backend.delivery.destination_service import DestinationService
from backend.delivery.folding import MOST_NAMED
from backend.delivery.kinds import PRIORITY_RANK, Channel
from backend.notifications import Priority
from tests.factories.delivery import add_deliveries, add_destination, choose
from tests.factories.people import add_user
from tests.support.pipeline import Pipeline
from tests.support.sending import add, personal_mail
from tests.support.times import DatabaseTimeShift

CRITICAL = PRIORITY_RANK[Priority.CRITICAL]


async def test_another_stores_critical_goes_at_once_in_a_flood_of_criticals(pipeline: Pipeline) -> None:
    mail = await personal_mail(pipeline)
    await add(pipeline, mail, 40, store_key=1, priority_rank=CRITICAL)
    await pipeline.run()
    (other,) = await add(pipeline, mail, store_key=2, priority_rank=CRITICAL)

    await pipeline.run()

    assert pipeline.sent(Channel.EMAIL)[-1].delivery_id == other
    assert len(pipeline.sent(Channel.EMAIL)) == 12


async def test_an_escalation_is_never_kept_back(pipeline: Pipeline) -> None:
    mail = await personal_mail(pipeline)
    await add(pipeline, mail, 30, priority_rank=CRITICAL)
    await pipeline.database.reads.execute("update delivery_messages set kind = 'escalation'")

    await pipeline.run()

    assert len(pipeline.sent(Channel.EMAIL)) == 30


async def test_each_store_is_named_before_any_is_named_twice(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    mail = await personal_mail(pipeline)
    await add(pipeline, mail, 50, store_key=1)
    await pipeline.run()
    late = await add(pipeline, mail, store_key=2)
    await pipeline.database.reads.execute(
        "update delivery_messages set title = 'Of another store' "
        "where id = (select message_id from deliveries where id = $1)",
        late[0],
    )
    await pipeline.run()

    await shift_database_time(timedelta(minutes=2, seconds=1))
    await pipeline.run()

    items = pipeline.sent(Channel.EMAIL)[-1].content.payload["items"]
    assert [item["title"] for item in items].index("Of another store") == 1
    assert len(items) == MOST_NAMED


async def test_what_was_kept_back_alone_waits_for_no_second_token(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    mail = await personal_mail(pipeline)
    *_, alone = await add(pipeline, mail, 6)
    await pipeline.run()
    await shift_database_time(timedelta(minutes=2, seconds=1))
    # It takes the token that has come.
    await add(pipeline, mail)
    await pipeline.dispatcher.send_due()
    await pipeline.dispatcher.wait_until_idle()

    await pipeline.run()

    assert pipeline.sent(Channel.EMAIL)[-1].delivery_id == alone
    assert set(await pipeline.statuses()) == {"sent"}


async def test_who_tries_again_now_gets_what_is_kept_back_no_sooner_and_as_one_message(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    room = await pipeline.destination(Channel.CHAT)
    await add(pipeline, room, 8)
    await pipeline.run()
    async with pipeline.database.unit_of_work() as session:
        await DestinationService(session, pipeline.clock, pipeline.settings).enable(room)

    await pipeline.run()
    assert pipeline.kinds(Channel.CHAT) == ["notification"] * 5

    await shift_database_time(timedelta(minutes=2, seconds=1))
    await pipeline.run()
    assert pipeline.kinds(Channel.CHAT) == ["notification"] * 5 + ["held_back"]


async def test_what_was_kept_back_until_quiet_hours_waits_for_their_end_as_one_message(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        user = await add_user(session)
        await choose(session, user.id, quiet_hours={"is_on": True, "start": "00:00", "end": "00:00"})
        mail = await add_destination(session, kind=Channel.EMAIL, user_id=user.id, name="E-mail")
        due = pipeline.clock.now() - timedelta(seconds=1)
        await add_deliveries(session, mail.id, 3, status="held", reason="throttle", next_attempt_at=due)

    await pipeline.run()

    assert await pipeline.statuses() == ["folded"] * 3 + ["pending"]
    assert pipeline.sent(Channel.EMAIL) == []


async def test_one_that_somebody_asks_for_once_more_is_not_kept_back(pipeline: Pipeline) -> None:
    room = await pipeline.destination(Channel.CHAT)
    first, *_ = await add(pipeline, room, 5)
    await pipeline.run()
    async with pipeline.database.unit_of_work() as session:
        await DeliveryService(session).replay(first)

    await pipeline.send()

    assert await pipeline.statuses() == ["sent"] * 5
    assert pipeline.sent(Channel.CHAT)[-1].delivery_id == first
