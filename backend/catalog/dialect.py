"""How a feed's lines are cut into cells: delimiter and quotation mark, found in its first lines."""

import csv
from collections.abc import Sequence
from typing import NamedTuple

from backend.catalog.header import known_names

DELIMITERS = ("\t", ";", ",")
_QUOTES = ('"', "'")
# Excel's own first line: `sep=;`.
_EXCEL_HINT = "sep="


class Dialect(NamedTuple):
    delimiter: str
    quote: str = '"'


def sniff(lines: Sequence[str]) -> Dialect:
    """The dialect of the first lines (header first): the one that finds most known columns, then most even rows."""
    return max(
        (Dialect(delimiter, quote) for delimiter in DELIMITERS for quote in _QUOTES),
        key=lambda dialect: _fitness(dialect, lines),
    )


def excel_hint(line: str) -> bool:
    """Whether the line is Excel's note about the delimiter, which stands before the header."""
    return line.lower().startswith(_EXCEL_HINT) and len(line) <= len(_EXCEL_HINT) + 1


def _fitness(dialect: Dialect, lines: Sequence[str]) -> tuple[int, int, int, int]:
    rows = [_cells(dialect, line) for line in lines]
    header = rows[0] if rows else []
    even = sum(len(row) == len(header) > 1 for row in rows[1:])
    quoted = sum(cell[:1] == dialect.quote == cell[-1:] for row in lines for cell in row.split(dialect.delimiter))
    return known_names(header), even, quoted, len(header)


def _cells(dialect: Dialect, line: str) -> list[str]:
    try:
        return next(csv.reader((line,), delimiter=dialect.delimiter, quotechar=dialect.quote), [])
    except csv.Error:
        return line.split(dialect.delimiter)
