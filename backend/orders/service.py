from collections.abc import Mapping, Sequence

from sqlalchemy import literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.orders.content import common_state
from backend.orders.errors import ExceptionsUnsettledError, NotTrackableError, OrderNotFoundError
from backend.orders.incoming import IncomingOrder, OrderStatus, Taken
from backend.orders.models import Order, OrderItem
from backend.orders.settling import hint_order, settle_moved_on
from backend.orders.status import status_after
from backend.orders.taking import Taking

_TRACKABLE = {OrderStatus.PROCESSING, OrderStatus.SHIPPED}


class OrderService:
    """Takes orders of marketplaces, and what became of their pieces, within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def take(self, *, store_id: int, channel: str, orders: Sequence[IncomingOrder]) -> Taken:
        """Write what is new or differs; taking the same again changes nothing. An item without a product is no error.

        Chunks of one store take turns until the transaction ends: keep it short.
        """
        return await Taking(self._session, self._clock, store_id, channel).take(orders)

    async def get(self, order_id: int) -> Order:
        """The order as it is now; OrderNotFoundError."""
        return _found(order_id, await self._session.get(Order, order_id, populate_existing=True))

    async def items(self, order_id: int) -> Sequence[OrderItem]:
        found = await self._session.scalars(
            select(OrderItem)
            .where(OrderItem.order_id == order_id)
            .order_by(OrderItem.id)
            .execution_options(populate_existing=True)
        )
        return found.all()

    async def waiting_shipments(self, *, store_id: int, channel: str) -> set[str]:
        """The shipments of a store that nobody has confirmed or declined yet, by their external ids."""
        found = await self._session.scalars(
            select(Order.external_shipment_id).where(
                Order.store_id == store_id,
                Order.channel == channel,
                # As a word of the statement: the index holds nothing else.
                Order.status == literal_column(f"'{OrderStatus.PENDING}'"),
            )
        )
        return {shipment for shipment in found if shipment is not None}

    async def confirmable(self, order_id: int) -> Order:
        """The order, held until the transaction ends; ExceptionsUnsettledError while any product is unmatched."""
        order = await self._held(order_id)
        if order.pending_exception_count:
            raise ExceptionsUnsettledError(order_id, order.pending_exception_count)
        return order

    async def trackable(self, order_id: int) -> Order:
        """The order, held until the transaction ends; NotTrackableError unless it was confirmed and parcels may leave.

        Nobody ships what is not confirmed: tracking would go round the exceptions that block confirming.
        """
        order = await self._held(order_id)
        if OrderStatus(order.status) not in _TRACKABLE:
            raise NotTrackableError(order_id, order.status)
        return order

    async def set_units(self, order_id: int, states: Mapping[str, str], *, status: OrderStatus) -> Order:
        """Keep what the marketplace answered about pieces, by their ids, and the order's status from it."""
        order = await self._held(order_id)
        for item in await self.items(order_id):
            item.units = [{**unit, "state": states.get(unit["id"], unit["state"])} for unit in item.units]
            item.item_state = common_state(unit["state"] for unit in item.units)
        await self._move(order, status)
        return order

    async def set_tracking(self, order_id: int, *, provider: str, number: str) -> Order:
        """Keep how the parcel travels: the order is shipped. NotTrackableError."""
        order = await self.trackable(order_id)
        order.tracking_provider, order.tracking_number = provider, number
        await self._move(order, OrderStatus.SHIPPED)
        return order

    async def _move(self, order: Order, status: OrderStatus) -> None:
        before = OrderStatus(order.status)
        order.status = status_after(before, status).status.value
        if before is OrderStatus.PENDING and order.status not in {OrderStatus.PENDING, OrderStatus.CANCELLED}:
            order.confirmed_at = order.confirmed_at or self._clock.now()
        order.updated_at = self._clock.now()
        await self._session.flush()
        if before is OrderStatus.PENDING and order.status != OrderStatus.PENDING:
            await settle_moved_on(self._session, self._clock, [order.exception_notification_id])
        hint_order(self._session, order.id)

    async def _held(self, order_id: int) -> Order:
        found = await self._session.scalar(
            select(Order).where(Order.id == order_id).with_for_update().execution_options(populate_existing=True)
        )
        return _found(order_id, found)


def _found(order_id: int, order: Order | None) -> Order:
    if order is None:
        raise OrderNotFoundError(order_id)
    return order
