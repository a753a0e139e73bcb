"""One occurrence of something broken, and how a batch of them folds into one row an alert."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from backend.alerts.fingerprint import fingerprint
from backend.alerts.kinds import Severity

RANK = {severity: rank for rank, severity in enumerate(Severity)}


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    alert_type: str
    severity: Severity
    title: str
    description: str = ""
    affected_stores: tuple[int, ...] = ()
    affected_systems: tuple[str, ...] = ()
    dedup_key: str | None = None
    auto_generated: bool = True

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.alert_type, self.title, self.dedup_key)


class Folded(msgspec.Struct, kw_only=True):
    """All occurrences of one fingerprint in a batch: the first one's words, the worst severity, the united scope."""

    fingerprint: str
    first: Occurrence
    severity: Severity
    count: int
    stores: Counter[int]
    systems: dict[str, None]

    @property
    def systems_json(self) -> str:
        return msgspec.json.encode(list(self.systems)).decode()


def fold(occurrences: Iterable[Occurrence]) -> list[Folded]:
    """One entry a fingerprint, sorted by it: batches that lock alerts in one order cannot deadlock."""
    folded: dict[str, Folded] = {}
    for occurrence in occurrences:
        key = occurrence.fingerprint
        entry = folded.get(key)
        if entry is None:
            entry = folded[key] = Folded(
                fingerprint=key, first=occurrence, severity=occurrence.severity, count=0, stores=Counter(), systems={}
            )
        entry.count += 1
        entry.severity = max(entry.severity, occurrence.severity, key=RANK.__getitem__)
        entry.stores.update(set(occurrence.affected_stores))
        entry.systems.update(dict.fromkeys(occurrence.affected_systems))
    return [folded[key] for key in sorted(folded)]
