"""Which alert a run's failure belongs to, and whether somebody is rung for it: decided from plain data."""

from dataclasses import dataclass

from backend.letzshop.failure import Outcome
from backend.letzshop.run_kinds import RunKind

SYSTEM = "Letzshop"


@dataclass(frozen=True, slots=True)
class Verdict:
    is_told: bool
    reason: str


def outage_key(endpoint_url: str) -> str:
    """One outage is one alert, over all stores that it meets (design 4)."""
    return f"letzshop-outage:{endpoint_url}"


def silence_key(endpoint_url: str) -> str:
    return f"letzshop-silence:{endpoint_url}"


def store_key(kind: RunKind, store_id: int) -> str:
    """What is wrong with one store alone: its key, its data, or our own code."""
    return f"letzshop-{kind}:{store_id}"


def failure_key(kind: RunKind, store_id: int, endpoint_url: str, outcome: Outcome | None) -> str:
    return outage_key(endpoint_url) if outcome is Outcome.TRANSIENT else store_key(kind, store_id)


def whether_to_tell(*, is_on_demand: bool, is_outage: bool, is_alert_new: bool, did_fail_before: bool) -> Verdict:
    """Somebody who asked is told; a schedule that goes on failing only counts on its alert."""
    if is_on_demand:
        return Verdict(is_told=True, reason="somebody asked for this run")
    if is_outage:
        return Verdict(is_told=is_alert_new, reason="the first of an outage" if is_alert_new else "the outage is known")
    if did_fail_before:
        return Verdict(is_told=False, reason="the store's failure is known")
    return Verdict(is_told=True, reason="the first failure in a row")
