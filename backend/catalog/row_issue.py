"""What is wrong with a row of a feed, in the words that an admin reads beside the raw row."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

import msgspec

# Lone surrogates and NUL: valid in Python, impossible in PostgreSQL.
_unstorable = re.compile("[\x00\ud800-\udfff]")
_LONGEST_RAW = 2_000


class IssueSeverity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class RowIssue(NamedTuple):
    """An error (the row is not imported) or a warning (imported without the value); `raw` is a JSON object."""

    row_number: int
    severity: IssueSeverity
    code: str
    field: str | None
    message: str
    raw: str


def raw_row(names: Sequence[str], cells: Sequence[str]) -> str:
    """A row as JSON by column name; what a column is missing for is kept under its place."""
    pairs = zip_longest(names, cells[: len(names) + 50])
    row = {
        name or f"column {place}": _storable(cell)
        for place, (name, cell) in enumerate(pairs, start=1)
        if cell is not None
    }
    return msgspec.json.encode(row).decode()


def _storable(cell: str) -> str:
    shown = cell if len(cell) <= _LONGEST_RAW else f"{cell[:_LONGEST_RAW]}…"
    return _unstorable.sub("\N{REPLACEMENT CHARACTER}", shown)
