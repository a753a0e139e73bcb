"""A recipient's address as the server can take it. Pure."""

from dataclasses import dataclass

import idna

from backend.core.smtp_url import is_mail_address


@dataclass(frozen=True, slots=True)
class Recipient:
    """`needs_utf8`: only servers with SMTPUTF8 can take it."""

    address: str
    needs_utf8: bool


def recipient(address: str) -> Recipient | None:
    """Domains can be spelt in ASCII, names cannot; None for what is not one address."""
    if not is_mail_address(address):
        return None
    name, _, domain = address.rpartition("@")
    if domain.isascii():
        return Recipient(address, not name.isascii())
    try:
        spelt = idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return None
    return Recipient(f"{name}@{spelt}", not name.isascii())
