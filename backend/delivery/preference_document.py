"""Preferences as they are stored: read whatever version wrote them, and complete."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeVar

import msgspec

from backend.core.fields import JsonObject
from backend.delivery.digest_window import Digest
from backend.delivery.kinds import CATEGORIES, PERSONAL
from backend.delivery.local_time import is_timezone
from backend.delivery.preferences import (
    Language,
    Matrix,
    Override,
    Preferences,
    Threshold,
    default_threshold,
)
from backend.delivery.quiet_hours import QuietHours

T = TypeVar("T")
D = TypeVar("D")


def completed(document: JsonObject, *, timezone: str) -> Preferences:
    """Preferences from a stored document: what is missing, retired or unreadable takes its default."""
    zone = _read(document.get("timezone"), str, timezone)
    overrides = _read(document.get("overrides"), list[JsonObject], [])
    return Preferences(
        language=_read(document.get("language"), Language, Language.EN),
        timezone=zone if is_timezone(zone) else timezone,
        matrix=_matrix(_read(document.get("matrix"), JsonObject, {})),
        overrides=tuple(_overrides(overrides)),
        quiet_hours=_read(document.get("quiet_hours"), QuietHours, QuietHours()),
        digest=_read(document.get("digest"), Digest, Digest()),
    )


@lru_cache(maxsize=2_048)
def completed_text(document: str, timezone: str) -> Preferences:
    """The same from its JSON: every message asks for everybody's, and few change in between."""
    return completed(msgspec.json.decode(document), timezone=timezone)


def _read(value: object, kind: type[T], default: D) -> T | D:
    # One bad value in one person's document must not keep a message from everybody.
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return default


def _matrix(given: JsonObject) -> Matrix:
    rows = {category: _read(given.get(category), JsonObject, {}) for category in CATEGORIES}
    return {
        category: {
            channel.value: _read(row.get(channel), Threshold, default_threshold(category, channel))
            for channel in PERSONAL
        }
        for category, row in rows.items()
    }


def _overrides(given: list[JsonObject]) -> Iterator[Override]:
    for item in given:
        override = _read(item, Override, None)
        if override is not None and override.has_one_place and override.category in {None, *CATEGORIES}:
            yield override
