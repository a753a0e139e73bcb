"""A destination that is switched off by itself, and on again."""

from datetime import datetime

from backend.delivery.models import Destination

BY_HAND = "by hand"
NO_ADDRESS = "no address is set up"

# What `disabled_reason` says of those that nobody switched off: there is no such address, the receiver wants nothing
# any more, every try of some days failed.
_BY_ITSELF = {"bounced", "gone", "failing"}


def start_afresh(row: Destination) -> None:
    """No failure counts any more: the circuit is closed."""
    row.failures = row.bounces = 0
    row.opened_at = row.probe_at = row.failing_since = None


def switch_on(row: Destination) -> None:
    """Whatever it did before."""
    row.is_enabled = True
    row.disabled_at = row.disabled_reason = None
    start_afresh(row)


def switch_off(row: Destination, reason: str, now: datetime) -> None:
    """One that is off already keeps its time and reason."""
    if row.is_enabled:
        row.is_enabled, row.disabled_at, row.disabled_reason = False, now, reason


def has_failed_by_itself(row: Destination) -> bool:
    """Nobody switched it off: a new address may be all that it needs."""
    return row.disabled_reason in _BY_ITSELF
