"""What a failed attempt means: is the address bad for good, or may it work later? Pure."""

import base64
import re
import ssl
from dataclasses import replace

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from backend.core.fields import one_line
from backend.core.redaction import struck
from backend.core.smtp_url import SmtpServer
from backend.delivery.envelope import Result
from backend.delivery.kinds import Outcome

_PERMANENT = 500
# "Sign in first" and "sign-in failed": ours to mend, whatever command they answer.
_OURS = {530, 535}
# Those, and "I am closing".
_OF_ANY = {*_OURS, 421}
# By RFC 3463 and 7505 there is no such mailbox or domain, it has moved, or takes no mail at all. Of the others some are
# about the sender or a policy, and a bare 550 may mean anything: those say nothing for certain about the address.
_NO_SUCH_ADDRESS = re.compile(r"5\.(1\.(1|2|3|6|10)|2\.1)(?!\d)")


# What may work later, the first that fits.
_LATER: tuple[tuple[type[Exception], str], ...] = (
    (SMTPAuthenticationError, "The mail server did not accept user and password"),
    (SMTPSenderRefused, "The mail server refused the sender"),
    (SMTPResponseException, "The mail server is not ready"),
    (ssl.SSLError, "No encrypted connection to the mail server"),
    (SMTPNotSupported, "The mail server cannot do what is set up"),
    (SMTPException, "The mail server could not be reached"),
    (OSError, "The mail server could not be reached"),
    (Exception, "The mail could not be sent"),
)


def outcome_of(error: Exception, server: SmtpServer, *, timeout: float) -> Result:
    """In one sentence for admins, with what the server said and without the password."""
    return replace(_outcome_of(error, server, timeout), is_of_channel=_is_of_server(error))


def _is_of_server(error: Exception) -> bool:
    """Whether any other mail would have failed as well."""
    match error:
        case SMTPRecipientsRefused():
            return error.recipients[0].code in _OF_ANY
        case SMTPDataError():
            return error.code in _OF_ANY
    return isinstance(error, SMTPException | OSError)


def _outcome_of(error: Exception, server: SmtpServer, timeout: float) -> Result:
    match error:
        case SMTPRecipientsRefused():
            return _answered(error.recipients[0], "The mail server refused the address", server)
        case SMTPDataError():
            return _answered(error, "The mail server refused the message", server)
        case SMTPTimeoutError() | TimeoutError():
            return Result(outcome=Outcome.FAILED, error=f"The mail server did not answer within {timeout:g} seconds.")
        case SMTPServerDisconnected():
            return Result(outcome=Outcome.FAILED, error="The mail server closed the connection.")
    what = next(what for kind, what in _LATER if isinstance(error, kind))
    return _failed(error, what, server)


def _answered(error: SMTPResponseException, what: str, server: SmtpServer) -> Result:
    if error.code >= _PERMANENT and error.code not in _OURS:
        bounced = _NO_SUCH_ADDRESS.match(error.message)
        return replace(_failed(error, what, server), outcome=Outcome.BOUNCED if bounced else Outcome.REJECTED)
    return _failed(error, f"{what} for now", server)


def _failed(error: Exception, what: str, server: SmtpServer) -> Result:
    if isinstance(error, SMTPResponseException):
        said = answer(f"{error.code} {error.message}", server)
        return Result(outcome=Outcome.FAILED, status_code=error.code, error=_sentence(what, said), excerpt=said)
    said = answer(str(error) or type(error).__name__, server)
    return Result(outcome=Outcome.FAILED, error=_sentence(what, said))


def _sentence(what: str, reason: str) -> str:
    return f"{what}: {reason.rstrip('.')}."


def answer(text: str, server: SmtpServer) -> str:
    """What a server said, in one line; some quote what they were sent, the password included."""
    if server.password is not None:
        encoded = base64.b64encode(server.password.encode()).decode()
        plain = base64.b64encode(f"\x00{server.user}\x00{server.password}".encode()).decode()
        text = struck(text, (plain, encoded, server.password))
    return one_line(text)
