"""Which products an exception may be: those that share a number with it, then those whose name is like its own."""

from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog import comparable_gtin as comparable
from backend.catalog import products_by_id, products_identified, similar_products
from backend.db.reads import Reads
from backend.orders.models import OrderItemException
from backend.orders.schemas import SuggestionOut, SuggestionReason, SuggestionsOut

_MOST = 10


async def suggestions(session: AsyncSession, reads: Reads, exception: OrderItemException) -> SuggestionsOut:
    """The likeliest first, each product once, with why."""
    gtin, sku = exception.comparable_gtin, exception.original_sku
    identified = await products_identified(
        session, exception.store_id, gtins=[gtin] if gtin else [], skus=[sku] if sku else []
    )
    similar = await similar_products(reads, exception.store_id, exception.original_product_name, limit=_MOST)
    found = [
        *(
            (product.id, SuggestionReason.GTIN, 1.0)
            for product in identified
            if gtin and comparable(product.gtin) == gtin
        ),
        *((product.id, SuggestionReason.SKU, 1.0) for product in identified if product.sku == sku),
        *((product_id, SuggestionReason.NAME, score) for product_id, score in similar),
    ]
    chosen = {product_id: (reason, score) for product_id, reason, score in reversed(found)}
    ranked = list(dict.fromkeys(product_id for product_id, _, _ in found))[:_MOST]
    products = await products_by_id(reads.fetch, ranked)
    return SuggestionsOut(
        items=[
            SuggestionOut(product=products[product_id], reason=chosen[product_id][0], score=chosen[product_id][1])
            for product_id in ranked
            if product_id in products
        ]
    )
