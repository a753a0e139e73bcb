from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog import Product, find_product, products_identified
from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.db.reads import fetch_within
from backend.orders.errors import AlreadySettledError, ExceptionNotFoundError
from backend.orders.matching import Candidates, Matched, gtin_asked_for
from backend.orders.models import OrderItemException
from backend.orders.settled_by_hand import SETTLED_BY_HAND
from backend.orders.settling import ExceptionStatus, Settlement, hold_orders, settle, take_turn

_PENDING_OF_GTIN = """
    select id, order_id from order_item_exceptions
    where store_id = $1::bigint and comparable_gtin = $2::text and status = 'pending'
"""
_PENDING_AFTER = """
    select e.id, e.order_id, e.comparable_gtin, t.sku
    from order_item_exceptions e join order_items t on t.id = e.order_item_id
    where e.store_id = $1::bigint and e.status = 'pending' and e.id > $2::bigint
    order by e.id limit $3::bigint
"""

Row = Mapping[str, Any]  # Any: database values


class ExceptionService:
    """Settles what no product matched, within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._fetch = fetch_within(session)

    async def get(self, exception_id: int) -> OrderItemException:
        found = await self._session.get(OrderItemException, exception_id, populate_existing=True)
        if found is None:
            raise ExceptionNotFoundError(exception_id)
        return found

    async def resolve(
        self, exception_id: int, *, product_id: int, notes: str | None, user_id: int | None
    ) -> OrderItemException:
        """Say which product it is; AlreadySettledError, InvalidInputError for a product that it cannot be."""
        exception = await self._pending(exception_id)
        product = await self._product(product_id)
        if product.store_id != exception.store_id:
            raise InvalidInputError.field("product_id", f"product {product_id} is another store's")
        how = Settlement(ExceptionStatus.RESOLVED, notes, user_id, SETTLED_BY_HAND)
        await settle(self._session, self._clock, {exception_id: product_id}, how)
        return await self.get(exception_id)

    async def ignore(self, exception_id: int, *, notes: str, user_id: int | None) -> OrderItemException:
        """Say that it needs no product, and why; AlreadySettledError."""
        await self._pending(exception_id)
        how = Settlement(ExceptionStatus.IGNORED, notes, user_id, SETTLED_BY_HAND)
        await settle(self._session, self._clock, {exception_id: None}, how)
        return await self.get(exception_id)

    async def bulk_resolve(self, *, gtin: str, product_id: int, user_id: int | None) -> int:
        """Say of every pending exception with this GTIN, in the product's store, that it is the product; how many."""
        number = gtin_asked_for(gtin)
        product = await self._product(product_id)
        await take_turn(self._session, product.store_id)
        found = await self._fetch(_PENDING_OF_GTIN, product.store_id, number)
        how = Settlement(ExceptionStatus.RESOLVED, f"All with GTIN {gtin}.", user_id, SETTLED_BY_HAND)
        return await self._settle(found, {row["id"]: product_id for row in found}, how)

    async def match_batch(self, store_id: int, *, by: str, after_id: int, limit: int) -> int | None:
        """Settle those of the store's next pending exceptions that now match one product; the last id, None at the end.

        `by` names what brought the products.
        """
        await take_turn(self._session, store_id)
        pending = await self._fetch(_PENDING_AFTER, store_id, after_id, limit)
        product_of = await self._matches(store_id, pending)
        reason = f"All products of the order are matched, by {by}."
        how = Settlement(ExceptionStatus.RESOLVED, f"Matched by {by}.", None, reason, is_automatic=True)
        await self._settle([row for row in pending if row["id"] in product_of], product_of, how)
        return pending[-1]["id"] if len(pending) == limit else None

    async def _matches(self, store_id: int, pending: Sequence[Row]) -> dict[int, int]:
        products = await products_identified(
            self._session,
            store_id,
            gtins=sorted({row["comparable_gtin"] for row in pending} - {None}),
            skus=sorted({row["sku"] for row in pending} - {None}),
        )
        candidates = Candidates(products)
        decided = {row["id"]: candidates.match(gtin=row["comparable_gtin"], sku=row["sku"]) for row in pending}
        return {found: decision.product_id for found, decision in decided.items() if isinstance(decision, Matched)}

    async def _settle(self, rows: Sequence[Row], product_of: Mapping[int, int], how: Settlement) -> int:
        if not rows:
            return 0
        # Orders first, in the order of their ids, as everybody who settles or takes: so that none can deadlock.
        await hold_orders(self._session, {row["order_id"] for row in rows})
        return len(await settle(self._session, self._clock, dict(product_of), how))

    async def _pending(self, exception_id: int) -> OrderItemException:
        """The exception as it stands once its order is held."""
        await hold_orders(self._session, {(await self.get(exception_id)).order_id})
        exception = await self.get(exception_id)
        if exception.status != ExceptionStatus.PENDING:
            raise AlreadySettledError(exception_id, exception.status)
        return exception

    async def _product(self, product_id: int) -> Product:
        product = await find_product(self._session, product_id)
        if product is None:
            raise InvalidInputError.field("product_id", f"there is no product {product_id} on the marketplace")
        return product
