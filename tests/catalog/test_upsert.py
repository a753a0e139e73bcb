import asyncio

import pytest

from backend.catalog.feed_parser import FeedChunk, FeedParser
from backend.catalog.sample_feed import sample_feed
from backend.catalog.seen_products import SeenProducts
from backend.catalog.upsert import ChunkResult, Target, write_chunk
from backend.db.database import Database
from backend.tenancy import Store
from tests.catalog.conftest import Look


def chunk_of(content: bytes, *, after_row: int = 0) -> FeedChunk:
    parser = FeedParser(after_row=after_row)
    parser.feed(content, is_last=True)
    return parser.take()


@pytest.fixture
def target(store: Store) -> Target:
    return Target(store.id, "Letzshop", "fr")


async def write(
    database: Database, target: Target, content: bytes, seen: SeenProducts | None = None, *, after_row: int = 0
) -> ChunkResult:
    async with database.unit_of_work() as session:
        return await write_chunk(session, target, chunk_of(content, after_row=after_row), seen or SeenProducts())


def counts(result: ChunkResult) -> tuple[int, int, int]:
    return result.new, result.changed, result.unchanged


FEED = b"".join(sample_feed(50))


class TestWriteChunk:
    async def test_new_products_are_written_with_their_texts(
        self, database: Database, target: Target, look: Look
    ) -> None:
        assert counts(await write(database, target, FEED)) == (50, 0, 0)
        (row,) = await look.rows(
            "select * from products p join product_translations t on t.product_id = p.id "
            "where marketplace_product_id = 'LU-1-0000001'"
        )
        first = dict(zip(FEED.split(b"\n")[0].split(b"\t"), FEED.split(b"\n")[1].decode().split("\t"), strict=True))
        assert row["title"] == first[b"title"]
        assert row["price_cents"] == round(float(first[b"price"].removesuffix(" EUR")) * 100)
        assert (row["gtin"], row["gtin_type"]) == (first[b"gtin"], "gtin13")
        assert (row["store_id"], row["marketplace"], row["language"]) == (target.store_id, "Letzshop", "fr")
        assert row["boost_sort"] == float(first[b"atalanda:boost_sort"])

    async def test_unchanged_rows_are_not_rewritten(self, database: Database, target: Target, look: Look) -> None:
        version = "select xmin::text, xmax::text, ctid::text from"
        versions = f"{version} products union all {version} product_translations"
        await write(database, target, FEED)
        before = await look.rows(versions)
        assert counts(await write(database, target, FEED.replace(b"\n", b"\r\n"))) == (0, 0, 50)
        assert await look.rows(versions) == before

    async def test_only_what_differs_is_changed(self, database: Database, target: Target, look: Look) -> None:
        await write(database, target, b"id,title,price\n1,a,1\n2,b,2\n3,c,3\n")
        written = {row[0] for row in await look.rows("select updated_at from products")}
        result = await write(database, target, b"id,title,price\n1,a,1\n2,b,2.50\n3,C,3\n4,d,4\n")
        assert counts(result) == (1, 2, 1)
        rows = await look.rows(
            "select price_cents, title, updated_at from products p "
            "join product_translations t on t.product_id = p.id order by marketplace_product_id"
        )
        assert [(price, title, updated_at in written) for price, title, updated_at in rows] == [
            (100, "a", True), (250, "b", False), (300, "C", True), (400, "d", False),
        ]  # fmt: skip

    async def test_columns_that_the_feed_does_not_have_are_left_alone(
        self, database: Database, target: Target, look: Look
    ) -> None:
        await write(database, target, b"id,title,price,brand,description,atalanda:tax_rate\n1,a,1,Moulin,good,3\n")
        assert counts(await write(database, target, b"id,title,price\n1,a,1\n")) == (0, 0, 1)
        assert counts(await write(database, target, b"id,title,price,brand\n1,a,1,\n")) == (0, 1, 0)
        (row,) = await look.rows(
            "select brand, tax_rate_percent, description from products join product_translations on true"
        )
        assert tuple(row) == (None, 3, "good")

    async def test_a_product_without_a_rate_has_the_normal_one(
        self, database: Database, target: Target, look: Look
    ) -> None:
        await write(database, target, b"id,title,price\n1,a,1\n")
        assert [row[0] for row in await look.rows("select tax_rate_percent from products")] == [17]

    async def test_products_that_the_feed_does_not_name_are_left_alone(
        self, database: Database, target: Target, look: Look
    ) -> None:
        await write(database, target, b"id,title,price\n1,a,1\n2,b,2\n")
        await write(database, target, b"id,title,price\n2,b,2\n")
        assert len(await look.rows("select id from products")) == 2

    async def test_texts_are_per_language_and_values_are_shared(
        self, database: Database, target: Target, look: Look
    ) -> None:
        german = Target(target.store_id, target.marketplace, "de")
        await write(database, target, b"id,title,price\n1,Pain,1\n")
        assert counts(await write(database, german, b"id,title,price\n1,Brot,1\n")) == (0, 1, 0)
        assert counts(await write(database, target, b"id,title,price\n1,Pain,1\n")) == (0, 0, 1)
        rows = await look.rows("select language, title from product_translations order by language")
        assert [tuple(row) for row in rows] == [("de", "Brot"), ("fr", "Pain")]
        assert len(await look.rows("select id from products")) == 1

    async def test_stores_and_marketplaces_do_not_share_products(
        self, database: Database, target: Target, look: Look
    ) -> None:
        await write(database, target, b"id,title,price\n1,a,1\n")
        other = Target(target.store_id, "Elsewhere", "fr")
        assert counts(await write(database, other, b"id,title,price\n1,a,1\n")) == (1, 0, 0)

    async def test_a_superseded_row_counts_as_unchanged(self, database: Database, target: Target, look: Look) -> None:
        result = await write(database, target, b"id,title,price\n1,a,1\n1,b,2\n")
        assert counts(result) == (1, 0, 1)
        assert [row[0] for row in await look.rows("select title from product_translations")] == ["b"]

    async def test_an_id_of_an_earlier_chunk_is_warned_about(self, database: Database, target: Target) -> None:
        seen = SeenProducts()
        first = await write(database, target, b"id,title,price\n1,a,1\n2,b,2\n", seen)
        seen.add(first.product_ids)
        second = await write(database, target, b"id,title,price\n3,c,3\n1,z,9\n", seen)
        assert counts(second) == (1, 1, 0)
        assert [(issue.row_number, issue.code) for issue in second.issues] == [(2, "duplicate_id")]

    async def test_rows_imported_before_a_crash_are_known_again(self, database: Database, target: Target) -> None:
        feed = b"id,title,price\n1,a,1\n2,b,2\n1,c,3\n"
        await write(database, target, b"id,title,price\n1,a,1\n2,b,2\n")
        result = await write(database, target, feed, after_row=2)
        assert counts(result) == (0, 1, 0)
        assert [(issue.row_number, issue.code) for issue in result.issues] == [(3, "duplicate_id")]

    async def test_languages_of_one_store_can_be_imported_at_once(
        self, database: Database, target: Target, look: Look
    ) -> None:
        lines = [f"{number},t{number},{number}" for number in range(1, 400)]
        forth = "\n".join(["id,title,price", *lines]).encode()
        back = "\n".join(["id,title,price", *reversed(lines)]).encode()
        languages = [Target(target.store_id, "Letzshop", language) for language in ("fr", "de", "en")]
        results = await asyncio.gather(
            *(write(database, language, feed) for language in languages for feed in (forth, back))
        )
        assert sum(result.new for result in results) == 399
        assert len(await look.rows("select product_id from product_translations")) == 3 * 399
