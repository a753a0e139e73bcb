"""Letzshop has no EAN field: the number is in `tradeId`, its kind in `tradeId.parser` (domain.md 2.5)."""

from typing import NamedTuple

from backend.catalog import read_gtin

_DIGITS = {"gtin8": 8, "gtin12": 12, "gtin13": 13, "gtin14": 14, "isbn10": 10, "isbn13": 13}


class TradeId(NamedTuple):
    """A number to match products by, or why there is none."""

    number: str | None
    kind: str | None
    problem: str | None = None


NONE = TradeId(None, None)


def read_trade_id(number: str | None, parser: str | None) -> TradeId:
    """The number without separators, its check digit proven; leading zeros that its parser demands are put back."""
    text = (number or "").strip()
    if not text:
        return NONE
    found = read_gtin(text) or read_gtin(text.zfill(_DIGITS.get(parser or "", 0)))
    if found is None:
        return TradeId(None, None, f'"{text[:40]}" is not a valid {parser or "trade number"}')
    return TradeId(found.number, found.kind.value)
