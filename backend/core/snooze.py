"""Until when something may be put off: the same for whatever comes back at a time."""

from datetime import datetime, timedelta

import msgspec

from backend.core.errors import InvalidInputError
from backend.core.parameters import with_zone

LONGEST = timedelta(days=90)


class SnoozeIn(msgspec.Struct, forbid_unknown_fields=True):
    """Null ends it now."""

    until: datetime | None


def snooze_end(until: datetime | None, *, now: datetime) -> datetime | None:
    """The instant in UTC; raises InvalidInputError naming `until` for one that is past or too far."""
    end = with_zone(until, "until")
    if end is None:
        return None
    if end <= now:
        raise InvalidInputError.field("until", "must be ahead")
    if end > now + LONGEST:
        raise InvalidInputError.field("until", f"must be within {LONGEST.days} days")
    return end
