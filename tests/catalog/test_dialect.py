import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.dialect import DELIMITERS, Dialect, excel_hint, sniff
from backend.catalog.header import read_header

# Letzshop's own sample: one semicolon among the commas of the header, values in single quotation marks.
ODD_SAMPLE = [
    "id,title,description,link,price,atalanda:additional_product_type_1;brand,gtin",
    "'123','Shoe, red','A shoe; a red one','https://shop.example.lu/1','119.99','Shoes > Red','Brand','4012345678901'",
    "'124','Shoe, blue','A blue one','https://shop.example.lu/2','99.99','Shoes > Blue','Brand','4012345678902'",
]


class TestSniff:
    @pytest.mark.parametrize("delimiter", DELIMITERS)
    def test_the_delimiter_of_a_plain_header_is_found(self, delimiter: str) -> None:
        header = delimiter.join(["id", "title", "description", "price"])
        assert sniff([header]).delimiter == delimiter

    def test_the_odd_sample_is_cut_at_commas_and_single_quotation_marks(self) -> None:
        dialect = sniff(ODD_SAMPLE)
        assert dialect == Dialect(",", "'")
        cells = next(csv.reader([ODD_SAMPLE[0]], delimiter=dialect.delimiter, quotechar=dialect.quote))
        assert read_header(cells).names[5:7] == ("atalanda:additional_product_type_1", "brand")

    def test_apostrophes_inside_values_are_no_quotation_marks(self) -> None:
        lines = ["id\ttitle\tprice", "1\t'S Haus vum Honneg\t3", "2\tL'huile\t4", "3\td'or et d'argent'\t5"]
        assert sniff(lines).quote == '"'

    def test_many_semicolons_in_a_text_do_not_make_it_the_delimiter(self) -> None:
        lines = ["id,title,price,description", '1,Bread,2.50,"wheat; rye; salt; water; yeast"']
        assert sniff(lines).delimiter == ","

    def test_an_unknown_header_still_gives_a_dialect(self) -> None:
        assert sniff(["foo;bar;baz", "1;2;3"]).delimiter == ";"

    @given(
        st.sampled_from(DELIMITERS),
        st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=8),
    )
    def test_what_the_csv_module_writes_is_recognised(self, delimiter: str, rows: list[tuple[str, str]]) -> None:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=delimiter)
        writer.writerow(["id", "title", "price"])
        writer.writerows([*row, "1.00"] for row in rows)
        assert sniff(buffer.getvalue().splitlines()).delimiter == delimiter

    @given(st.lists(st.text(max_size=50), max_size=6))
    def test_any_lines_give_a_dialect(self, lines: list[str]) -> None:
        assert sniff(lines).delimiter in DELIMITERS


class TestExcelHint:
    @pytest.mark.parametrize(
        ("line", "expected"), [("sep=;", True), ("SEP=,", True), ("sep=", True), ("separator=1", False)]
    )
    def test_excels_own_first_line_is_known(self, line: str, *, expected: bool) -> None:
        assert excel_hint(line) is expected
