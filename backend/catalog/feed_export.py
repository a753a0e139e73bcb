"""A store's products as a feed in Letzshop's format, such that importing it again changes nothing."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, NamedTuple

import asyncpg

from backend.catalog.fields import ID, OPTIONAL, PRICE, TITLE
from backend.catalog.import_outcome import MARKETPLACE
from backend.db.reads import Reads

BATCH = 1_000

_PAGE = """
    select p.*, t.title, t.description, t.link, t.product_type, t.additional_product_type_1,
        t.additional_product_type_2, t.additional_product_type_3, t.color
    from products p join product_translations t on t.product_id = p.id and t.language = $3
    where p.store_id = $1 and p.marketplace = $2 and p.marketplace_product_id > $4
    order by p.marketplace_product_id limit $5
"""

_HEADER = (ID, TITLE, PRICE, *(field.name for field in OPTIONAL))


class FeedPiece(NamedTuple):
    content: bytes
    products: int


async def export_feed(reads: Reads, store_id: int, language: str) -> AsyncIterator[FeedPiece]:
    """The feed in pieces, tab-separated, by product id; no connection is held between them.

    Products without texts in the language are left out: another language's text would be imported as this one's.
    """
    yield FeedPiece(_lines([_HEADER]), products=0)
    after = ""
    while rows := await reads.fetch(_PAGE, store_id, MARKETPLACE, language, after, BATCH):
        yield FeedPiece(_lines([_cells(row) for row in rows]), products=len(rows))
        after = rows[-1]["marketplace_product_id"]


def _cells(row: asyncpg.Record) -> list[str]:
    required = [row["marketplace_product_id"], row["title"], _euros(row["price_cents"])]
    return required + [_written(field.name, row[field.column]) for field in OPTIONAL]


def _written(name: str, value: Any) -> str:  # Any: column values
    if value is None:
        return ""
    return _WRITE.get(name, str)(value)


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02} EUR"


def _switch(value: bool) -> str:  # noqa: FBT001 - a column's value
    return "true" if value else "false"


def _boost(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


# How a value is written that is not simply its text. Any: column values
_WRITE: Mapping[str, Callable[[Any], str]] = {
    "sale_price": _euros,
    "availability": lambda value: value.replace("_", " "),
    "additional_image_link": ",".join,
    "identifier_exists": _switch,
    "adult": _switch,
    "atalanda:boost_sort": _boost,
}


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    # All cells are quoted, so that nobody who sniffs the dialect takes an apostrophe in a title for the quotation mark.
    csv.writer(buffer, delimiter="\t", lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return buffer.getvalue().encode()
