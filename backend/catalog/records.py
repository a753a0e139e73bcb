"""Lines of text become records of cells, with quoted delimiters and line breaks, and one broken row costs one row."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from backend.catalog.dialect import Dialect

# A record that is longer is refused; also Python's own limit of a field (csv.field_size_limit).
LONGEST_RECORD = 131_072
# How often a record with quoted line breaks is tried before its first line is given up.
_MOST_TRIES = 50


class Record(NamedTuple):
    """A row's cells, its text, and whether quotation marks or length kept it from being read as intended."""

    cells: list[str]
    text: str
    problem: str | None = None


STRAY_QUOTE, TOO_LONG = "stray_quote", "row_too_long"


class RecordSplitter:
    """Cuts lines into records; an unfinished quoted record waits for the next lines."""

    def __init__(self, dialect: Dialect) -> None:
        self._delimiter, self._quote = dialect
        self._blanks = f"{self._delimiter} \t"
        self._open: list[str] = []
        self._open_length = 0
        self._tries = 0

    def split(self, lines: Sequence[str], *, is_last: bool = False) -> Iterator[Record]:
        """The records that are complete; lines without any value are none."""
        waiting = deque(lines)
        while waiting or (is_last and self._open):
            if not waiting:
                yield self._give_up(waiting)
                continue
            line = waiting.popleft()
            if self._open:
                yield from self._continue(line, waiting)
            elif len(line) > LONGEST_RECORD:
                yield Record([line[:LONGEST_RECORD]], line, TOO_LONG)
            elif self._quote in line:
                yield from self._start(line)
            elif line.strip(self._blanks):
                yield Record(line.split(self._delimiter), line)

    def _start(self, line: str) -> Iterator[Record]:
        try:
            cells = self._parse(line)
        except csv.Error:
            yield Record(line.split(self._delimiter), line, STRAY_QUOTE)
            return
        if cells is None:
            self._open, self._open_length, self._tries = [line], len(line), 0
        elif any(cells):
            yield Record(cells, line)

    def _continue(self, line: str, waiting: deque[str]) -> Iterator[Record]:
        self._open.append(line)
        self._open_length += len(line) + 1
        if self._open_length > LONGEST_RECORD or self._tries == _MOST_TRIES:
            yield self._give_up(waiting)
            return
        if line.count(self._quote) % 2 == 0:
            return  # such a line cannot close what is open
        self._tries += 1
        try:
            text = "\n".join(self._open)
            cells = self._parse(text)
        except csv.Error:
            yield self._give_up(waiting)
            return
        if cells is not None:
            self._open = []
            yield Record(cells, text)

    def _give_up(self, waiting: deque[str]) -> Record:
        """The quotation mark is never closed: only its own line is broken, the lines after it are read anew."""
        first, *rest = self._open
        waiting.extendleft(reversed(rest))
        self._open = []
        return Record(first.split(self._delimiter), first, STRAY_QUOTE)

    def _parse(self, text: str) -> list[str] | None:
        """The cells, None when a quotation mark is still open; csv.Error when one stands where it must not."""
        reader = csv.reader((text,), delimiter=self._delimiter, quotechar=self._quote, strict=True)
        try:
            return next(reader)
        except csv.Error as error:
            if str(error) == "unexpected end of data":
                return None
            raise


def cells_of(text: str, dialect: Dialect) -> list[str]:
    """The cells of a record's text once more."""
    return next(RecordSplitter(dialect).split(text.split("\n"), is_last=True)).cells
