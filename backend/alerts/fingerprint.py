"""Which occurrences are the same alert: a versioned value, built in this one place (design 4)."""

import hashlib
import re

VERSION = 1

_MASKS = (
    # Order matters: the wider pattern first, so that no part of it is masked as something smaller.
    (re.compile(r"https?://\S+", re.IGNORECASE), "<url>"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE), "<id>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"), "<time>"),
    (re.compile(r"\b\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\b"), "<time>"),
    (re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|`[^`]*`|(?<!\w)'[^']*'(?!\w)"), "<name>"),
    (re.compile(r"(?:(?<=\s)|^)[A-Za-z]:\\\S+|(?:(?<=[\s(])|^)\.{0,2}/\S+"), "<path>"),
    # An id of letters and digits: at least one of each, six or more long (a hash, a token, LS-48213).
    (re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9][\w-]{5,}\b"), "<id>"),
    (re.compile(r"[-+]?\d+(?:[.,'\u00a0\u202f]\d+)*"), "<n>"),
)


def masked(title: str) -> str:
    """The title without what differs between occurrences: numbers, ids, times, quoted names and paths."""
    text = title
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return " ".join(text.split()).casefold()


def fingerprint(alert_type: str, title: str, dedup_key: str | None = None) -> str:
    """The identity of an alert: `version:type:hash` of the caller's key, else of the masked title."""
    # The marker keeps a key apart from a title that happens to read the same.
    identity = f"key\n{dedup_key}" if dedup_key is not None else f"title\n{masked(title)}"
    return f"{VERSION}:{alert_type}:{hashlib.sha256(identity.encode()).hexdigest()[:32]}"
