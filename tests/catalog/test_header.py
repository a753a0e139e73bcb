import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.fields import OPTIONAL
from backend.catalog.header import HeaderError, read_header


class TestReadHeader:
    def test_places_are_found_in_any_order(self) -> None:
        header = read_header(["price", "gtin", "title", "id"])
        assert (header.id_at, header.title_at, header.price_at) == (3, 2, 0)
        assert [(place, field.name) for place, field in header.optional] == [(1, "gtin")]

    @pytest.mark.parametrize(
        "cells",
        [
            ["ID", " Title ", "PRICE", "Image Link"],
            ["\ufeffid", "title", "price\u00a0", "image_link"],
            ["'id'", "'title'", "'price'", "'image-link'"],
            ["g:id", "g:title", "g:price", "g:image_link"],
        ],
    )
    def test_case_blanks_marks_and_prefixes_do_not_matter(self, cells: list[str]) -> None:
        header = read_header(cells)
        assert header.price_at == 2
        assert [field.column for _, field in header.optional] == ["image_link"]

    @pytest.mark.parametrize(
        ("cells", "message"),
        [
            (["sku", "title", "price"], 'no column "id"'),
            (["id", "name"], 'no column "title" and "price"'),
            (["foo"], 'no column "id", "title" and "price"'),
        ],
    )
    def test_missing_columns_are_named(self, cells: list[str], message: str) -> None:
        with pytest.raises(HeaderError, match=message):
            read_header(cells)

    def test_what_the_header_names_instead_is_shown(self) -> None:
        with pytest.raises(HeaderError, match="It names: sku, name, cost"):
            read_header(["sku", "name", "cost"])

    def test_a_known_column_that_comes_twice_is_refused(self) -> None:
        with pytest.raises(HeaderError, match='names the column "price" more than once'):
            read_header(["id", "title", "price", "g:Price"])

    def test_unknown_columns_are_ignored_and_kept_apart_in_raw_rows(self) -> None:
        header = read_header(["id", "title", "price", "extra", "", "extra"])
        assert header.names == ("id", "title", "price", "extra", "column 5", "column 6")
        assert header.optional == ()

    @given(st.permutations(["id", "title", "price", *(field.name for field in OPTIONAL)]))
    def test_every_known_column_is_found_wherever_it_stands(self, cells: list[str]) -> None:
        header = read_header(cells)
        assert {cells[place] for place, _ in header.optional} == {field.name for field in OPTIONAL}
        assert all(cells[place] == field.name for place, field in header.optional)

    @given(st.lists(st.text(max_size=30), max_size=8))
    def test_any_cells_give_a_header_or_a_refusal(self, cells: list[str]) -> None:
        try:
            read_header(cells)
        except HeaderError as error:
            assert len(str(error)) < 600  # noqa: PT017 - both outcomes are right
