"""TOCSIN_SMTP_URL: which mail server, how it is spoken to and as whom. Pure."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit


class SmtpSecurity(StrEnum):
    NONE = "none"
    # Plain at first, then encrypted; refused when the server cannot.
    STARTTLS = "starttls"
    # Encrypted from the first byte.
    TLS = "tls"


DEFAULT_PORTS = {SmtpSecurity.NONE: 25, SmtpSecurity.STARTTLS: 587, SmtpSecurity.TLS: 465}

_MOST_ADDRESS = 320

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_NAME = r"[^\s@<>\"(),;:\\]+"
_LABEL = r"[^\s@<>\"(),;:\\.]+"
# A name at a domain, or at an address literal such as [127.0.0.1].
_ADDRESS = re.compile(rf"{_NAME}@(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Za-z.:]+\])")


class SmtpUrlError(ValueError):
    """What such an address must be, in words that fit behind its name and hold nothing of it."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    host: str
    port: int
    security: SmtpSecurity
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    sender_name: str | None = None
    sender_address: str | None = None


def parse_smtp_url(url: str) -> SmtpServer:
    """`smtp://user:password@host:port?starttls=1&from=Name <address>`, percent-encoded, or `smtps://`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        # Not `from` it: it quotes the address.
        raise SmtpUrlError("must be an address such as smtp://user:password@mail.example.com:587?starttls=1") from None
    if parts.scheme not in {"smtp", "smtps"}:
        raise SmtpUrlError("must be an address that starts with smtp:// or smtps://")
    options = _options(parts.query)
    security = _security(parts.scheme, options.get("starttls"))
    name, address = _sender(options["from"]) if "from" in options else (None, None)
    user, password = _login(parts)
    return SmtpServer(_host(parts), _port(parts, security), security, user, password, name, address)


def is_mail_address(text: str) -> bool:
    """Whether it can stand in a mail's head and in an SMTP command as it is."""
    return len(text) <= _MOST_ADDRESS and not _CONTROL.search(text) and _ADDRESS.fullmatch(text) is not None


def _options(query: str) -> dict[str, str]:
    # Not parse_qsl: a plus is one, as in alerts+tocsin@example.com.
    options: dict[str, str] = {}
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        if name not in {"starttls", "from"} or name in options:
            # A misspelt starttls would send the password unencrypted.
            raise SmtpUrlError("may have starttls and from behind its question mark, each once and nothing else")
        options[name] = unquote(value)
    return options


def _security(scheme: str, starttls: str | None) -> SmtpSecurity:
    if starttls not in {None, "0", "1"}:
        raise SmtpUrlError("must have starttls=1, starttls=0 or none")
    if scheme == "smtps":
        if starttls == "1":
            raise SmtpUrlError("must be smtps:// or have starttls=1, not both")
        return SmtpSecurity.TLS
    return SmtpSecurity.STARTTLS if starttls == "1" else SmtpSecurity.NONE


def _host(parts: SplitResult) -> str:
    host = unquote(parts.hostname or "")
    if not host or _CONTROL.search(host) or " " in host or parts.path not in {"", "/"} or parts.fragment:
        raise SmtpUrlError(
            "must name a host and nothing behind it but a port, with # ? / @ in a password percent-encoded"
        )
    return host


def _port(parts: SplitResult, security: SmtpSecurity) -> int:
    with suppress(ValueError):
        if parts.port is None:
            return DEFAULT_PORTS[security]
        if parts.port:
            return parts.port
    raise SmtpUrlError("must have a port from 1 to 65535 if any")


def _login(parts: SplitResult) -> tuple[str | None, str | None]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise SmtpUrlError("must have a user and a password, or neither")
    if _CONTROL.search(user + password):
        raise SmtpUrlError("must have a user and a password without control characters")
    return user or None, password or None


def _sender(text: str) -> tuple[str | None, str]:
    named = _NAMED.fullmatch(text.strip())
    name, address = (named["name"].strip().strip('"'), named["address"]) if named else ("", text.strip())
    if _CONTROL.search(text) or not is_mail_address(address) or not address.isascii():
        raise SmtpUrlError("must have a from such as Tocsin <alerts@example.com>, percent-encoded")
    return name or None, address
