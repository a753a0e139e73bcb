from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlertService
from backend.alerts.fingerprint import fingerprint
from backend.alerts.ingest import ingest_within
from backend.alerts.occurrence import Occurrence, fold
from backend.core.clock import Clock
from backend.db.doorbells import Hint, ring_after_commit
from backend.ingest.plan import codes_of, planned
from backend.ingest.schemas import IngestOut
from backend.ingest.signal import Reading, SignalState
from backend.tenancy import TenancyService


class Raised(msgspec.Struct, frozen=True):
    """The alerts of what fires, and the fingerprints of those that are new."""

    alert_ids: list[int]
    new: set[str]


class Applied(msgspec.Struct, frozen=True):
    """What came of a reading: the reply, and the alerts that it touched."""

    reply: IngestOut
    alert_ids: list[int]


class IngestService:
    """Turns signals into alerts within the caller's transaction, which PostgreSQL may choose as a deadlock's victim."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._alerts = PlatformAlertService(session, clock)
        self._tenancy = TenancyService(session, clock)

    async def apply(self, reading: Reading) -> Applied:
        """Open and increment what fires, in one statement, then heal what is over."""
        stores = await self._tenancy.store_ids_of_codes(codes_of(reading.signals))
        plan = planned(reading.signals, stores)
        if plan.over and plan.occurrences:
            # Two groups may each raise what the other heals.
            await self._alerts.hold_keys(dedup_keys={signal.dedup_key for signal in reading.signals})
        raised = await self._raise(plan.occurrences)
        healed: dict[str, list[int]] = {}
        for source, keys in plan.over.items():
            healed |= await self._alerts.heal_keys(dedup_keys=keys, by=source)
        return Applied(
            reply=reply(reading, new=raised.new, healed=healed.keys()),
            alert_ids=sorted({*raised.alert_ids}.union(*healed.values())),
        )

    async def _raise(self, occurrences: Sequence[Occurrence]) -> Raised:
        folded = fold(occurrences)
        if not folded:
            return Raised([], set())
        rows = await ingest_within(self._session, folded, at=self._clock.now())
        ring_after_commit(self._session, Hint("alert.changed", rows[0]["id"] if len(rows) == 1 else None))
        return Raised([row["id"] for row in rows], {row["fingerprint"] for row in rows if row["is_new"]})


def reply(reading: Reading, *, new: Collection[str], healed: Collection[str]) -> IngestOut:
    """Count what was sent, by the fingerprints of alerts that are new and the keys of those that healed."""
    counted = [signal for signal in reading.signals if signal.is_counted]
    firing = [signal for signal in counted if signal.state is SignalState.FIRING]
    over = [signal.dedup_key for signal in counted if signal.state is SignalState.RESOLVED]
    created = len({fingerprint(signal.alert_type, "", signal.dedup_key) for signal in firing}.intersection(new))
    resolved = len(set(over).intersection(healed))
    return IngestOut(
        created_count=created,
        incremented_count=len(firing) - created,
        resolved_count=resolved,
        ignored_count=len(over) - resolved,
        truncated_count=reading.truncated_count,
        failed=reading.failed,
    )
