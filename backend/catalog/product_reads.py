"""Products as the API shows them: the list, products by id, and those whose name is like another."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from backend.catalog.gtin import comparable, spellings
from backend.catalog.import_outcome import MARKETPLACE
from backend.catalog.lookup import PLACEHOLDER
from backend.catalog.schemas import ProductOut
from backend.core.paging import Page, decode_cursor, page_of
from backend.db.like import like_pattern
from backend.db.reads import Fetch, Reads
from backend.db.where import Condition, one_of, where_clause

# Titles are compared one by one, no index helps: of a larger store only the newest so many products are.
_MOST_COMPARED = 50_000
_LEAST_SIMILARITY = 0.15

_COLUMNS = """
    p.id, p.store_id, p.marketplace_product_id, p.gtin, p.brand, p.price_cents, p.currency, p.availability, p.quantity,
    p.image_link,
    (select t.title from product_translations t where t.product_id = p.id
     order by array_position(array['fr', 'en', 'de'], t.language) limit 1) as title
"""
_WORDS = """
    p.marketplace_product_id || ' ' || coalesce(p.brand, '') || ' ' || coalesce(
        (select string_agg(t.title, ' ') from product_translations t where t.product_id = p.id), '')
"""
_BY_ID = f"select {_COLUMNS} from products p where p.id = any($1::bigint[]) and p.marketplace <> $2::text"  # noqa: S608 - ours
_SIMILAR = f"""
select product_id, max(similarity(title, $3::text)) as score
from product_translations
where product_id in (
    select id from products where store_id = $1::bigint and marketplace = $2::text order by id desc
    limit {_MOST_COMPARED})
group by product_id having max(similarity(title, $3::text)) >= {_LEAST_SIMILARITY}
order by score desc, product_id limit $4::bigint
"""  # noqa: S608 - constants of our own

Row = Any  # Any: a database row, read by column name


class ProductFilters(msgspec.Struct, frozen=True, kw_only=True):
    store_id: tuple[int, ...] = ()
    q: str | None = None
    gtin: str | None = None


async def product_page(reads: Reads, filters: ProductFilters, *, limit: int, cursor: str | None) -> Page[ProductOut]:
    """One page, newest first."""
    scope = ("products", msgspec.to_builtins(filters))
    before_id = decode_cursor(cursor, int, scope=scope)
    where, values = where_clause(_conditions(filters, before_id))
    sql = f"select {_COLUMNS} from products p where {where} order by p.id desc limit ${len(values) + 1}::bigint"  # noqa: S608 - ours
    rows = await reads.fetch(sql, *values, limit + 1)
    return page_of([_out(row) for row in rows], limit, lambda item: item.id, scope=scope)


async def products_by_id(fetch: Fetch, product_ids: Collection[int]) -> dict[int, ProductOut]:
    """In one query; unknown ids are left out, and placeholders."""
    if not product_ids:
        return {}
    return {row["id"]: _out(row) for row in await fetch(_BY_ID, list(product_ids), PLACEHOLDER)}


async def similar_products(reads: Reads, store_id: int, name: str, *, limit: int) -> list[tuple[int, float]]:
    """Ids of the store's products whose title, in any language, is most like `name`, with how like: from 0 to 1."""
    rows = await reads.fetch(_SIMILAR, store_id, MARKETPLACE, name, limit)
    return [(row["product_id"], round(row["score"], 3)) for row in rows]


def _conditions(filters: ProductFilters, before_id: int | None) -> Iterable[Condition]:
    yield "p.marketplace = $?::text", MARKETPLACE
    yield from one_of("p.store_id", "bigint", filters.store_id)
    if filters.gtin is not None:
        number = comparable(filters.gtin)
        yield "p.gtin = any($?::text[])", spellings(number) if number else [filters.gtin]
    if filters.q:
        yield f"({_WORDS}) ilike $?::text", like_pattern(filters.q)
    if before_id is not None:
        yield "p.id < $?::bigint", before_id


def _out(row: Row) -> ProductOut:
    return ProductOut(**{name: row[name] for name in ProductOut.__struct_fields__})
