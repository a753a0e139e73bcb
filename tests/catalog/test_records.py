import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.dialect import Dialect
from backend.catalog.records import LONGEST_RECORD, STRAY_QUOTE, TOO_LONG, Record, RecordSplitter, cells_of

cell = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=12)


def split(lines: list[str], delimiter: str = ",", *, parts: int = 1) -> list[tuple[list[str], str | None]]:
    """Cells and problem of each record."""
    return [(record.cells, record.problem) for record in records(lines, delimiter, parts=parts)]


def records(lines: list[str], delimiter: str = ",", *, parts: int = 1) -> list[Record]:
    splitter = RecordSplitter(Dialect(delimiter))
    size = max(1, -(-len(lines) // parts))
    found: list[Record] = []
    for start in range(0, max(1, len(lines)), size):
        found += splitter.split(lines[start : start + size])
    return [*found, *splitter.split([], is_last=True)]


class TestRecords:
    def test_lines_are_cut_at_the_delimiter(self) -> None:
        assert split(["1,Bread,2.50"]) == [(["1", "Bread", "2.50"], None)]

    def test_lines_without_any_value_are_no_rows(self) -> None:
        assert split(["", "  ", ",,", " , ", '"",""', "1,a"]) == [(["1", "a"], None)]

    def test_delimiters_and_line_breaks_inside_quotation_marks_are_content(self) -> None:
        assert split(['1,"Bread, brown","one', 'two, three"', "2,b,c"]) == [
            (["1", "Bread, brown", "one\ntwo, three"], None),
            (["2", "b", "c"], None),
        ]

    @given(st.lists(st.lists(cell, min_size=2, max_size=4), max_size=8), st.sampled_from("\t;,"), st.integers(1, 9))
    def test_what_the_csv_module_writes_comes_back_however_it_is_cut(
        self, rows: list[list[str]], delimiter: str, parts: int
    ) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
        lines = buffer.getvalue().split("\n")[:-1]
        found = split(lines, delimiter, parts=parts)
        blanks = f"{delimiter} \t"
        again = [cells_of(record.text, Dialect(delimiter)) for record in records(lines, delimiter)]
        assert again == [cells for cells, _ in found]
        assert found == [(row, None) for row in rows if delimiter.join(row).strip(blanks)]


class TestStrayQuotes:
    def test_a_quoted_word_at_the_start_of_a_value_is_kept_as_it_stands(self) -> None:
        assert split(['1\t"Bio" Honig\t3'], "\t") == [(["1", '"Bio" Honig', "3"], STRAY_QUOTE)]

    def test_inches_inside_a_value_are_nothing_special(self) -> None:
        assert split(['1,Pan 12",3']) == [(["1", 'Pan 12"', "3"], None)]

    def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only(self) -> None:
        lines = ['1,"Bread,2.50', "2,b,3", "3,c,4"]
        assert split(lines) == [
            (["1", '"Bread', "2.50"], STRAY_QUOTE),
            (["2", "b", "3"], None),
            (["3", "c", "4"], None),
        ]

    def test_two_of_them_do_not_swallow_the_rows_between(self) -> None:
        lines = ['1,"Bread,2.50', "2,b,3", '3,"Cake,4', "4,d,5"]
        assert [cells[0] for cells, _ in split(lines)] == ["1", "2", "3", "4"]

    @given(st.lists(st.text(alphabet='",a\n', max_size=12), max_size=20), st.integers(1, 6))
    def test_no_line_is_lost_whatever_the_quotation_marks_do(self, texts: list[str], parts: int) -> None:
        lines = [f"{place}!,{line}" for place, text in enumerate(texts) for line in [text.replace("\n", " ")]]
        found = "\n".join(",".join(cells) for cells, _ in split(lines, parts=parts))
        assert all(f"{place}!" in found for place in range(len(texts)))


class TestLength:
    def test_a_line_that_is_too_long_is_one_broken_row(self) -> None:
        long = f"1,{'x' * LONGEST_RECORD},2"
        assert [problem for _, problem in split([long, "2,b,3"])] == [TOO_LONG, None]

    def test_a_field_above_pythons_own_limit_does_not_crash(self) -> None:
        long = f'1,"{"x" * (csv.field_size_limit() + 1)}",2'
        assert [problem for _, problem in split([long, "2,b,3"])] == [TOO_LONG, None]

    @pytest.mark.parametrize("line", ['"x""', '"', 'a,"b', '"""', '"a\t""'])
    def test_hostile_quotation_marks_take_no_longer_than_the_file(self, line: str) -> None:
        begun = time.perf_counter()
        split([line] * 20_000, parts=20)
        assert time.perf_counter() - begun < 4
