"""Which merchant a store is of."""

from collections.abc import Collection

from backend.db.reads import Fetch


async def merchants_of_stores(fetch: Fetch, store_ids: Collection[int]) -> dict[int, int]:
    """The merchant of each of these stores; unknown ones are left out."""
    if not store_ids:
        return {}
    rows = await fetch("select id, merchant_id from stores where id = any($1::bigint[])", list(store_ids))
    return {row["id"]: row["merchant_id"] for row in rows}


async def stores_of_merchants(fetch: Fetch, merchant_ids: Collection[int]) -> dict[int, int]:
    """The stores of these merchants, each with its merchant."""
    if not merchant_ids:
        return {}
    rows = await fetch("select id, merchant_id from stores where merchant_id = any($1::bigint[])", list(merchant_ids))
    return {row["id"]: row["merchant_id"] for row in rows}
