"""The platform's own host: what no store may claim, and under which each store has its subdomain."""

from typing import NamedTuple
from urllib.parse import urlsplit

from backend.core.settings import Server
from backend.tenancy.domain_name import host_name


class PlatformHost(NamedTuple):
    """`name` is None when there is no public URL, or when it names an IP address: then there are no subdomains."""

    name: str | None

    @classmethod
    def of(cls, server: Server) -> "PlatformHost":
        name = host_name(urlsplit(server.public_url or "").hostname or "")
        return cls(name if isinstance(name, str) else None)

    def owns(self, host: str) -> bool:
        """Whether `host` is the platform's or below it, at any depth."""
        return self.name is not None and (host == self.name or host.endswith(f".{self.name}"))

    def subdomain_in(self, host: str) -> str | None:
        """The `orion` of `orion.platform.example`; None for the platform itself and for what is deeper below it."""
        label, _, parent = host.partition(".")
        return label if parent and parent == self.name else None

    def host_of(self, subdomain: str) -> str | None:
        return f"{subdomain}.{self.name}" if self.name is not None else None
