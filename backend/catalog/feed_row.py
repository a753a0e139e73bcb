"""One row of a feed becomes a product's values, or an error; what is optional and wrong becomes a warning."""

import re
from collections.abc import Callable, Sequence
from operator import call, itemgetter

from backend.catalog.fields import (
    GTIN,
    ID,
    LONGEST_ID,
    LONGEST_TITLE,
    PRICE,
    SALE_PRICE,
    TITLE,
    Field,
    Value,
    ValueRefusedError,
)
from backend.catalog.gtin import Gtin
from backend.catalog.header import Header
from backend.catalog.price import PriceError, read_price
from backend.catalog.row_issue import IssueSeverity, RowIssue, raw_row

_controls = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# A product's values in the order of `RowReader.columns`.
ProductRow = tuple[Value, ...]

_REQUIRED_COLUMNS = ("row_number", "marketplace_product_id", "title", "price_cents")


class RowError(ValueError):
    """The row is not imported."""

    def __init__(self, code: str, field: str | None, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.field = field


class RowReader:
    """Reads rows under one header; `columns` names the values it gives, `issues` collects what it refused."""

    def __init__(self, header: Header) -> None:
        self.columns = _columns(header)
        self.names = header.names
        self.issues: list[RowIssue] = []
        self._header = header
        self.width = len(header.names)
        self._pick = _picker([place for place, _ in header.optional])
        self._fields = [field for _, field in header.optional]
        self._reads = [_Memo(field).__getitem__ for field in self._fields]
        names = [field.name for _, field in header.optional]
        # Places of the values that need a second look; the sale price stands before the GTIN, which takes two columns.
        self._sale_at = names.index(SALE_PRICE) if SALE_PRICE in names else None
        self._gtin_at = names.index(GTIN) if GTIN in names else None

    def read(self, row_number: int, cells: list[str], *, clean: bool = False) -> ProductRow | None:
        """The row's values, None when it is an error; `clean` looks for control characters first."""
        raw, before = cells, len(self.issues)
        try:
            if clean:
                cells = self._without_controls(row_number, cells)
            if len(cells) != self.width:
                cells = self._fitted(row_number, cells)
            return self._values(row_number, cells)
        except RowError as error:
            del self.issues[before:]
            self.refuse(row_number, error, raw)
            return None

    def refuse(self, row_number: int, error: RowError, raw: list[str]) -> None:
        """Note a row that is not imported."""
        self._note(row_number, IssueSeverity.ERROR, error.code, error.field, str(error), raw)

    def warn(self, row_number: int, code: str, field: str | None, message: str, raw: list[str]) -> None:
        """Note something about a row that is imported nevertheless."""
        self._note(row_number, IssueSeverity.WARNING, code, field, message, raw)

    def _note(
        self, row_number: int, severity: IssueSeverity, code: str, field: str | None, message: str, raw: list[str]
    ) -> None:
        self.issues.append(RowIssue(row_number, severity, code, field, message, raw_row(self._header.names, raw)))

    def _values(self, row_number: int, cells: list[str]) -> ProductRow:
        product_id, title, price = self._required(row_number, cells)
        texts = self._pick(cells)
        try:
            values = list(map(call, self._reads, texts))
        except ValueRefusedError:
            values = self._values_with_warnings(row_number, texts, cells)
        if self._sale_at is not None and values[self._sale_at] is not None:
            self._check_sale_price(row_number, price, values, cells)
        if self._gtin_at is not None:
            gtin = values[self._gtin_at]
            values[self._gtin_at : self._gtin_at + 1] = gtin if isinstance(gtin, Gtin) else (None, None)
        return (row_number, product_id, title, price, *values)

    def _values_with_warnings(self, row_number: int, texts: Sequence[str], cells: list[str]) -> list[Value]:
        values: list[Value] = []
        for field, read, text in zip(self._fields, self._reads, texts, strict=True):
            try:
                values.append(read(text))
            except ValueRefusedError as error:
                values.append(field.default)
                self.warn(row_number, field.code, field.name, f"{field.name} {error}.", cells)
        return values

    def _required(self, row_number: int, cells: list[str]) -> tuple[str, str, int]:
        product_id = cells[self._header.id_at].strip()
        title = cells[self._header.title_at].strip()
        try:
            price = read_price(cells[self._header.price_at])
        except PriceError as error:
            raise _required_error(product_id, title, cells[self._header.price_at].strip(), error) from error
        if not product_id or not title:
            raise _required_error(product_id, title, "", None)
        if len(product_id) > LONGEST_ID:
            raise RowError("id_too_long", ID, f"The id is longer than {LONGEST_ID} characters.")
        if len(title) > LONGEST_TITLE:
            self.warn(row_number, "title_cut", TITLE, f"The title is cut after {LONGEST_TITLE} characters.", cells)
            title = title[:LONGEST_TITLE]
        return product_id, title, price

    def _check_sale_price(self, row_number: int, price: int, values: list[Value], cells: list[str]) -> None:
        # Exports write 0 or the price itself when there is no sale; taken as a price, the first would give goods away.
        sale = values[self._sale_at or 0]
        if isinstance(sale, int) and 0 < sale < price:
            return
        values[self._sale_at or 0] = None
        message = f"{SALE_PRICE} is not above 0 and below the price."
        self.warn(row_number, f"invalid_{SALE_PRICE}", SALE_PRICE, message, cells)

    def _without_controls(self, row_number: int, cells: list[str]) -> list[str]:
        cleaned = [_controls.sub("", cell) for cell in cells]
        touched = [place for place, cell in enumerate(cells) if cell != cleaned[place]]
        if touched:
            name = self._header.names[touched[0]] if touched[0] < self.width else None
            message = f"{name or 'The row'} holds control characters, which are left out."
            self.warn(row_number, "control_characters", name, message, cells)
        return cleaned

    def _fitted(self, row_number: int, cells: list[str]) -> list[str]:
        """A row of the header's width. What stands beyond it, or fails to stand, says that columns have shifted."""
        if any(cell.strip() for cell in cells[self.width :]):
            message = f"The row has {len(cells)} columns, the header {self.width}: its values may have shifted."
            raise RowError("too_many_columns", None, message)
        if len(cells) < self.width:
            message = f"The row has {len(cells)} of {self.width} columns; the others are read as empty."
            self.warn(row_number, "too_few_columns", None, message, cells)
        return (cells + [""] * self.width)[: self.width]


class _Memo(dict[str, Value]):
    """Values of one column by their text: most columns have few, and a dictionary is faster than any check.

    Of columns with many only the first are kept.
    """

    _MOST = 512

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field

    def __missing__(self, text: str) -> Value:
        stripped = text.strip()
        value = self._field.read(stripped) if stripped else self._field.default
        if len(self) < self._MOST:
            self[text] = value
        return value


def _picker(places: Sequence[int]) -> Callable[[list[str]], Sequence[str]]:
    # itemgetter gives a tuple from two places on.
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: [cells[place] for place in places]


def _required_error(product_id: str, title: str, price: str, error: PriceError | None) -> RowError:
    """One error for all that is missing, named by the first of it."""
    found = []
    if not product_id:
        found.append(("missing_id", ID, "The row has no id."))
    if not title:
        found.append(("missing_title", TITLE, "The row has no title."))
    if error is not None:
        found.append(
            ("invalid_price", PRICE, str(error)) if price else ("missing_price", PRICE, "The row has no price.")
        )
    code, field, _ = found[0]
    return RowError(code, field, " ".join(message for _, _, message in found))


def _columns(header: Header) -> tuple[str, ...]:
    names = [field.column for _, field in header.optional]
    if GTIN in names:
        names.insert(names.index(GTIN) + 1, "gtin_type")
    return (*_REQUIRED_COLUMNS, *names)
