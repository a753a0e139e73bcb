from typing import ClassVar

from backend.jobs import Event


class StoreActivated(Event, frozen=True):
    """A store counts as active from now on: it and its merchant both are."""

    name: ClassVar[str] = "store_activated"

    store_id: int


class StoreDeactivated(Event, frozen=True):
    """A store no longer counts as active: it was switched off, or its merchant was. Its schedules are stopped."""

    name: ClassVar[str] = "store_deactivated"

    store_id: int


class DomainVerificationFailed(Event, frozen=True):
    """A domain lost its verification, or did not get the one that somebody asked for; once per streak of failures."""

    name: ClassVar[str] = "domain_verification_failed"

    store_id: int | None
    merchant_id: int | None
    domain: str
    reason: str
    explanation: str
