"""Claims, tries and what becomes of deliveries, on real rows; only what leaves the house is recorded."""

import asyncio
from collections import Counter
from datetime import timedelta

from backend.delivery.dispatcher import Dispatcher
from backend.delivery.envelope import Envelope, Result
from backend.delivery.kinds import PRIORITY_RANK, Channel, Outcome
from backend.notifications import Priority
from tests.support.pipeline import FAILED, SENT, Pipeline
from tests.support.sending import add, personal_mail, rows
from tests.support.times import DatabaseTimeShift

HIGH, CRITICAL = PRIORITY_RANK[Priority.HIGH], PRIORITY_RANK[Priority.CRITICAL]


async def seconds_until_next(pipeline: Pipeline) -> float:
    (row,) = await pipeline.database.reads.fetch(
        "select extract(epoch from next_attempt_at - tocsin_now())::float8 as seconds from deliveries"
    )
    return float(row["seconds"])


async def test_a_try_that_arrives_is_written_down_with_its_attempt(pipeline: Pipeline) -> None:
    pipeline.far_ends[Channel.WEBHOOK].answer = lambda _: Result(outcome=Outcome.SENT, status_code=204, excerpt="ok")
    await add(pipeline, await pipeline.destination())

    await pipeline.run()

    assert await rows(pipeline, "status, tries, lease_until") == [("sent", 1, None)]
    assert await rows(pipeline, "number, outcome, status_code, excerpt", "delivery_attempts") == [
        (1, "sent", 204, "ok")
    ]
    assert await rows(pipeline, "last_success_at is not null", "delivery_destinations") == [(True,)]


async def test_one_that_fails_is_tried_again_by_the_table_until_it_is_a_dead_letter(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    pipeline.far_ends[Channel.WEBHOOK].answer = lambda _: FAILED
    await add(pipeline, await pipeline.destination())
    waits, shifted = [], timedelta()

    for _ in range(9):
        await pipeline.run()
        waits.append(await seconds_until_next(pipeline))
        shifted += timedelta(seconds=waits[-1] + 0.5)
        await shift_database_time(shifted)
    await pipeline.run()

    table = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
    # The circuit opens at the third failure: whoever is due before it asks again waits for that.
    assert all(0.8 * due - 1 <= wait <= 1.2 * due for wait, due in zip(waits, table, strict=True)), waits
    assert await rows(pipeline, "status, tries, reason") == [("dead", 10, "tries_failed")]
    attempts = await rows(pipeline, "number, outcome, status_code, error", "delivery_attempts")
    assert attempts == [(number, "failed", 503, "The receiver answered 503.") for number in range(1, 11)]


async def test_what_is_refused_for_good_is_a_dead_letter_at_once(pipeline: Pipeline) -> None:
    pipeline.far_ends[Channel.EMAIL].answer = lambda _: Result(
        outcome=Outcome.REJECTED, status_code=550, error="No such user here."
    )
    await add(pipeline, await personal_mail(pipeline))

    await pipeline.run()

    assert await rows(pipeline, "status, last_error") == [("dead", "No such user here.")]
    assert await rows(pipeline, "is_enabled, last_error", "delivery_destinations") == [(True, "No such user here.")]


async def test_a_receiver_that_is_gone_is_switched_off_and_the_admins_are_told(pipeline: Pipeline) -> None:
    pipeline.far_ends[Channel.WEBHOOK].answer = lambda _: Result(outcome=Outcome.GONE, status_code=410)
    destination_id = await pipeline.destination(name="ERP")
    await add(pipeline, destination_id)
    await add(pipeline, destination_id, next_attempt_at=pipeline.clock.now() + timedelta(hours=1))

    await pipeline.dispatcher.send_due()
    await pipeline.dispatcher.wait_until_idle()

    assert await rows(pipeline, "status") == [("dead",), ("dead",)]
    assert await rows(pipeline, "is_enabled, disabled_reason", "delivery_destinations") == [(False, "gone")]
    assert await rows(pipeline, "type, title", "admin_notifications") == [
        ("delivery_failure", "Webhook ERP was switched off")
    ]


async def test_one_that_only_failed_for_five_days_is_switched_off(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    pipeline.far_ends[Channel.WEBHOOK].answer = lambda _: FAILED
    destination_id = await pipeline.destination()
    await add(pipeline, destination_id)
    await pipeline.run()

    await shift_database_time(timedelta(days=5, seconds=1))
    await pipeline.run()

    assert await rows(pipeline, "is_enabled, disabled_reason", "delivery_destinations") == [(False, "failing")]


async def test_a_destination_that_does_not_answer_is_left_alone_until_a_probe_arrives(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    pipeline.far_ends[Channel.WEBHOOK].answer = lambda _: FAILED
    destination_id = await pipeline.destination()
    await add(pipeline, destination_id, 3)
    await pipeline.run()
    assert len(pipeline.sent()) == 3

    await add(pipeline, destination_id, 5)
    await pipeline.run()
    assert len(pipeline.sent()) == 3

    pipeline.far_ends[Channel.WEBHOOK].answer = lambda _: SENT
    await shift_database_time(timedelta(seconds=31))
    await pipeline.dispatcher.send_due()
    await pipeline.dispatcher.wait_until_idle()
    assert len(pipeline.sent()) == 4

    await shift_database_time(timedelta(minutes=2))
    await pipeline.run()
    assert Counter(await pipeline.statuses()) == {"sent": 8}


async def test_a_flood_for_a_person_is_a_few_messages_and_one_with_the_rest(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    await add(pipeline, await personal_mail(pipeline), 40)

    await pipeline.run()
    assert Counter(await pipeline.statuses()) == {"sent": 5, "held": 35}

    await shift_database_time(timedelta(minutes=2, seconds=1))
    await pipeline.run()

    assert Counter(await pipeline.statuses()) == {"sent": 6, "folded": 35}
    last = pipeline.sent(Channel.EMAIL)[-1].content
    assert last.kind == "held_back"
    assert (last.payload["count"], len(last.payload["items"]), last.payload["more"]) == (35, 20, 15)


async def test_one_that_was_held_alone_goes_as_it_is(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    await add(pipeline, await personal_mail(pipeline), 6)
    await pipeline.run()

    await shift_database_time(timedelta(minutes=2, seconds=1))
    await pipeline.run()

    assert Counter(await pipeline.statuses()) == {"sent": 6}


async def test_a_flood_from_one_store_does_not_delay_another_stores_critical(pipeline: Pipeline) -> None:
    destination_id = await pipeline.destination()
    await add(pipeline, destination_id, 500, store_key=1, priority_rank=HIGH)
    (critical,) = await add(pipeline, destination_id, 1, store_key=2, priority_rank=CRITICAL)

    await pipeline.run()

    assert pipeline.sent()[0].delivery_id == critical
    assert len(pipeline.sent()) == 501


async def test_stores_of_one_priority_take_turns(pipeline: Pipeline) -> None:
    destination_id = await pipeline.destination()
    await add(pipeline, destination_id, 200, store_key=1)
    quiet = await add(pipeline, destination_id, 2, store_key=2)

    await pipeline.run()

    places = {envelope.delivery_id: place for place, envelope in enumerate(pipeline.sent())}
    assert [places[delivery_id] for delivery_id in quiet] == [1, 3]


async def test_one_destination_that_hangs_holds_up_no_other(pipeline: Pipeline) -> None:
    hanging, other = await pipeline.destination(name="slow"), await pipeline.destination(name="quick")
    released = asyncio.Event()

    async def send(envelope: Envelope) -> Result:
        if envelope.destination_id == hanging:
            await released.wait()
        return SENT

    pipeline.far_ends[Channel.WEBHOOK].answer = send
    await add(pipeline, hanging, 100)
    await add(pipeline, other, 20)

    await pipeline.dispatcher.send_due()
    while Counter(await pipeline.statuses())["sent"] < 20:
        await pipeline.dispatcher.send_due()
        await asyncio.sleep(0.01)

    released.set()
    await pipeline.run()
    assert Counter(await pipeline.statuses()) == {"sent": 120}


async def test_what_a_dead_worker_had_goes_again_after_its_lease(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    await add(pipeline, await pipeline.destination())
    dying = pipeline.new_dispatcher()
    dying._start = lambda *_: None  # type: ignore[method-assign]  # it dies between claim and try
    await dying.send_due()
    await pipeline.run()
    assert pipeline.sent() == []

    await shift_database_time(timedelta(seconds=6))
    await pipeline.run()

    assert await rows(pipeline, "status, tries") == [("sent", 2)]
    assert await rows(pipeline, "number, outcome", "delivery_attempts") == [(1, None), (2, "sent")]


async def test_an_answer_that_comes_after_its_lease_changes_nothing(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    await add(pipeline, await pipeline.destination())
    released = asyncio.Event()

    async def late(_: Envelope) -> Result:
        await released.wait()
        return FAILED

    slow = pipeline.new_dispatcher()
    pipeline.far_ends[Channel.WEBHOOK].answer = late
    await slow.send_due()
    await asyncio.sleep(0)
    await shift_database_time(timedelta(seconds=6))
    pipeline.far_ends[Channel.WEBHOOK].answer = lambda _: SENT
    await pipeline.run()
    released.set()
    await slow.wait_until_idle()

    assert await rows(pipeline, "status, tries, last_error") == [("sent", 2, None)]


async def test_workers_share_the_work_and_send_nothing_twice(pipeline: Pipeline) -> None:
    destinations = [await pipeline.destination(name=f"Number {number}") for number in range(4)]
    for destination_id in destinations:
        await add(pipeline, destination_id, 60)
    workers = [pipeline.new_dispatcher() for _ in range(3)]

    async def work(worker: Dispatcher) -> None:
        while await worker.send_due():
            await worker.wait_until_idle()

    await asyncio.gather(*map(work, workers))

    sent = Counter(envelope.delivery_id for envelope in pipeline.sent())
    assert len(sent) == 240
    assert set(sent.values()) == {1}


async def test_a_channel_that_breaks_its_promise_is_a_failure_of_that_try(pipeline: Pipeline) -> None:
    def broken(_: Envelope) -> Result:
        raise RuntimeError("a bug")

    pipeline.far_ends[Channel.WEBHOOK].answer = broken
    await add(pipeline, await pipeline.destination())

    await pipeline.run()

    assert await rows(pipeline, "status, last_error") == [("pending", "RuntimeError: a bug")]


async def test_nothing_goes_to_a_destination_that_is_switched_off(pipeline: Pipeline) -> None:
    destination_id = await pipeline.destination()
    await add(pipeline, destination_id)
    await pipeline.database.reads.execute("update delivery_destinations set is_enabled = false")

    await pipeline.run()

    assert pipeline.sent() == []
    assert await rows(pipeline, "status, reason") == [("dead", "buried_switched_off")]


async def test_what_was_folded_can_be_replayed_and_folded_again(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    await add(pipeline, await personal_mail(pipeline), 10)
    await pipeline.run()
    await shift_database_time(timedelta(minutes=2, seconds=1))
    await pipeline.run()
    assert Counter(await pipeline.statuses()) == {"sent": 6, "folded": 5}

    await pipeline.database.reads.execute(
        "update deliveries set status = 'pending', tries = 0, folded_into_id = null, reason = null "
        "where status = 'folded'"
    )
    await pipeline.run()
    await shift_database_time(timedelta(minutes=5))
    await pipeline.run()

    assert Counter(await pipeline.statuses())["held"] == 0
    assert [kind for kind in pipeline.kinds(Channel.EMAIL) if kind == "held_back"] == ["held_back", "held_back"]


async def test_an_address_sealed_with_another_key_costs_only_its_own_delivery(pipeline: Pipeline) -> None:
    foreign, own = await pipeline.destination(name="foreign"), await pipeline.destination(name="own")
    await pipeline.database.reads.execute(
        "update delivery_destinations set sealed_address = 'nonsense' where id = $1", foreign
    )
    await add(pipeline, foreign)
    await add(pipeline, own)

    await pipeline.run()

    assert await rows(pipeline, "status") == [("dead",), ("sent",)]
    (error,) = await rows(pipeline, "last_error", "(select * from deliveries where status = 'dead') d")
    assert "enter it again" in str(error[0])


async def test_a_backlog_behind_an_open_circuit_is_in_nobodys_way(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    pipeline.far_ends[Channel.WEBHOOK].answer = lambda envelope: FAILED if envelope.destination_id == broken else SENT
    broken, healthy = await pipeline.destination(name="broken"), await pipeline.destination(name="healthy")
    await add(pipeline, broken, 500)
    await pipeline.run()
    await shift_database_time(timedelta(minutes=30))
    await add(pipeline, healthy, 30)
    tried = len(pipeline.sent())

    await pipeline.dispatcher.send_due()
    await pipeline.dispatcher.wait_until_idle()

    sent = Counter(envelope.destination_id for envelope in pipeline.sent()[tried:])
    assert sent[healthy] == 30
    assert sent[broken] == 1


async def test_a_throttled_backlog_is_kept_back_at_once(pipeline: Pipeline) -> None:
    mail, webhook = await personal_mail(pipeline), await pipeline.destination()
    await add(pipeline, mail, 800)
    await add(pipeline, webhook, 20)

    await pipeline.run()

    assert Counter(await pipeline.statuses()) == {"sent": 25, "held": 795}
