import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.feed_row import RowReader
from backend.catalog.fields import LONGEST_DESCRIPTION, LONGEST_ID, LONGEST_TITLE, OPTIONAL
from backend.catalog.header import read_header
from backend.catalog.row_issue import IssueSeverity, RowIssue

PRODUCT = {"id": "A1", "title": "Bread", "price": "2,50"}
names = ["id", "title", "price", *(field.name for field in OPTIONAL)]


def read(values: dict[str, str], *, clean: bool = False) -> tuple[dict[str, Any] | None, list[RowIssue]]:
    """A row with these columns, and what was noted about it."""
    cells = PRODUCT | values
    reader = RowReader(read_header(list(cells)))
    row = reader.read(1, list(cells.values()), clean=clean)
    return None if row is None else dict(zip(reader.columns, row, strict=True)), reader.issues


class TestErrors:
    @pytest.mark.parametrize(
        ("values", "code", "field"),
        [
            ({"id": ""}, "missing_id", "id"),
            ({"title": "  "}, "missing_title", "title"),
            ({"price": ""}, "missing_price", "price"),
            ({"price": "soon"}, "invalid_price", "price"),
            ({"price": "1.234"}, "invalid_price", "price"),
            ({"price": "-1"}, "invalid_price", "price"),
            ({"price": "12 USD"}, "invalid_price", "price"),
            ({"id": "x" * (LONGEST_ID + 1)}, "id_too_long", "id"),
        ],
    )
    def test_a_row_without_id_title_or_readable_price_is_not_imported(
        self, values: dict[str, str], code: str, field: str
    ) -> None:
        product, issues = read(values)
        assert product is None
        assert [(issue.severity, issue.code, issue.field) for issue in issues] == [(IssueSeverity.ERROR, code, field)]

    def test_one_error_names_everything_that_is_missing(self) -> None:
        _, issues = read({"id": "", "title": "", "price": "x"})
        assert [issue.message for issue in issues] == [
            'The row has no id. The row has no title. The price "x" is not a readable amount.'
        ]

    def test_an_error_carries_the_raw_row_by_column(self) -> None:
        _, issues = read({"price": "soon", "brand": "Moulin"})
        assert json.loads(issues[0].raw) == {"id": "A1", "title": "Bread", "price": "soon", "brand": "Moulin"}

    def test_a_raw_row_holds_nothing_that_the_database_cannot_store(self) -> None:
        _, issues = read({"price": "so\x00on", "title": "\ud800"})
        assert json.loads(issues[0].raw)["price"] == "so\N{REPLACEMENT CHARACTER}on"

    def test_warnings_of_a_row_that_is_not_imported_are_not_kept(self) -> None:
        _, issues = read({"price": "", "gtin": "1", "availability": "?", "brand": "a\x00"}, clean=True)
        assert [issue.code for issue in issues] == ["missing_price"]


class TestWarnings:
    @pytest.mark.parametrize(
        ("name", "text", "column", "default"),
        [
            ("gtin", "3491500000474", "gtin", None),
            ("availability", "maybe", "availability", None),
            ("atalanda:tax_rate", "19", "tax_rate_percent", 17),
            ("atalanda:tax_rate", "x", "tax_rate_percent", 17),
            ("atalanda:quantity", "-3", "quantity", None),
            ("atalanda:quantity", "99999999999", "quantity", None),
            ("atalanda:preorder_days", "soon", "preorder_days", None),
            ("atalanda:boost_sort", "10.5", "boost_sort", None),
            ("atalanda:boost_sort", "NaN", "boost_sort", None),
            ("atalanda:delivery_method", "drone", "delivery_method", None),
            ("adult", "perhaps", "adult", None),
            ("age_group", "old", "age_group", None),
            ("gender", "?", "gender", None),
            ("link", "javascript:alert(1)", "link", None),
            ("image_link", "//x", "image_link", None),
            ("additional_image_link", "https://a.lu/1,ftp://b", "additional_image_links", None),
            ("sale_price", "cheap", "sale_price_cents", None),
            ("sale_price", "0.00", "sale_price_cents", None),
            ("sale_price", "2.50", "sale_price_cents", None),
            ("sale_price", "9,99 CHF", "sale_price_cents", None),
            ("brand", "x" * 256, "brand", None),
            ("description", "x" * (LONGEST_DESCRIPTION + 1), "description", None),
        ],
    )
    def test_an_unknown_optional_value_is_left_out(self, name: str, text: str, column: str, default: object) -> None:
        product, issues = read({name: text})
        assert product is not None
        assert product[column] == default
        assert [(issue.severity, issue.code, issue.field) for issue in issues] == [
            (IssueSeverity.WARNING, f"invalid_{name.removeprefix('atalanda:')}", name)
        ]

    def test_a_title_that_is_too_long_is_cut(self) -> None:
        product, issues = read({"title": "x" * (LONGEST_TITLE + 1)})
        assert product is not None
        assert len(product["title"]) == LONGEST_TITLE
        assert [issue.code for issue in issues] == ["title_cut"]

    def test_control_characters_are_left_out(self) -> None:
        product, issues = read({"title": "Br\x00ea\x1bd"}, clean=True)
        assert product is not None
        assert product["title"] == "Bread"
        assert [(issue.code, issue.field) for issue in issues] == [("control_characters", "title")]

    def test_a_title_of_control_characters_only_is_no_title(self) -> None:
        product, issues = read({"title": "\x00\x01"}, clean=True)
        assert product is None
        assert issues[0].code == "missing_title"


class TestValues:
    @pytest.mark.parametrize(
        ("name", "text", "column", "expected"),
        [
            ("availability", "In Stock", "availability", "in_stock"),
            ("availability", "out of stock", "availability", "out_of_stock"),
            ("atalanda:tax_rate", "3", "tax_rate_percent", 3),
            ("atalanda:tax_rate", "14 %", "tax_rate_percent", 14),
            ("atalanda:tax_rate", "", "tax_rate_percent", 17),
            ("atalanda:quantity", "12.0", "quantity", 12),
            ("atalanda:boost_sort", "4,5", "boost_sort", 4.5),
            ("atalanda:delivery_method", "self_collect", "delivery_method", "self_collect"),
            ("adult", "oui", "adult", True),
            ("adult", "Falsch", "adult", False),
            ("identifier_exists", "no", "identifier_exists", False),
            ("sale_price", "1,99 €", "sale_price_cents", 199),
            ("gtin", "978-0-306-40615-7", "gtin_type", "isbn13"),
            ("gtin", "", "gtin_type", None),
            ("description", "  ", "description", None),
            ("additional_image_link", "https://a.lu/1,2.jpg, https://a.lu/2.jpg", "additional_image_links",
             ["https://a.lu/1,2.jpg", "https://a.lu/2.jpg"]),
        ],
    )  # fmt: skip
    def test_optional_values_are_read(self, name: str, text: str, column: str, expected: object) -> None:
        product, issues = read({name: text})
        assert product is not None
        assert product[column] == expected
        assert issues == []

    def test_blanks_around_values_are_not_content(self) -> None:
        product, _ = read({"id": " A1 ", "title": " Bread\u00a0", "price": " 2,50 "})
        assert product == {"row_number": 1, "marketplace_product_id": "A1", "title": "Bread", "price_cents": 250}

    def test_only_the_columns_of_the_file_are_named(self) -> None:
        assert RowReader(read_header(["title", "gtin", "id", "price"])).columns == (
            "row_number", "marketplace_product_id", "title", "price_cents", "gtin", "gtin_type",
        )  # fmt: skip


class TestWidth:
    def reader(self) -> RowReader:
        return RowReader(read_header(["id", "title", "price", "brand"]))

    def test_a_short_row_is_read_with_the_rest_empty_and_a_warning(self) -> None:
        reader = self.reader()
        assert reader.read(1, ["A1", "Bread", "1"]) == (1, "A1", "Bread", 100, None)
        assert [issue.code for issue in reader.issues] == ["too_few_columns"]

    def test_empty_columns_beyond_the_header_are_nothing(self) -> None:
        reader = self.reader()
        assert reader.read(1, ["A1", "Bread", "1", "x", "", " "]) == (1, "A1", "Bread", 100, "x")
        assert reader.issues == []

    def test_values_beyond_the_header_make_the_row_an_error(self) -> None:
        reader = self.reader()
        assert reader.read(1, ["A1", "Bread", " brown", "1", "x"]) is None
        assert [issue.code for issue in reader.issues] == ["too_many_columns"]
        assert json.loads(reader.issues[0].raw)["column 5"] == "x"


@given(st.lists(st.text(max_size=25), min_size=1, max_size=len(names) + 3))
def test_any_row_gives_a_product_or_exactly_one_error(cells: list[str]) -> None:
    reader = RowReader(read_header(names))
    row = reader.read(1, list(cells), clean=True)
    errors = [issue for issue in reader.issues if issue.severity is IssueSeverity.ERROR]
    assert len(errors) == (row is None)
    assert row is None or len(row) == len(reader.columns)
    assert all("\x00" not in json.loads(issue.raw).get("title", "") for issue in reader.issues)


@given(st.fixed_dictionaries({name: st.text(max_size=12) for name in names}))
def test_an_optional_value_never_stops_a_row(values: dict[str, str]) -> None:
    product, _ = read(values | PRODUCT, clean=True)
    assert product is not None
