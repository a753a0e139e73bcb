"""A destination that is switched off by itself, and on again."""

from datetime import datetime
from enum import StrEnum

from backend.delivery.models import Destination


class Off(StrEnum):
    """Why one is off: what `disabled_reason` says."""

    BY_HAND = "by hand"
    NO_ADDRESS = "no address is set up"
    # There is no such address.
    BOUNCED = "bounced"
    # The receiver wants nothing any more.
    GONE = "gone"
    # Every try of some days failed.
    FAILING = "failing"


_BY_ITSELF = {Off.BOUNCED, Off.GONE, Off.FAILING}


def switch_on(row: Destination) -> None:
    """Whatever it did before."""
    row.is_enabled = True
    row.disabled_at = row.disabled_reason = None
    _start_afresh(row)


def move(row: Destination) -> None:
    """It has another address: how the one before fared counts no more, and what only that had switched off is on."""
    row.last_error = None
    _start_afresh(row)
    if row.disabled_reason in _BY_ITSELF:
        switch_on(row)


def switch_off(row: Destination, reason: Off, now: datetime) -> None:
    """One that is off already keeps its time and reason."""
    if row.is_enabled:
        row.is_enabled, row.disabled_at, row.disabled_reason = False, now, reason


def _start_afresh(row: Destination) -> None:
    """No failure counts any more: the circuit is closed."""
    row.failures = row.bounces = 0
    row.opened_at = row.probe_at = row.failing_since = None
