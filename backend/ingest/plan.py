"""What a set of signals comes to: occurrences of what fires, and keys of what is over."""

from collections.abc import Mapping, Sequence

import msgspec

from backend.alerts.occurrence import Occurrence
from backend.core.fields import MOST_TEXT, storable
from backend.ingest.signal import Signal, SignalState

# Characters kept free for the codes that no store has.
_ROOM = 400


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """To be done in this order. `over` are keys by who says that they are over."""

    occurrences: list[Occurrence]
    over: dict[str, list[str]]


def planned(signals: Sequence[Signal], stores: Mapping[str, int]) -> Plan:
    """Every firing signal counts; the last one of a key says whether it is over. `stores` are ids by code."""
    last = {signal.dedup_key: signal for signal in signals}
    over: dict[str, list[str]] = {}
    for signal in last.values():
        if signal.state is SignalState.RESOLVED:
            over.setdefault(signal.source, []).append(signal.dedup_key)
    firing = [signal for signal in signals if signal.state is SignalState.FIRING]
    return Plan(occurrences=[_occurrence(signal, stores) for signal in firing], over=over)


def codes_of(signals: Sequence[Signal]) -> set[str]:
    """The store codes to be looked up for the plan."""
    return {code for signal in signals if signal.state is SignalState.FIRING for code in signal.store_codes}


def _occurrence(signal: Signal, stores: Mapping[str, int]) -> Occurrence:
    known = [stores[code] for code in signal.store_codes if code in stores]
    return Occurrence(
        alert_type=signal.alert_type.value,
        severity=signal.severity,
        title=signal.title,
        description=_description(signal, stores),
        affected_stores=(*signal.store_ids, *known),
        affected_systems=signal.systems,
        dedup_key=signal.dedup_key,
    )


def _description(signal: Signal, stores: Mapping[str, int]) -> str:
    unknown = [code for code in signal.store_codes if code not in stores]
    if not unknown:
        return storable(signal.description, MOST_TEXT)
    words = storable(signal.description, MOST_TEXT - _ROOM)
    line = storable(f"Unknown store: {', '.join(unknown)}", _ROOM - 1)
    return f"{words}\n{line}" if words else line
