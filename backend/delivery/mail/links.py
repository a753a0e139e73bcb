"""Where a mail's links lead: the public address, or the server's own."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import idna

from backend.core.settings import Server

# What a server listens on but nobody can open.
_ANYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - looked for, not listened on


@dataclass(frozen=True, slots=True)
class Links:
    base: str

    def action(self, path: str | None) -> str:
        """A path of the SPA, or another https address as it is; without either the SPA's first page."""
        if path and path.startswith("https://"):
            return path
        return self.base + (path if path and path.startswith("/") else "/")

    def preferences(self) -> str:
        return f"{self.base}/preferences"

    def unsubscribe(self, token: str) -> str:
        """To be posted to (RFC 8058)."""
        return f"{self.base}/api/v1/delivery/unsubscribe/{quote(token, safe='')}"

    def host(self) -> str:
        """The name behind the @ of message ids: an address as a domain literal, everything else in ASCII."""
        return mail_domain(urlsplit(self.base).hostname or "localhost")


def links_of(server: Server) -> Links:
    if server.public_url is not None:
        return Links(server.public_url)
    host = "localhost" if server.host in _ANYWHERE else server.host
    return Links(f"http://{f'[{host}]' if ':' in host else host}:{server.port}")


def mail_domain(host: str) -> str:
    """A host as the right side of a mail address."""
    if ":" in host:
        return f"[IPv6:{host}]"
    if re.fullmatch(r"[0-9.]+", host):
        return f"[{host}]"
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return "localhost"
