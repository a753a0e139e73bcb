"""What orders ask of the catalogue: products by their numbers, one product, and the stand-in for what it lacks."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog.gtin import spellings
from backend.catalog.import_outcome import MARKETPLACE
from backend.catalog.models import Product

# No marketplace of this name exists: what is on it is no product that anybody sells.
PLACEHOLDER = "placeholder"

_IDENTIFIED = text(
    """
    select id, gtin, marketplace_product_id from products
    where store_id = :store_id and marketplace = :marketplace and gtin = any(cast(:gtins as text[]))
    union
    select id, gtin, marketplace_product_id from products
    where store_id = :store_id and marketplace = :marketplace
      and marketplace_product_id = any(cast(:skus as text[]))
    order by id
    """
)
_FIND_PLACEHOLDER = text(
    "select id from products where store_id = :store_id and marketplace = :marketplace "
    "and marketplace_product_id = :marketplace"
)
_MAKE_PLACEHOLDER = text(
    """
    insert into products (store_id, marketplace, marketplace_product_id, price_cents)
    values (:store_id, :marketplace, :marketplace, 0)
    on conflict (store_id, marketplace, marketplace_product_id) do nothing
    """
)


@dataclass(frozen=True, slots=True)
class ProductIdentity:
    """What tells a product of a store from its others; `sku` is the feed's id."""

    id: int
    gtin: str | None
    sku: str


async def products_identified(
    session: AsyncSession, store_id: int, *, gtins: Collection[str], skus: Collection[str]
) -> list[ProductIdentity]:
    """The store's products that have one of these numbers, however written, or one of these SKUs."""
    if not gtins and not skus:
        return []
    written = [spelling for gtin in gtins for spelling in spellings(gtin)]
    values = {"store_id": store_id, "marketplace": MARKETPLACE, "gtins": written, "skus": list(skus)}
    return [ProductIdentity(*row) for row in await session.execute(_IDENTIFIED, values)]


async def find_product(session: AsyncSession, product_id: int) -> Product | None:
    """A product that is offered on the marketplace; None for any other, placeholders among them."""
    found = await session.get(Product, product_id)
    return found if found is not None and found.marketplace == MARKETPLACE else None


async def placeholder_product(session: AsyncSession, store_id: int) -> int:
    """The id of the product that stands for all that this store's catalogue lacks; made when it is first needed."""
    values = {"store_id": store_id, "marketplace": PLACEHOLDER}
    found = await session.scalar(_FIND_PLACEHOLDER, values)
    if found is None:
        await session.execute(_MAKE_PLACEHOLDER, values)
        # A statement of its own: it sees what another transaction, which the insert has waited for, has made.
        found = await session.scalar(_FIND_PLACEHOLDER, values)
    assert isinstance(found, int)
    return found
