"""E-mail by SMTP."""

import asyncio
import ssl
from email.message import EmailMessage

from aiosmtplib import SMTP

from backend.core.clock import Clock
from backend.delivery.channels.smtp_connections import SmtpConnections
from backend.delivery.envelope import Envelope, Result
from backend.delivery.kinds import Outcome
from backend.delivery.mail.address import Recipient, recipient
from backend.delivery.mail.compose import compose
from backend.delivery.mail.outcome import answer, outcome_of
from backend.delivery.mail.setup import MailSetup

# Of one attempt, from the moment when a connection is free for it; seconds. The claim takes no more than there are.
TIMEOUT = 30.0

_ACCEPTED = 250

_NOT_SET_UP = Result(
    outcome=Outcome.REJECTED, error="E-mail is not set up: TOCSIN_SMTP_URL does not name a mail server."
)
_BAD_ADDRESS = Result(outcome=Outcome.REJECTED, error="The address is not one that mail can be sent to.")
_NO_UTF8 = Result(
    outcome=Outcome.REJECTED,
    error="The mail server cannot take this address: its name has letters beyond ASCII (SMTPUTF8).",
)


class EmailSender:
    """Without a server every mail is refused; `tls_context` decides whom to trust, else the system does."""

    def __init__(
        self,
        setup: MailSetup,
        clock: Clock,
        *,
        tls_context: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        self._setup = setup
        self._clock = clock
        self._timeout = timeout
        self._connections = (
            SmtpConnections(setup.server, own_name=setup.domain, tls_context=tls_context, timeout=timeout)
            if setup.server is not None
            else None
        )

    async def send(self, envelope: Envelope) -> Result:
        to = recipient(envelope.address)
        if self._setup.server is None or self._connections is None:
            return _NOT_SET_UP
        if to is None:
            return _BAD_ADDRESS
        try:
            mail = compose(envelope, to.address, self._setup, now=self._clock.now(), is_utf8=to.needs_utf8)
            async with self._connections.places, asyncio.timeout(self._timeout), self._connections.connection() as smtp:
                return await self._hand_over(smtp, mail, to)
        except Exception as error:  # noqa: BLE001 - a sender's contract: whatever goes wrong is a result
            return outcome_of(error, self._setup.server, timeout=self._timeout)

    async def aclose(self) -> None:
        if self._connections is not None:
            await self._connections.aclose()

    async def _hand_over(self, smtp: SMTP, mail: EmailMessage, to: Recipient) -> Result:
        if to.needs_utf8 and not smtp.supports_extension("smtputf8"):
            return _NO_UTF8
        options = ["SMTPUTF8"] if to.needs_utf8 else []
        # Our own bytes: the library would fold long links again.
        _, said = await smtp.sendmail(self._setup.sender_address, to.address, bytes(mail), mail_options=options)
        assert self._setup.server is not None
        return Result(outcome=Outcome.SENT, status_code=_ACCEPTED, excerpt=answer(said, self._setup.server))
