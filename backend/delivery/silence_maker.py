"""Whoever made a silence is told that it ends, from whatever priority on they want to be told of such things: pure."""

from collections.abc import Sequence
from datetime import datetime

from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.kinds import Decision, Reason
from backend.delivery.preferences import Preferences
from backend.delivery.quiet_hours import quiet_until
from backend.delivery.verdict import Verdict


def for_maker(
    verdicts: Sequence[Verdict], user_id: int, preferences: Preferences, *, silence_id: int, now: datetime
) -> list[Verdict]:
    """The verdicts, with the maker told by each of their channels that is not shut to it for good."""
    until = quiet_until(preferences.quiet_hours, preferences.timezone, now)
    return [
        _told(verdict, silence_id, until) if verdict.user_id == user_id and _is_below(verdict) else verdict
        for verdict in verdicts
    ]


def _is_below(verdict: Verdict) -> bool:
    """Only its priority was too low; whoever said `never` means never."""
    return verdict.detail_code in {DetailCode.BELOW_THRESHOLD, DetailCode.IN_DIGEST}


def _told(verdict: Verdict, silence_id: int, until: datetime | None) -> Verdict:
    if until is not None:
        waits = Detail(DetailCode.QUIET_HOURS, DetailArgs(until=until))
        return verdict.turned(Decision.HOLD, Reason.QUIET_HOURS, waits, until)
    made = Detail(DetailCode.MADE_SILENCE, DetailArgs(silence_id=silence_id))
    return verdict.turned(Decision.SEND, Reason.ASKED_FOR, made)
