"""Amounts as Letzshop's API may write them; which of these its `price` and `total` are is not published."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

# The widest amount that a column of cents holds.
MAX_CENTS = 2_147_483_647

_amount = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,9}))?\s*([A-Z]{3}|€)?").fullmatch
_currencies = {None: "EUR", "€": "EUR"}


class MoneyError(ValueError):
    """An amount that cannot be read; the message quotes it."""


def read_money(value: Any) -> tuple[int, str]:  # Any: JSON
    """Cents, rounded half up, and the currency of a number, "49.99", "49,99" or "49.99 EUR" (domain.md 2.5)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise MoneyError(f"{_quoted(value)} is not an amount.")
    # An API's decimal separator is the only one it writes, hence "1.234" is not 1,234 here, as it might be in a feed.
    parts = _amount(value.strip() if isinstance(value, str) else _plain(value))
    if parts is None:
        raise MoneyError(f"{_quoted(value)} is not an amount.")
    amount = Decimal(f"{parts[1]}.{parts[2] or '0'}")
    cents = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if cents > MAX_CENTS:
        raise MoneyError(f"{_quoted(value)} is too large.")
    return cents, _currencies.get(parts[3], parts[3])


def _plain(number: float) -> str:
    """The shortest text that means this number, without an exponent: as 49.995."""
    return format(Decimal(repr(number)), "f")


def _quoted(value: object) -> str:
    return f'"{str(value)[:40]}"'
