"""One chunk of a feed goes into the database: the caller's transaction, a COPY and at most four statements."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog.feed_parser import FeedChunk, repeated
from backend.catalog.fields import ID
from backend.catalog.row_issue import RowIssue, Severity, raw_row
from backend.catalog.seen_products import SeenProducts
from backend.catalog.staging import (
    CREATE_TEMPORARY_TABLES,
    KNOWN_IDS,
    STAGING,
    SUMMARY,
    ChunkStatements,
    statements_for,
)

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
else:
    # Generic for type checkers only.
    Connection = asyncpg.Connection

# Feeds of one store in several languages share products: their chunks take turns, so that they cannot deadlock.
# Plans are kept while the tables grow from nothing to millions of rows: they must not lean on them being small.
_BEGIN = text(
    "select pg_advisory_xact_lock(hashtextextended('catalog.import', :store_id)),"
    " set_config('enable_seqscan', 'off', true), set_config('random_page_cost', '1.1', true)"
)


@dataclass(frozen=True, slots=True)
class Target:
    """Whose products, and in which language their texts are."""

    store_id: int
    marketplace: str
    language: str


@dataclass(frozen=True, slots=True)
class ChunkResult:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    issues: tuple[RowIssue, ...] = ()


async def write_chunk(session: AsyncSession, target: Target, chunk: FeedChunk, seen: SeenProducts) -> ChunkResult:
    """Write what is new or differs. Rows whose id came in an earlier chunk get a warning."""
    connection = await raw_connection(session, target)
    if chunk.seen_ids:
        known = await connection.fetch(KNOWN_IDS, target.store_id, target.marketplace, chunk.seen_ids)
        seen.add(row[0] for row in known)
    if not chunk.rows:
        return ChunkResult()
    await connection.execute(CREATE_TEMPORARY_TABLES)
    await connection.copy_records_to_table(STAGING, records=chunk.rows, columns=chunk.columns)
    statements = _statements_for(chunk.columns)
    await connection.execute(statements.match, target.store_id, target.marketplace, target.language)
    found = await connection.fetchrow(SUMMARY)
    if found is None:
        raise AssertionError("an aggregate gives a row")
    created = await _write(connection, target, statements, found)
    repeats = _repeats(chunk, found, seen)
    seen.add(created)
    unchanged = len(chunk.rows) - len(created) - found["changed_count"] + chunk.superseded
    return ChunkResult(len(created), found["changed_count"], unchanged, repeats)


async def raw_connection(session: AsyncSession, target: Target) -> Connection:
    """asyncpg's own connection, inside the session's transaction, with the store's products to ourselves."""
    # Through the session, because that is what opens the transaction.
    await session.execute(_BEGIN, {"store_id": target.store_id})
    fairy = await (await session.connection()).get_raw_connection()
    connection: Any = fairy.driver_connection  # Any: SQLAlchemy does not know which driver it is
    assert isinstance(connection, asyncpg.Connection)
    return connection


_statements_for = lru_cache(maxsize=64)(statements_for)


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


def _repeats(chunk: FeedChunk, found: asyncpg.Record, seen: SeenProducts) -> tuple[RowIssue, ...]:
    """Warnings about rows whose product an earlier chunk of this run has met."""
    again = [
        row_number
        for row_number, product_id in zip(found["row_numbers"], found["product_ids"], strict=True)
        if not seen.is_new(product_id)
    ]
    if not again:
        return ()
    places = {row[0]: place for place, row in enumerate(chunk.rows)}
    return tuple(
        RowIssue(
            row_number,
            Severity.WARNING,
            "duplicate_id",
            ID,
            repeated(str(chunk.rows[places[row_number]][1])),
            raw_row(chunk.names, chunk.cells[places[row_number]]),
        )
        for row_number in again
    )
