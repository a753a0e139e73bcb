"""What is exported can be imported again without the loss of any field that is stored."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.feed_export import _HEADER, _lines, export_feed
from backend.catalog.fields import OPTIONAL, REQUIRED
from backend.catalog.reader import read_chunks
from backend.catalog.sample_feed import sample_feed
from backend.db.database import Database
from backend.db.reads import Reads
from backend.jobs.runner import JobRunner
from backend.tenancy import Store
from tests.catalog.conftest import Look, StartImport

# Every field, with what is hard to write: quotes, tabs, line breaks, umlauts, commas, several images.
NASTY = (
    "id\ttitle\tprice\tdescription\tlink\timage_link\tadditional_image_link\tsale_price\tavailability\tbrand\tgtin\tmpn\t"
    "identifier_exists\tproduct_type\tgoogle_product_category\tatalanda:additional_product_type_1\t"
    "atalanda:additional_product_type_2\tatalanda:additional_product_type_3\tatalanda:tax_rate\tatalanda:quantity\t"
    "atalanda:preorder_days\tatalanda:boost_sort\tatalanda:delivery_method\tcolor\tsize\tgender\tage_group\tadult\t"
    "item_group_id\n"
    'A-1\t"Say ""Moien"" to\tall"\t1234.50 EUR\t"First line\nsecond; with, all"\thttps://s.lu/p?a=1,b=2\t'
    'https://s.lu/1.jpg\t"https://s.lu/2.jpg,https://s.lu/3,4.jpg"\t1000\tout of stock\tMüller & Söhne\t4006381333931\t'
    'M-1\tno\t"A > B, C"\t5740\tX > Y\tZ\tQ\t8\t0\t3\t0.000001\tself_collect\tnoir\tXL\tunisex\tkids\ttrue\tG-1\n'
    "A-2\tPlain\t0.95\n"
    "'A-3'\t'single' quotes\t10\n"
).encode()


async def whole(reads: Reads, store: Store, language: str = "fr") -> bytes:
    return b"".join([piece.content async for piece in export_feed(reads, store.id, language)])


async def products(look: Look) -> list[tuple[object, ...]]:
    rows = await look.rows(
        """
        select p.*, t.* from products p join product_translations t on t.product_id = p.id order by p.id, t.language
        """
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("feed", [b"".join(sample_feed(300)), NASTY])
async def test_importing_an_export_changes_nothing(
    feed: bytes, start_import: StartImport, runner: JobRunner, look: Look, database: Database, store: Store
) -> None:
    await start_import(feed)
    await runner.run_due()
    before = await products(look)
    again = await start_import(await whole(database.reads, store))
    await runner.run_due()
    job = await look.job(again)
    assert (job.status, job.error_count, job.warning_count) == ("completed", 0, 0)
    assert (job.imported_count, job.updated_count, job.unchanged_count) == (0, 0, len(before))
    assert await products(look) == before


async def test_an_export_into_an_empty_store_brings_every_field(
    start_import: StartImport, runner: JobRunner, look: Look, database: Database, store: Store
) -> None:
    await start_import(NASTY)
    await runner.run_due()
    stored = "select {} from products p join product_translations t on t.product_id = p.id order by 1"
    columns = ", ".join(["p.marketplace_product_id", "t.title", "p.price_cents", "p.gtin_type", *_optional()])
    before = await look.rows(stored.format(columns))
    feed = await whole(database.reads, store)
    await look.rows("truncate products cascade")
    await start_import(feed)
    await runner.run_due()
    assert await look.rows(stored.format(columns)) == before
    (complete,) = [row for row in before if row["marketplace_product_id"] == "A-1"]
    assert None not in tuple(complete)


async def test_each_language_has_its_own_texts_and_only_what_has_some(
    start_import: StartImport, runner: JobRunner, database: Database, store: Store
) -> None:
    await start_import(b"id\ttitle\tprice\nA\tPain\t1\nB\tLait\t2\n")
    await start_import(b"id\ttitle\tprice\nA\tBrot\t1\n", language="de")
    await runner.run_due()
    assert b"Brot" in await whole(database.reads, store, "de")
    assert b"Lait" not in await whole(database.reads, store, "de")
    assert (await whole(database.reads, store, "en")).count(b"\n") == 1


async def test_a_long_export_comes_in_pieces_and_has_each_product_once(
    start_import: StartImport,
    runner: JobRunner,
    database: Database,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await start_import(sample_feed(25))
    await runner.run_due()
    monkeypatch.setattr("backend.catalog.feed_export.BATCH", 10)
    pieces = [piece async for piece in export_feed(database.reads, store.id, "fr")]
    assert [piece.content.count(b"\n") for piece in pieces] == [1, 10, 10, 5]
    assert [piece.products for piece in pieces] == [0, 10, 10, 5]
    assert len({line.split(b"\t")[0] for line in b"".join(piece.content for piece in pieces).splitlines()}) == 26


def test_the_header_names_every_column_that_the_importer_knows() -> None:
    assert set(_HEADER) == {*REQUIRED, *(field.name for field in OPTIONAL)}


# Stripped, without control characters: so texts are stored.
texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\t\n\"';,|"), min_size=1).map(
    str.strip
)


@given(st.lists(texts.filter(bool), min_size=1, max_size=5))
async def test_whatever_a_title_holds_is_read_back(titles: list[str]) -> None:
    rows = [[f"id-{number}", title, "1.00 EUR"] for number, title in enumerate(titles)]
    content = _lines([REQUIRED, *rows])

    async def stream() -> AsyncIterator[bytes]:
        yield content

    read = [row[2] async for chunk in read_chunks(stream()) for row in chunk.rows]
    assert read == titles


def _optional() -> list[str]:
    texts = {"description", "link", "product_type", "color"} | {f"additional_product_type_{n}" for n in (1, 2, 3)}
    return [f"{'t' if field.column in texts else 'p'}.{field.column}" for field in OPTIONAL]
