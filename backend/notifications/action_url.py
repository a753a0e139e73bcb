"""Where a notification may lead: a path of our own SPA, or an https address. Never `//host`, never `javascript:`."""

from urllib.parse import urlsplit

from backend.core.errors import InvalidInputError

_MOST_CHARACTERS = 2_000


def refusal(url: str) -> str | None:
    """Why `url` may not be an action's address; None when it may."""
    if len(url) > _MOST_CHARACTERS:
        return f"at most {_MOST_CHARACTERS} characters"
    # Browsers drop tabs and line breaks and read a backslash as a slash, so neither may appear.
    if not url.isprintable() or " " in url or "\\" in url:
        return "white space, control characters and backslashes are not allowed"
    if url.startswith("/"):
        return "a path has one leading slash" if url.startswith("//") else None
    return _web_address_refusal(url)


def _web_address_refusal(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "not a web address"
    if parts.scheme != "https" or not parts.hostname:
        return "must be a path with one leading slash, or an https address"
    return "must not hold a user name or password" if "@" in parts.netloc else None


def checked(url: str | None) -> str | None:
    """Return the same address; raises InvalidInputError naming `action_url` when it is not allowed."""
    if url is not None and (reason := refusal(url)) is not None:
        raise InvalidInputError.field("action_url", reason)
    return url
