"""What goes out to Letzshop: units confirmed or refused, parcels to follow. Sent at least once, written down after."""

from collections.abc import Mapping
from functools import partial

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.letzshop.attempt import CancelledByAdminError, RunAttempt
from backend.letzshop.client import LetzshopClient
from backend.letzshop.failure import LetzshopError, Outcome
from backend.letzshop.order_status import CONFIRMED, DECLINED, order_status
from backend.letzshop.unit_answers import said_of, shortfall
from backend.orders import Order, OrderService


class ConfirmUnits(msgspec.Struct, frozen=True, tag="confirm", tag_field="action"):
    """Units that the shop will send, and units that it cannot."""

    available: tuple[str, ...]
    unavailable: tuple[str, ...]

    @property
    def states(self) -> dict[str, str]:
        """What each unit is to be afterwards."""
        return dict.fromkeys(self.available, CONFIRMED) | dict.fromkeys(self.unavailable, DECLINED)


class SetTracking(msgspec.Struct, frozen=True, tag="tracking", tag_field="action"):
    provider: str
    number: str


Request = ConfirmUnits | SetTracking


async def fulfil(attempt: RunAttempt, client: LetzshopClient) -> None:
    """Send what the run asks for; LetzshopError when Letzshop did not do all of it.

    NotTrackableError, ExceptionsUnsettledError: the order is not what it was when somebody asked.
    """
    async with attempt.job.database.unit_of_work() as session:
        row = await attempt.ours(session)
        if row.cancel_requested_at is not None:
            raise CancelledByAdminError
        assert row.order_id is not None
        request: Request = msgspec.convert(row.request, ConfirmUnits | SetTracking)
        orders = OrderService(session, attempt.job.clock)
        is_parcel = isinstance(request, SetTracking)
        order = await (orders.trackable(row.order_id) if is_parcel else orders.confirmable(row.order_id))
    match request:
        case ConfirmUnits():
            await _confirm(attempt, client, order, request)
        case SetTracking():
            await _track(attempt, client, order, request)


async def _confirm(attempt: RunAttempt, client: LetzshopClient, order: Order, request: ConfirmUnits) -> None:
    done = await attempt.call(partial(client.confirm_units, request.available, request.unavailable))
    async with attempt.job.database.unit_of_work() as session:
        await attempt.ours(session)
        await _write_states(attempt, session, order.id, done.states)
    undone = shortfall(request.states, done.states, done.errors)
    if undone is not None:
        raise LetzshopError(Outcome.REJECTED, undone)


async def _write_states(attempt: RunAttempt, session: AsyncSession, order_id: int, states: Mapping[str, str]) -> None:
    orders = OrderService(session, attempt.job.clock)
    known = {unit["id"]: unit["state"] for item in await orders.items(order_id) for unit in item.units}
    after = {**known, **{unit: state for unit, state in states.items() if unit in known}}
    is_open = any(state not in {DECLINED, CONFIRMED} for state in after.values())
    status = order_status("unconfirmed" if is_open else CONFIRMED, list(after.values()), has_tracking=False)
    await orders.set_units(order_id, states, status=status)


async def _track(attempt: RunAttempt, client: LetzshopClient, order: Order, request: SetTracking) -> None:
    errors = await attempt.call(
        partial(client.set_tracking, order.external_shipment_id or "", provider=request.provider, code=request.number)
    )
    if errors:
        raise LetzshopError(Outcome.REJECTED, f"Letzshop did not take the tracking number: {said_of(errors)}")
    async with attempt.job.database.unit_of_work() as session:
        await attempt.ours(session)
        await OrderService(session, attempt.job.clock).set_tracking(
            order.id, provider=request.provider, number=request.number
        )
