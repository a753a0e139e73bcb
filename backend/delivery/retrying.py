"""When a delivery that failed is tried again, and when no more: decided from the attempt's result alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.delivery.detail import DetailCode
from backend.delivery.envelope import Result
from backend.delivery.kinds import Channel, Outcome

_MINUTE, _HOUR = 60.0, 3600.0

# Seconds before each further try. Webhooks: the table of the Standard Webhooks specification, the first at once.
SCHEDULES: dict[Channel, tuple[float, ...]] = {
    Channel.WEBHOOK: (
        5,
        5 * _MINUTE,
        30 * _MINUTE,
        2 * _HOUR,
        5 * _HOUR,
        10 * _HOUR,
        14 * _HOUR,
        20 * _HOUR,
        24 * _HOUR,
    ),
    Channel.EMAIL: (_MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR, 4 * _HOUR, 12 * _HOUR),
    Channel.CHAT: (5, _MINUTE, 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 6 * _HOUR),
}
# So that those who met one outage do not all come back at once.
JITTER = 0.2
# However long a receiver asks us to wait.
LONGEST_WAIT = 24 * _HOUR
DISABLED_AFTER = timedelta(days=5)
# Messages in a row that the mail server refused because there is no such address. One may be its mistake of a moment.
BOUNCES_THAT_DISABLE = 3


@dataclass(frozen=True, slots=True)
class Delivered:
    """Nothing follows."""


@dataclass(frozen=True, slots=True)
class Again:
    """Try again after `delay` seconds."""

    delay: float


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It is a dead letter; `disables` when its destination is to be switched off, too."""

    reason: DetailCode
    disables: bool = False


def after_attempt(channel: Channel, result: Result, tries: int, *, chance: float) -> Delivered | Again | GiveUp:
    """What follows the `tries`th try since the delivery was planned or replayed; `chance` is between 0 and 1."""
    if result.outcome is Outcome.SENT:
        return Delivered()
    if result.outcome is Outcome.GONE:
        return GiveUp(DetailCode.RECEIVER_GONE, disables=True)
    if result.outcome is Outcome.BOUNCED:
        return GiveUp(DetailCode.BOUNCED)
    if result.outcome is Outcome.REJECTED:
        return GiveUp(DetailCode.REFUSED)
    schedule = SCHEDULES[channel]
    if tries > len(schedule):
        return GiveUp(DetailCode.TRIES_FAILED)
    spread = schedule[tries - 1] * (1 - JITTER + 2 * JITTER * chance)
    wait = asked_to_wait(result)
    return Again(spread if wait is None else max(spread, wait.total_seconds()))


def asked_to_wait(result: Result) -> timedelta | None:
    """For how long the receiver wants nothing, this message or any other."""
    return None if result.retry_after is None else timedelta(seconds=min(result.retry_after, LONGEST_WAIT))


def is_to_be_disabled(failing_since: datetime | None, now: datetime) -> bool:
    """Whether a destination has only failed for so long that it is switched off."""
    return failing_since is not None and now - failing_since >= DISABLED_AFTER
