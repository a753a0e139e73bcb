"""One chunk of a feed goes into the database: the caller's transaction, a COPY and at most four statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog.feed_parser import FeedChunk, repeated
from backend.catalog.fields import ID
from backend.catalog.raw_connection import Connection, raw_connection
from backend.catalog.row_issue import IssueSeverity, RowIssue
from backend.catalog.seen_products import SeenProducts
from backend.catalog.staging import (
    CREATE_TEMPORARY_TABLES,
    KNOWN_IDS,
    STAGING,
    SUMMARY,
    ChunkStatements,
    statements_for,
)

# Feeds of one store in several languages share products: their chunks take turns, so that they cannot deadlock.
# Plans are kept while the tables grow from nothing to millions of rows: they must not lean on them being small.
_BEGIN = text(
    "select pg_advisory_xact_lock(hashtextextended('catalog.import', :store_id)),"
    " set_config('enable_seqscan', 'off', true), set_config('random_page_cost', '1.1', true),"
    " set_config('jit', 'off', true)"
)
_statements_for = lru_cache(maxsize=64)(statements_for)


@dataclass(frozen=True, slots=True)
class Target:
    """Whose products, and in which language their texts are."""

    store_id: int
    marketplace: str
    language: str


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """`product_ids` are the products that the chunk met; they count as seen once the transaction has committed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    issues: Sequence[RowIssue] = ()
    product_ids: Sequence[int] = ()


async def write_chunk(session: AsyncSession, target: Target, chunk: FeedChunk, seen: SeenProducts) -> ChunkResult:
    """Write what is new or differs. Rows whose product was `seen` in an earlier chunk get a warning."""
    await session.execute(_BEGIN, {"store_id": target.store_id})
    connection = await raw_connection(session)
    known = await _known(connection, target, chunk)
    if not chunk.rows:
        return ChunkResult(issues=chunk.issues, product_ids=known)
    await connection.execute(CREATE_TEMPORARY_TABLES)
    await connection.copy_records_to_table(STAGING, records=chunk.rows, columns=chunk.columns)
    statements = _statements_for(chunk.columns)
    await connection.execute(statements.match, target.store_id, target.marketplace, target.language)
    found = await connection.fetchrow(SUMMARY)
    assert found is not None
    created = await _write(connection, target, statements, found)
    return ChunkResult(
        new=len(created),
        changed=found["changed_count"],
        unchanged=len(chunk.rows) - len(created) - found["changed_count"] + chunk.superseded,
        issues=[*chunk.issues, *_repeats(chunk, found, seen, set(known))],
        product_ids=[*known, *found["product_ids"], *created],
    )


async def _known(connection: Connection, target: Target, chunk: FeedChunk) -> list[int]:
    """The products of rows that an attempt before this one has imported."""
    if not chunk.seen_ids:
        return []
    rows = await connection.fetch(KNOWN_IDS, target.store_id, target.marketplace, chunk.seen_ids)
    return [row[0] for row in rows]


async def _write(
    connection: Connection, target: Target, statements: ChunkStatements, found: asyncpg.Record
) -> list[int]:
    """Write new products and what differs of the others; the ids of the new ones."""
    if found["product_count"]:
        await connection.execute(statements.change_products)
    if found["text_count"]:
        await connection.execute(statements.change_texts, target.language)
    if not found["new_count"]:
        return []
    created: list[int] = await connection.fetchval(
        statements.create, target.store_id, target.marketplace, target.language
    )
    return created


def _repeats(chunk: FeedChunk, found: asyncpg.Record, seen: SeenProducts, known: set[int]) -> list[RowIssue]:
    """Warnings about rows whose product an earlier chunk of this run has met."""
    again = [
        row_number
        for row_number, product_id in zip(found["row_numbers"], found["product_ids"], strict=True)
        if product_id in seen or product_id in known
    ]
    places = {row[0]: place for place, row in enumerate(chunk.rows)} if again else {}
    return [
        RowIssue(
            row_number,
            IssueSeverity.WARNING,
            "duplicate_id",
            ID,
            repeated(str(chunk.rows[places[row_number]][1])),
            chunk.raw(places[row_number]),
        )
        for row_number in again
    ]
