"""How long something took, as people say it: in one unit, and none that needs reckoning."""

from backend.delivery.texts import Wording

_HOUR = 60
_DAY = 24 * _HOUR


def duration(minutes: int, words: Wording) -> str:
    """`90 min`, `5 h` or `3 days`."""
    if minutes < 2 * _HOUR:
        return words.minutes.format(count=minutes)
    if minutes < 2 * _DAY:
        return words.hours.format(count=minutes // _HOUR)
    return words.days.format(count=minutes // _DAY)
