"""Which alert a run's failure belongs to, and whether somebody is rung for it: decided from plain data."""

from dataclasses import dataclass

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


def store_key(kind: RunKind, store_id: int, order_id: int | None = None) -> str:
    """What is wrong with one store alone: its key, its data, or our own code; of what goes out, with one order."""
    return f"letzshop-{kind}:{store_id}" if order_id is None else f"letzshop-{kind}:{store_id}:{order_id}"


def whether_to_tell(*, is_on_demand: bool, is_outage: bool, is_alert_new: bool, is_reason_new: bool) -> Verdict:
    """Somebody who asked is told; a schedule that goes on failing for the same reason only counts on its alert."""
    if is_on_demand:
        return Verdict(is_told=True, reason="somebody asked for this run")
    if is_alert_new:
        return Verdict(is_told=True, reason="the first of its alert")
    if is_outage:
        return Verdict(is_told=False, reason="the outage is known")
    if is_reason_new:
        return Verdict(is_told=True, reason="it fails for another reason than before")
    return Verdict(is_told=False, reason="the store's failure is known")
