"""Writing down an attempt that failed, and deciding what becomes of its delivery and its destination."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.circuit import Circuit, after_failure
from backend.core.clock import Clock
from backend.core.fields import MOST_LINE, storable
from backend.delivery.claiming import Claimed
from backend.delivery.destination_repository import DestinationRepository
from backend.delivery.detail import DetailCode
from backend.delivery.envelope import Result
from backend.delivery.kinds import Channel, DeliveryStatus, Outcome
from backend.delivery.models import Delivery, DeliveryAttempt, Destination
from backend.delivery.off_notice import tell_switched_off
from backend.delivery.retrying import (
    BOUNCES_THAT_DISABLE,
    Again,
    GiveUp,
    after_attempt,
    asked_to_wait,
    is_to_be_disabled,
)
from backend.delivery.switching import Off, switch_off


async def record_failure(
    session: AsyncSession, clock: Clock, claimed: Claimed, result: Result, *, chance: float
) -> None:
    """Retry by the channel's schedule or give up; `chance` in [0, 1) is the jitter.

    A destination that is gone, bounces, or has only failed for days is switched off, and the admins are told.
    """
    # Destinations are locked before deliveries, as by every claim.
    destination = await session.get(
        Destination, claimed.destination_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if destination is None:
        return
    delivery = await _held(session, claimed)
    now: datetime = (await session.execute(select(func.tocsin_now()))).scalar_one()
    begun_at = await _end_attempt(session, claimed, result, now)
    if delivery is None:
        return
    following = after_attempt(Channel(destination.kind), result, delivery.tries, chance=chance)
    _conclude(delivery, result, following, now)
    _blame(destination, result, begun_at, now)
    if isinstance(following, GiveUp) and following.disables:
        await _switch_off(session, clock, destination, Off.GONE, "The receiver answered 410 Gone.", now)
    elif destination.bounces >= BOUNCES_THAT_DISABLE:
        why = f"{destination.bounces} messages in a row came back: {destination.last_error}"
        await _switch_off(session, clock, destination, Off.BOUNCED, why, now)
    elif destination.kind != Channel.EMAIL and is_to_be_disabled(destination.failing_since, now):
        # A mail server that is down for days must not cost everybody their mail.
        await _switch_off(session, clock, destination, Off.FAILING, "Every try of the last five days failed.", now)


async def _held(session: AsyncSession, claimed: Claimed) -> Delivery | None:
    """The delivery, unless its lease ran out and another worker has it."""
    found: Delivery | None = await session.scalar(
        select(Delivery)
        .where(
            Delivery.id == claimed.delivery_id,
            Delivery.claims == claimed.number,
            Delivery.status == DeliveryStatus.SENDING,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found


async def _end_attempt(session: AsyncSession, claimed: Claimed, result: Result, now: datetime) -> datetime | None:
    """When it had begun."""
    begun_at: datetime | None = await session.scalar(
        update(DeliveryAttempt)
        .where(DeliveryAttempt.delivery_id == claimed.delivery_id, DeliveryAttempt.number == claimed.number)
        .values(
            finished_at=now,
            outcome=result.outcome.value,
            status_code=result.status_code,
            error=_line(result.error),
            excerpt=result.excerpt,
        )
        .returning(DeliveryAttempt.started_at)
    )
    return begun_at


def _conclude(delivery: Delivery, result: Result, following: object, now: datetime) -> None:
    delivery.lease_until = None
    delivery.last_error = _line(result.error)
    match following:
        case Again(delay):
            delivery.status = DeliveryStatus.PENDING
            delivery.next_attempt_at = now + timedelta(seconds=delay)
        case GiveUp(reason):
            delivery.status, delivery.reason, delivery.finished_at = DeliveryStatus.DEAD, reason, now


def _blame(destination: Destination, result: Result, begun_at: datetime | None, now: datetime) -> None:
    destination.failing_since = destination.failing_since or now
    destination.last_error = _line(result.error)
    if result.outcome is Outcome.BOUNCED:
        destination.bounces += 1
    # A mail server that is down opens nobody's circuit: it has one of its own (places.py).
    if result.outcome is Outcome.FAILED and not result.is_of_channel:
        circuit = after_failure(
            Circuit(destination.failures, destination.opened_at, destination.probe_at),
            now=now,
            begun_at=begun_at,
            wait=asked_to_wait(result),
        )
        destination.failures = circuit.failures
        destination.opened_at, destination.probe_at = circuit.opened_at, circuit.probe_at


async def _switch_off(
    session: AsyncSession, clock: Clock, destination: Destination, reason: Off, why: str, now: datetime
) -> None:
    if not destination.is_enabled:
        return
    switch_off(destination, reason, now)
    buried = await DestinationRepository(session).end_waiting(
        destination.id, DeliveryStatus.DEAD, DetailCode.BURIED_SWITCHED_OFF, now
    )
    await tell_switched_off(session, clock, destination, reason=reason, why=why, buried=buried)


def _line(text: str | None) -> str | None:
    return None if text is None else storable(text, MOST_LINE)
