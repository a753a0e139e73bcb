"""What every protocol is read into, and the contract of an adapter: one file a protocol (docs/ingest.md)."""

from enum import StrEnum
from typing import Protocol, TypeVar

import msgspec

from backend.alerts import AlertType, Severity

BodyT_contra = TypeVar("BodyT_contra", contravariant=True)


class SignalState(StrEnum):
    FIRING = "firing"
    RESOLVED = "resolved"


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that fires or is over.

    `dedup_key` begins with the protocol's own word, so that no sender reaches alerts of others; it alone says which
    alert is meant. A resolved signal needs nothing else. `source` names who said so, as in "Healed by Alertmanager."
    """

    source: str
    state: SignalState
    dedup_key: str
    alert_type: AlertType = AlertType.SYSTEM
    severity: Severity = Severity.ERROR
    title: str = ""
    description: str = ""
    store_ids: tuple[int, ...] = ()
    # Looked up when the signal is applied; the alert's description names those that nobody has.
    store_codes: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    # False where the adapter itself speaks, and not one of the things that were sent.
    is_counted: bool = True


class SignalFailure(msgspec.Struct, frozen=True):
    """Why one item of a body is no signal; `index` is its place."""

    index: int
    code: str
    detail: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A body as signals; `truncated_count` is how many more the sender says it has left out."""

    signals: list[Signal]
    failed: list[SignalFailure] = []
    truncated_count: int = 0


class Adapter(Protocol[BodyT_contra]):
    """Reads a decoded body, without I/O; raises InvalidInputError that names the field where it cannot be read.

    A body that is a msgspec struct has been checked against it before, and is described by it in OpenAPI.
    """

    def __call__(self, body: BodyT_contra) -> Reading: ...
