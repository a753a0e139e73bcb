from backend.alerts import Severity
from backend.delivery.alert_thread import SETTLING
from backend.delivery.kinds import Channel
from backend.delivery.mail.headers import headers
from tests.delivery.test_planning import fail
from tests.factories.mails import setup
from tests.factories.people import add_user
from tests.support.pipeline import Pipeline


async def test_two_mails_of_one_thread_that_go_at_once_are_two_mails_of_one_thread(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        await add_user(session)
    await fail(pipeline, 1)
    pipeline.clock.advance(SETTLING)
    await pipeline.runner.run_due()
    await fail(pipeline, 2, severity=Severity.CRITICAL)

    await pipeline.run()

    mails = sorted(pipeline.sent(Channel.EMAIL), key=lambda mail: mail.delivery_id)
    first, second = (headers(mail, setup()) for mail in mails)
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert "In-Reply-To" not in first
