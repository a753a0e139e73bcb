"""Taking a chunk of orders that a marketplace told of: few statements for all of them, decisions in between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog import comparable_gtin, placeholder_product, products_identified
from backend.core.clock import Clock
from backend.db.doorbells import Hint, ring_after_commit
from backend.db.reads import fetch_within
from backend.notifications import AdminNotificationService, order_exception_notice
from backend.orders import rematching
from backend.orders import take_statements as sql
from backend.orders.content import Content, contents, customer_row, item_row, order_row
from backend.orders.incoming import IncomingItem, IncomingOrder, OrderStatus, Taken
from backend.orders.matching import Candidates, Matched
from backend.orders.numbers import known_number
from backend.orders.settling import recount, settle_moved_on, take_turn
from backend.orders.status import status_after
from backend.tenancy import TenancyService

Row = dict[str, Any]  # Any: column values


@dataclass(frozen=True, slots=True)
class _Held:
    """An order that is there and says something else now; nobody else changes it meanwhile."""

    id: int
    status: OrderStatus
    pending: int


class Taking:
    """One chunk of one store's orders within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock, store_id: int, channel: str) -> None:
        self._session = session
        self._clock = clock
        self._store_id = store_id
        self._channel = channel
        self._fetch = fetch_within(session)

    async def take(self, orders: Sequence[IncomingOrder]) -> Taken:
        """Write what is new or differs; what a later order of the chunk supersedes counts as unchanged."""
        said = contents(orders)
        await take_turn(self._session, self._store_id)
        written, held = await self._differing(said)
        if written:
            await self._write(written, held)
        return Taken(len(written) - len(held), len(held), len(orders) - len(written))

    async def _differing(self, said: Sequence[Content]) -> tuple[list[Content], dict[str, _Held]]:
        known = await self._fetch(sql.KNOWN, self._store_id, self._channel, [content.shipment_id for content in said])
        hashes = {row["external_shipment_id"]: row["content_hash"] for row in known}
        written = [content for content in said if hashes.get(content.shipment_id) != content.hash]
        differing = {content.shipment_id for content in written}
        ids = [row["id"] for row in known if row["external_shipment_id"] in differing]
        rows = await self._fetch(sql.HOLD, ids) if ids else ()
        held = {
            row["external_shipment_id"]: _Held(row["id"], OrderStatus(row["status"]), row["pending_exception_count"])
            for row in rows
        }
        return written, held

    async def _write(self, written: Sequence[Content], held: Mapping[str, _Held]) -> None:
        items = await self._items(written)
        pending = {
            shipment_id: sum(row["exception_type"] is not None for row in rows) for shipment_id, rows in items.items()
        }
        order_ids = await self._write_orders(written, held, pending)
        rows = [row | {"order_id": order_ids[shipment]} for shipment, found in items.items() for row in found]
        present = await rematching.present_items(self._session, [order.id for order in held.values()])
        await self._fetch(sql.WRITE_ITEMS, _json(rows), self._store_id, self._clock.now())
        await rematching.rematch(self._session, self._clock, self._store_id, rematching.stale(rows, present))
        waiting = {order_ids[shipment]: pending[shipment] for shipment in order_ids.keys() - held.keys()}
        if held:
            waiting |= await self._recount(held, rows)
            await self._settle_moved_on([order.id for order in held.values() if order.status is OrderStatus.PENDING])
        await self._tell(written, order_ids, waiting)
        only = order_ids[written[0].shipment_id] if len(written) == 1 else None
        ring_after_commit(self._session, Hint(event="order.changed", id=only, store_id=self._store_id))

    async def _items(self, written: Sequence[Content]) -> dict[str, list[Row]]:
        """The item rows of each order, matched."""
        found = [item for content in written for item in content.order.items]
        gtins = {item.gtin: comparable_gtin(item.gtin) for item in found}
        products = await products_identified(
            self._session,
            self._store_id,
            gtins=sorted({gtin for gtin in gtins.values() if gtin is not None}),
            skus=sorted({item.sku for item in found if item.sku}),
        )
        candidates = Candidates(products)
        items = {
            content.shipment_id: [_matched(item, gtins[item.gtin], candidates) for item in content.order.items]
            for content in written
        }
        unmatched = [row for row in _all(items) if row["product_id"] is None]
        if unmatched:
            placeholder = await placeholder_product(self._session, self._store_id)
            for row in unmatched:
                row["product_id"] = placeholder
        return items

    async def _write_orders(
        self, written: Sequence[Content], held: Mapping[str, _Held], pending: Mapping[str, int]
    ) -> dict[str, int]:
        """The ids of the orders by their shipments."""
        now = self._clock.now()
        people = {row["email"]: row for row in (customer_row(content.order) for content in written) if row["email"]}
        if people:
            await self._fetch(sql.ADD_CUSTOMERS, _json(list(people.values())), self._store_id, now)
        rows = [
            order_row(content)
            | {"status": _status(content, held.get(content.shipment_id))}
            | {"pending_exception_count": pending[content.shipment_id]}
            for content in written
        ]
        ids = await self._fetch(sql.WRITE_ORDERS, _json(rows), self._store_id, self._channel, now)
        return {row["external_shipment_id"]: row["id"] for row in ids}

    async def _recount(self, held: Mapping[str, _Held], rows: Sequence[Row]) -> dict[int, int]:
        """What changed orders wait for; those only that have not waited before."""
        ids = [order.id for order in held.values()]
        own = [row for row in rows if row["order_id"] in set(ids)]
        await self._fetch(
            sql.DROP_ITEMS, ids, [row["order_id"] for row in own], [row["external_variant_id"] for row in own]
        )
        reason = "The order has changed: it has no unmatched product any more."
        changed = await recount(self._session, self._clock, ids, reason=reason)
        waited = {order.id for order in held.values() if order.pending}
        return {row["id"]: row["pending_exception_count"] for row in changed if row["id"] not in waited}

    async def _settle_moved_on(self, order_ids: Sequence[int]) -> None:
        rows = await self._fetch(sql.MOVED_ON, order_ids) if order_ids else ()
        await settle_moved_on(self._session, self._clock, [row["id"] for row in rows])

    async def _tell(self, written: Sequence[Content], order_ids: Mapping[str, int], waiting: Mapping[int, int]) -> None:
        """One notification for each order that cannot be confirmed now; others wait for nothing (ADR 9)."""
        told = [
            (order_ids[content.shipment_id], known_number(content.order))
            for content in written
            if content.order.status is OrderStatus.PENDING and waiting.get(order_ids[content.shipment_id])
        ]
        if not told:
            return
        store = await TenancyService(self._session, self._clock).get_store(self._store_id)
        notices = [
            order_exception_notice(
                store_name=store.name,
                order_number=order_number,
                exception_count=waiting[order_id],
                store_id=self._store_id,
                order_id=order_id,
            )
            for order_id, order_number in told
        ]
        notifications = await AdminNotificationService(self._session, self._clock).create_many(notices)
        await self._fetch(sql.LINK_NOTIFICATIONS, [order_id for order_id, _ in told], [row.id for row in notifications])
        ring_after_commit(self._session, Hint(event="order_exception.changed", store_id=self._store_id))


def _matched(item: IncomingItem, gtin: str | None, candidates: Candidates) -> Row:
    found = candidates.match(gtin=gtin, sku=item.sku)
    decided: Row = (
        {"product_id": found.product_id, "exception_type": None}
        if isinstance(found, Matched)
        else {"product_id": None, "exception_type": found.value}
    )
    return item_row(item) | decided | {"needs_product_match": decided["product_id"] is None, "comparable_gtin": gtin}


def _status(content: Content, held: _Held | None) -> OrderStatus:
    return content.order.status if held is None else status_after(held.status, content.order.status).status


def _all(items: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    return (row for rows in items.values() for row in rows)


def _json(rows: Sequence[Row]) -> str:
    return msgspec.json.encode(rows).decode()
