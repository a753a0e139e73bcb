"""A mail as it is sent: head, text and HTML."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy

from backend.delivery.envelope import Envelope
from backend.delivery.mail.headers import headers
from backend.delivery.mail.plain import line
from backend.delivery.mail.render import render
from backend.delivery.mail.setup import MailSetup

# One long word each. The library would fold them as encoded words, which clients do not read there.
_WHOLE = {"message-id", "in-reply-to", "references", "list-id", "list-unsubscribe"}


class _Policy(EmailPolicy):
    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}" if name.lower() in _WHOLE else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode() if name.lower() in _WHOLE else super().fold_binary(name, value)


_POLICY = _Policy(linesep=SMTP.linesep, cte_type="7bit")


def compose(
    envelope: Envelope, address: str, setup: MailSetup, *, now: datetime, is_utf8: bool = False
) -> EmailMessage:
    """To an address that `is_mail_address`; `is_utf8` leaves it as it is for servers that take SMTPUTF8."""
    rendered = render(envelope, setup)
    mail = EmailMessage(policy=_POLICY.clone(utf8=is_utf8))
    mail["From"] = _address(setup.sender_name, setup.sender_address)
    mail["To"] = _address(envelope.user_name or "", address)
    mail["Date"] = now
    mail["Subject"] = rendered.subject
    for name, value in headers(envelope, setup).items():
        mail[name] = value
    # Quoted-printable: any server takes it, and no line is too long.
    mail.set_content(rendered.text, cte="quoted-printable")
    mail.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    return mail


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(line(name, 100), user, domain)
