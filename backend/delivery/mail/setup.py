"""What all mails of an installation have in common, from its settings."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from backend.core.settings import Settings
from backend.core.smtp_url import SmtpServer, parse_smtp_url
from backend.delivery.mail.links import Links, links_of, mail_domain
from backend.delivery.mail.unsubscribe import UnsubscribeTokens

_NAME = "Tocsin"


class EffectiveMail(msgspec.Struct, frozen=True):
    """How mail is sent, for the settings page and the test mail: all but the password."""

    host: str
    port: int
    security: str
    user: str | None
    sender: str


@dataclass(frozen=True, slots=True)
class MailSetup:
    """`domain` stands behind the @ of message ids; without a `server` nothing can be sent."""

    links: Links
    tokens: UnsubscribeTokens
    sender_name: str
    sender_address: str
    domain: str
    server: SmtpServer | None = None

    @property
    def effective(self) -> EffectiveMail | None:
        if self.server is None:
            return None
        server = self.server
        sender = f"{self.sender_name} <{self.sender_address}>"
        return EffectiveMail(server.host, server.port, server.security.value, server.user, sender)


def mail_setup(settings: Settings) -> MailSetup:
    server = parse_smtp_url(settings.smtp_url) if settings.smtp_url else None
    public_url = settings.server.public_url
    named = server.sender_address if server else None
    own = urlsplit(public_url).hostname if public_url else server.host if server else None
    address = named or f"tocsin@{mail_domain(own or 'localhost')}"
    links = links_of(settings.server)
    return MailSetup(
        links=links,
        tokens=UnsubscribeTokens(settings.secret_keys),
        sender_name=(server.sender_name if server and named else None) or _NAME,
        sender_address=address,
        domain=links.host() if public_url else mail_domain(address.rpartition("@")[2]),
        server=server,
    )
