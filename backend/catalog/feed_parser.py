"""A feed's blocks of bytes become chunks of products and row issues; everything here is plain computing."""

from dataclasses import dataclass, field

from backend.catalog.decoding import FeedDecoder
from backend.catalog.dialect import Dialect, excel_hint, sniff
from backend.catalog.feed_row import ProductRow, RowError, RowReader
from backend.catalog.fields import ID
from backend.catalog.header import HeaderError, read_header
from backend.catalog.price import quote
from backend.catalog.records import LONGEST_RECORD, STRAY_QUOTE, TOO_LONG, Record, RecordSplitter, cells_of
from backend.catalog.row_issue import RowIssue, raw_row

# How much is read before the dialect is decided.
_SAMPLE_LINES = 20
_SAMPLE_LENGTH = 1 << 16
_UNKNOWN = Dialect(",")


@dataclass(slots=True)
class FeedChunk:
    """Some thousand rows. `rows` are the last of each id, with their `texts` in the file beside them.

    `columns` name the values of `rows`, `names` the cells of `texts`. `first_row` to `last_row` were read: products,
    errors, and `superseded` rows whose id came again in the chunk. `seen_ids` are of rows already imported before.
    `end_byte` is how far the file was read for it.
    """

    first_row: int
    last_row: int
    end_byte: int = 0
    columns: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    dialect: Dialect = _UNKNOWN
    rows: list[ProductRow] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    issues: list[RowIssue] = field(default_factory=list)
    error_count: int = 0
    superseded: int = 0
    seen_ids: list[str] = field(default_factory=list)

    def raw(self, place: int) -> str:
        """The row at this place of `rows` as JSON by column name."""
        return raw_row(self.names, cells_of(self.texts[place], self.dialect))


class FeedParser:
    """Reads one feed from its first byte; rows up to `after_row` are only named, not read again."""

    def __init__(self, *, after_row: int = 0) -> None:
        self._after_row = after_row
        self._row_number = 0
        self._bytes = 0
        self._decoder = FeedDecoder()
        self._carry = ""
        self._sample: list[str] | None = []
        self._sample_has_controls = False
        self._dialect = _UNKNOWN
        self._splitter = RecordSplitter(self._dialect)
        self._reader: RowReader | None = None
        self._id_at = 0
        self._chunk = FeedChunk(1, 0)
        self._places: dict[str, int] = {}

    @property
    def pending(self) -> int:
        """How many rows `take` would hand out."""
        return self._row_number + 1 - self._chunk.first_row

    def feed(self, block: bytes, *, is_last: bool = False) -> None:
        """Read what the block completes. NotTextError or HeaderError when this is no product feed."""
        self._bytes += len(block)
        lines = self._lines(self._decoder.feed(block, is_last=is_last), is_last=is_last)
        has_controls = self._decoder.has_controls
        if self._sample is not None:
            self._sample += lines
            self._sample_has_controls |= has_controls
            enough = len(self._sample) >= _SAMPLE_LINES or sum(map(len, self._sample)) >= _SAMPLE_LENGTH
            if not (enough or is_last):
                return
            lines, has_controls = self._begin(self._sample), self._sample_has_controls
            self._sample = None
        self._read(lines, has_controls=has_controls, is_last=is_last)

    def finish(self) -> None:
        """The feed has ended: read what was still incomplete."""
        self.feed(b"", is_last=True)

    def take(self) -> FeedChunk:
        """The rows read since the last call."""
        chunk = self._chunk
        if self._reader is not None:
            chunk.columns, chunk.names = self._reader.columns, self._reader.names
            chunk.issues, self._reader.issues = self._reader.issues, []
        chunk.dialect = self._dialect
        chunk.last_row, chunk.end_byte = self._row_number, self._bytes
        self._chunk = FeedChunk(self._row_number + 1, self._row_number)
        self._places = {}
        return chunk

    def _lines(self, text: str, *, is_last: bool) -> list[str]:
        *lines, carry = (self._carry + text).split("\n")
        # One character more than a record may have, so that it is still seen as too long.
        self._carry = carry[: LONGEST_RECORD + 1]
        return [*lines, self._carry] if is_last and carry else lines

    def _begin(self, lines: list[str]) -> list[str]:
        """Find dialect and header in the first lines; what follows the header."""
        while lines and (not lines[0].strip() or excel_hint(lines[0])):
            lines = lines[1:]
        if not lines:
            raise HeaderError("The file is empty.")
        if lines[0].lstrip().startswith("<"):
            raise HeaderError("The file is not a table: it looks like HTML or XML.")
        dialect = sniff(lines[:_SAMPLE_LINES])
        self._splitter, self._dialect = RecordSplitter(dialect), dialect
        first = next(self._splitter.split(lines[:1], is_last=True), None)
        if first is None:
            raise HeaderError("The header names no columns.")
        header = read_header(first.cells)
        self._reader, self._id_at = RowReader(header), header.id_at
        return lines[1:]

    def _read(self, lines: list[str], *, has_controls: bool, is_last: bool) -> None:
        reader = self._reader
        if reader is None:
            raise HeaderError("The file is empty.")
        for record in self._splitter.split(lines, is_last=is_last):
            self._row_number += 1
            if self._row_number <= self._after_row:
                self._skip(record)
                continue
            if record.problem is None:
                row = reader.read(self._row_number, record.cells, clean=has_controls)
            else:
                row = self._rescue(reader, record, clean=has_controls)
            if row is None:
                self._chunk.error_count += 1
            else:
                self._add(reader, row, record)

    def _rescue(self, reader: RowReader, record: Record, *, clean: bool) -> ProductRow | None:
        """A row with a stray quotation mark is read as it stands, if it then has all its columns."""
        if record.problem == TOO_LONG:
            error = RowError(TOO_LONG, None, f"The row is longer than {LONGEST_RECORD:,} characters.")
        elif len(record.cells) == reader.width:
            row = reader.read(self._row_number, record.cells, clean=clean)
            if row is not None:
                message = "The row has a quotation mark that is not closed; its values are read as they stand."
                reader.warn(self._row_number, STRAY_QUOTE, None, message, record.cells)
            return row
        else:
            error = RowError(STRAY_QUOTE, None, "The row has a quotation mark that is not closed.")
        reader.refuse(self._row_number, error, record.cells)
        return None

    def _add(self, reader: RowReader, row: ProductRow, record: Record) -> None:
        chunk, product_id = self._chunk, str(row[1])
        place = self._places.setdefault(product_id, len(chunk.rows))
        if place == len(chunk.rows):
            chunk.rows.append(row)
            # Not its cells: they would take twice the memory, and hardly any row is asked for them.
            chunk.texts.append(record.text)
            return
        reader.warn(self._row_number, "duplicate_id", ID, repeated(product_id, chunk.rows[place][0]), record.cells)
        chunk.superseded += 1
        chunk.rows[place], chunk.texts[place] = row, record.text

    def _skip(self, record: Record) -> None:
        if record.problem != TOO_LONG and self._id_at < len(record.cells):
            self._chunk.seen_ids.append(record.cells[self._id_at].strip())


def repeated(product_id: str, row_number: object | None = None) -> str:
    """The message of a row whose id came before: the last row of an id wins."""
    where = "in an earlier row" if row_number is None else f"in row {row_number}"
    return f"The id {quote(product_id)} came before, {where}; this row replaces it."
