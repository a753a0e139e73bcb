"""A bad address: after a few bounces nothing is sent there any more, and the person hears of it elsewhere."""

from dataclasses import replace
from functools import partial

import pytest

from backend.delivery.destination_service import ensure_email
from backend.delivery.envelope import Envelope, Result
from backend.delivery.kinds import Channel, Outcome
from backend.delivery.personal_channels import personal_of, set_personal_chat
from tests.factories.delivery import add_deliveries
from tests.factories.people import add_user
from tests.support.pipeline import FAILED, SENT, Pipeline

BOUNCED = Result(
    outcome=Outcome.BOUNCED, status_code=550, error="The mail server refused the address: 550 5.1.1 No such user."
)


async def anne(pipeline: Pipeline) -> tuple[int, int]:
    """With mail and chat: her id, and that of her mail's destination."""
    async with pipeline.database.unit_of_work() as session:
        user = await add_user(session)
        await ensure_email(session, [user.id])
        await set_personal_chat(session, pipeline.settings, user.id, "ntfys://ntfy.example.com/anne")
        return user.id, (await personal_of(session, user.id))[Channel.EMAIL].id


async def answered(pipeline: Pipeline, destination_id: int, *results: Result) -> None:
    """Each to a message of its own."""
    for result in results:
        pipeline.far_ends[Channel.EMAIL].answer = partial(_says, result)
        async with pipeline.database.unit_of_work() as session:
            await add_deliveries(session, destination_id)
        await pipeline.run()


def _says(result: Result, _: Envelope) -> Result:
    return result


async def state(pipeline: Pipeline, destination_id: int) -> tuple[object, ...]:
    (row,) = await pipeline.database.reads.fetch(
        "select is_enabled, disabled_reason, bounces from delivery_destinations where id = $1", destination_id
    )
    return tuple(row)


async def test_three_bounces_in_a_row_switch_a_persons_mail_off_and_their_chat_tells_them(pipeline: Pipeline) -> None:
    user_id, mail = await anne(pipeline)
    await answered(pipeline, mail, BOUNCED, BOUNCED)
    assert await state(pipeline, mail) == (True, None, 2)
    await answered(pipeline, mail, BOUNCED)

    assert await state(pipeline, mail) == (False, "bounced", 3)
    (notice,) = await pipeline.database.reads.fetch("select title, message, action_url from admin_notifications")
    assert notice["title"] == "E-mail of Anne was switched off"
    assert notice["message"] == (
        "3 messages in a row came back: The mail server refused the address: 550 5.1.1 No such user."
        " Nothing else waited for it. Once it works, Anne or an admin switches it on again in the preferences."
    )
    assert notice["action_url"] == f"/preferences?user={user_id}"
    await pipeline.run()
    assert pipeline.titles(Channel.CHAT) == ["E-mail of Anne was switched off"]
    assert len(pipeline.sent(Channel.EMAIL)) == 3


@pytest.mark.parametrize(
    ("results", "bounces"),
    [
        ((BOUNCED, BOUNCED, replace(BOUNCED, outcome=Outcome.REJECTED), FAILED), 2),
        ((BOUNCED, BOUNCED, SENT, BOUNCED), 1),
    ],
)
async def test_what_is_refused_for_another_reason_is_no_bounce_and_what_arrives_forgets_them(
    pipeline: Pipeline, results: tuple[Result, ...], bounces: int
) -> None:
    _, mail = await anne(pipeline)
    await answered(pipeline, mail, *results)
    assert await state(pipeline, mail) == (True, None, bounces)
