import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.catalog.issues_csv import defused


class TestDefused:
    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
    def test_a_formula_becomes_text(self, cell: str) -> None:
        assert defused(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "Bread", "1 - 2", "a=b"])
    def test_other_cells_stay(self, cell: str) -> None:
        assert defused(cell) == cell

    @given(st.text())
    @example('"@')
    def test_no_cell_begins_as_a_formula(self, cell: str) -> None:
        buffer = io.StringIO()
        csv.writer(buffer).writerow([defused(cell)])
        # As a spreadsheet reads it: a quotation mark of the cell's own stands before what follows.
        (shown,) = next(csv.reader(io.StringIO(buffer.getvalue(), newline="")), [""])
        assert not shown.startswith(("=", "+", "-", "@", "\t"))
