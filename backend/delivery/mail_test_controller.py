from secrets import randbits
from typing import Any

import msgspec
from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from backend.auth import AuthService, Principal
from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database
from backend.delivery.channels.email import EmailSender
from backend.delivery.destination_address import check_address
from backend.delivery.destination_schemas import Address
from backend.delivery.envelope import Content, Envelope
from backend.delivery.kinds import Channel, MessageKind, Outcome
from backend.delivery.mail.setup import EffectiveMail, mail_setup
from backend.notifications import Priority

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class MailTestIn(msgspec.Struct, forbid_unknown_fields=True):
    """Without `to` it goes to who asks."""

    to: Address | None = None


class MailTestOut(msgspec.Struct):
    """How it went: `settings` as they are used, null without a mail server; `answer` is the server's."""

    to: str
    outcome: Outcome
    settings: EffectiveMail | None
    status_code: int | None
    answer: str | None
    error: str | None


class MailTestController(Controller):
    path = "/api/v1/admin/delivery/test-mail"
    tags = ("delivery",)

    @post(
        "",
        status_code=200,
        operation_id="send_test_mail",
        summary="Send a test mail at once, and say what the mail server answered",
        opt={"role": Role.ADMIN, "audit": "delivery.test_mail"},
    )
    async def send_test_mail(
        self,
        request: AnyRequest,
        data: JSONBody[MailTestIn],
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
        principal: NamedDependency[Principal],
    ) -> MailTestOut:
        to = data.to or await _own_address(database, clock, principal)
        await check_address(settings, Channel.EMAIL, to)
        setup = mail_setup(settings)
        sender = EmailSender(setup, clock)
        try:
            result = await sender.send(_test_mail(to, principal, clock))
        finally:
            await sender.aclose()
        request.state.audit_detail = {"to": to, "outcome": result.outcome.value}
        return MailTestOut(
            to=to,
            outcome=result.outcome,
            settings=setup.effective,
            status_code=result.status_code,
            answer=result.excerpt,
            error=result.error,
        )


async def _own_address(database: Database, clock: Clock, principal: Principal) -> str:
    if principal.user_id is None:
        raise InvalidInputError.field("to", "an API key has no address of its own")
    async with database.unit_of_work() as session:
        return (await AuthService(session, clock).get_user(principal.user_id)).email


def _test_mail(to: str, principal: Principal, clock: Clock) -> Envelope:
    """Of no delivery: nothing is written down but the deed itself."""
    content = Content(
        message_id=0,
        kind=MessageKind.TEST,
        category="test",
        priority=Priority.NORMAL,
        title="Test message",
        body=f"{principal.name} asked for this test.",
        created_at=clock.now(),
    )
    return Envelope(
        # No delivery has it, and no other test: mail programs hide what they have seen before.
        delivery_id=-1 - randbits(60),
        destination_id=0,
        channel=Channel.EMAIL,
        content=content,
        address=to,
        user_id=principal.user_id,
        user_name=principal.name,
    )
