"""What an admin sends to Letzshop about an order: queued as a run, so that it is visible and can be tried again."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.letzshop.errors import NotFromLetzshopError, NothingToConfirmError
from backend.letzshop.fulfilment_run import ConfirmUnits, Request, SetTracking
from backend.letzshop.models import LetzshopRun
from backend.letzshop.order_walk import CHANNEL
from backend.letzshop.repository import unfinished_of_order
from backend.letzshop.run_kinds import RunKind
from backend.letzshop.service import LetzshopService
from backend.orders import Order, OrderService, known_number

_WAITING = "unconfirmed"


class FulfilmentService:
    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._orders = OrderService(session, clock)

    async def confirm(
        self, order_id: int, *, available: Sequence[str], unavailable: Sequence[str], user_id: int | None
    ) -> LetzshopRun:
        """Confirm units and reject others; all that wait are confirmed when none is named.

        ExceptionsUnsettledError while a product is unmatched, NothingToConfirmError when no unit waits.
        """
        order = await self._orders.confirmable(order_id)
        _refuse_other_channel(order)
        units: list[dict[str, Any]] = [unit for item in await self._orders.items(order_id) for unit in item.units]
        known = {unit["id"] for unit in units}
        _refuse_unknown("available", available, known)
        _refuse_unknown("unavailable", unavailable, known)
        _refuse_both(available, unavailable)
        if not available and not unavailable:
            available = [unit["id"] for unit in units if unit["state"] == _WAITING]
        if not available and not unavailable:
            raise NothingToConfirmError(f"No unit of order {known_number(order)} waits to be confirmed.")
        return await self._queue(order, ConfirmUnits(_once(available), _once(unavailable)), user_id)

    async def track(self, order_id: int, *, provider: str, number: str, user_id: int | None) -> LetzshopRun:
        """Tell Letzshop where the parcel can be followed; NotTrackableError unless the order was confirmed."""
        order = await self._orders.trackable(order_id)
        _refuse_other_channel(order)
        return await self._queue(order, SetTracking(provider, number), user_id)

    async def _queue(self, order: Order, request: Request, user_id: int | None) -> LetzshopRun:
        runs = LetzshopService(self._session, self._clock)
        # Its lock makes two who ask for the same at once find one run.
        await runs.connected(order.store_id, for_update=True)
        for present in await unfinished_of_order(self._session, order.id):
            if msgspec.convert(present.request, ConfirmUnits | SetTracking) == request:
                return present
        return await runs.add(
            LetzshopRun(
                kind=RunKind.FULFILMENT.value,
                store_id=order.store_id,
                order_id=order.id,
                request=msgspec.to_builtins(request),
                is_on_demand=True,
                started_by_user_id=user_id,
            )
        )


def _refuse_other_channel(order: Order) -> None:
    if order.channel != CHANNEL:
        raise NotFromLetzshopError(f"Order {known_number(order)} did not come from Letzshop.")


def _refuse_unknown(field: str, asked: Sequence[str], known: Collection[str]) -> None:
    for unit in asked:
        if unit not in known:
            raise InvalidInputError.field(field, f"{unit} is not a unit of this order")


def _refuse_both(available: Sequence[str], unavailable: Sequence[str]) -> None:
    for unit in unavailable:
        if unit in available:
            raise InvalidInputError.field("unavailable", f"{unit} is named as available too")


def _once(units: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(units))
