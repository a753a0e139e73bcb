"""Host names as admins type them and as requests carry them, brought to one spelling: ASCII, lower case, no port."""

import re
from typing import NamedTuple

import idna

_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_PORT = re.compile(r":[0-9]{0,5}$", re.ASCII)
_MOST_CHARACTERS = 253
_LABEL = r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_plain = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.ASCII).fullmatch
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII).fullmatch


class NameRefusal(NamedTuple):
    """Why something is no host name, as a sentence's end for an admin."""

    reason: str


_IS_ADDRESS = NameRefusal("must be a name, not an IP address")
_REFUSED_SIGNS = (
    ("/\\?#", "the host name only: without a path, and with http:// or https:// at most"),
    ("@", "must not hold a user name"),
    ("_", "a host name has no underscores"),
    ("*", "one domain at a time: wildcards are not possible"),
)


def domain_name(typed: str) -> str | NameRefusal:
    """The one spelling of a domain that may be a store's own; a pasted web address without a path will do."""
    name = host_name(typed)
    if isinstance(name, str) and "." not in name:
        return NameRefusal("a domain has at least two parts, as in shop.example")
    return name


def host_name(typed: str) -> str | NameRefusal:
    """The one spelling of a host name of any number of labels; addresses are refused."""
    text = _SCHEME.sub("", typed.strip()).removesuffix("/")
    return _refusal(text) or _spelled(_PORT.sub("", text))


def unicode_name(name: str) -> str:
    """A host name as people write it: `bücher.example` for `xn--bcher-kva.example`."""
    try:
        return idna.decode(name)
    except UnicodeError:
        # No international name: DNS knows more names than IDNA.
        return name


def _refusal(text: str) -> NameRefusal | None:
    if not text:
        return NameRefusal("is empty")
    if text.startswith("[") or text.count(":") > 1:
        return _IS_ADDRESS
    return next((NameRefusal(reason) for signs, reason in _REFUSED_SIGNS if any(sign in text for sign in signs)), None)


def _spelled(text: str) -> str | NameRefusal:
    try:
        name = _in_ascii(text).removesuffix(".")
    except UnicodeError as error:
        return NameRefusal(f"is not a host name: {error}")
    if len(name) > _MOST_CHARACTERS:
        return NameRefusal(f"at most {_MOST_CHARACTERS} characters")
    # Browsers and resolvers read whatever ends in a number as an IPv4 address: 127.1, 0x7f.1.
    if _NUMBER(name.rpartition(".")[2]):
        return _IS_ADDRESS
    return name


def _in_ascii(text: str) -> str:
    # What DNS has always known is not judged by the younger rules of IDNA, which refuse names like `ab--cd.example`.
    if _plain(text.lower()):
        return text.lower()
    return idna.encode(text, uts46=True, std3_rules=True).decode("ascii")
