"""The statements that bring a chunk of a feed into the tables, made once per set of columns that a feed has.

A chunk is COPYed into a temporary table, matched with what is there, and only what differs is written: an unchanged
row costs an index lookup and no write. A column that the feed does not have is left as it is.
"""

# ruff: noqa: S608 - all names come from the models and the constants of this package
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.catalog.models import Product, product_translations

STAGING, MATCH = "import_staging", "import_match"
_KEY = "marketplace_product_id"
_TEXTS = [column.name for column in product_translations.columns if not column.primary_key]
_VALUES = [
    column.name
    for column in Product.__table__.columns
    if column.name not in {"id", "store_id", "marketplace", _KEY, "currency", "created_at", "updated_at"}
]

CREATE_TEMPORARY_TABLES = f"""
    create temporary table if not exists {STAGING} on commit delete rows as
    select 0 as row_number, {_KEY}, {", ".join(_VALUES)}, {", ".join(_TEXTS)}
    from products, product_translations with no data;
    create temporary table if not exists {MATCH} (
        row_number integer, product_id bigint, product_differs boolean, text_differs boolean
    ) on commit delete rows
"""

# The arrays are in the order of the rows; a row without a product is new.
SUMMARY = f"""
    select count(*) filter (where product_id is null) as new_count,
           count(*) filter (where product_differs and product_id is not null) as product_count,
           count(*) filter (where text_differs and product_id is not null) as text_count,
           count(*) filter (where (product_differs or text_differs) and product_id is not null) as changed_count,
           array_remove(array_agg(case when product_id is not null then row_number end order by row_number), null)
               as row_numbers,
           array_remove(array_agg(product_id order by row_number), null) as product_ids
    from {MATCH}
"""

# What earlier chunks of a run have imported, when the run goes on after a crash.
KNOWN_IDS = f"""
    select id from products where store_id = $1 and marketplace = $2 and {_KEY} = any($3::text[])
"""


@dataclass(frozen=True, slots=True)
class ChunkStatements:
    """`match`, `change_products`, `change_texts` and `create`, with $1 store, $2 marketplace, $3 language as needed."""

    match: str
    create: str
    change_products: str
    change_texts: str


def statements_for(columns: Sequence[str]) -> ChunkStatements:
    """The statements for a feed that has these columns."""
    values = [name for name in _VALUES if name in columns]
    texts = [name for name in _TEXTS if name in columns]
    return ChunkStatements(
        match=_match(values, texts),
        create=_create(values, texts),
        change_products=_change_products(values),
        change_texts=_change_texts(texts),
    )


def _match(values: Sequence[str], texts: Sequence[str]) -> str:
    # A product without texts in this language differs by its title, which no feed leaves empty.
    # `offset 0` keeps each lookup a probe of the key's index: a hash join would read all products for each chunk.
    return f"""
        insert into {MATCH} (row_number, product_id, product_differs, text_differs)
        select s.row_number, p.id,
               ({_of("p", values)}) is distinct from ({_of("s", values)}),
               ({_of("t", texts)}) is distinct from ({_of("s", texts)})
        from {STAGING} s
        left join lateral (
            select * from products
            where store_id = $1 and marketplace = $2 and {_KEY} = s.{_KEY} offset 0
        ) p on true
        left join lateral (
            select * from product_translations where product_id = p.id and language = $3 offset 0
        ) t on true
    """


def _create(values: Sequence[str], texts: Sequence[str]) -> str:
    return f"""
        with clock as materialized (select tocsin_now() as at), created as (
            insert into products (store_id, marketplace, {_KEY}, {", ".join(values)}, created_at, updated_at)
            select $1, $2, s.{_KEY}, {_of("s", values)}, (select at from clock), (select at from clock)
            from {STAGING} s join {MATCH} m using (row_number)
            where m.product_id is null order by s.row_number
            returning id, {_KEY}
        ), texts as (
            insert into product_translations (product_id, language, {", ".join(texts)})
            select created.id, $3, {_of("s", texts)} from created join {STAGING} s using ({_KEY})
        )
        select array_agg(id) from created
    """


def _change_products(values: Sequence[str]) -> str:
    changes = ", ".join(f"{name} = s.{name}" for name in values)
    return f"""
        update products set {changes}, updated_at = tocsin_now()
        from {STAGING} s join {MATCH} m using (row_number)
        where products.id = m.product_id and m.product_differs
    """


def _change_texts(texts: Sequence[str]) -> str:
    changes = ", ".join(f"{name} = excluded.{name}" for name in texts)
    return f"""
        insert into product_translations (product_id, language, {", ".join(texts)})
        select m.product_id, $1, {_of("s", texts)}
        from {STAGING} s join {MATCH} m using (row_number)
        where m.product_id is not null and m.text_differs
        on conflict (product_id, language) do update set {changes}
    """


def _of(alias: str, names: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{name}" for name in names)
