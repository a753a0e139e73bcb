"""Trade item numbers: their kind by length and check digit, spelled as Letzshop's `tradeId.parser` spells it."""

import re
from enum import StrEnum
from typing import NamedTuple

_isbn10 = re.compile(r"[0-9]{9}[0-9X]").fullmatch
_SEPARATORS = str.maketrans("", "", " -\u00a0")


class GtinKind(StrEnum):
    GTIN8 = "gtin8"
    GTIN12 = "gtin12"
    GTIN13 = "gtin13"
    GTIN14 = "gtin14"
    ISBN10 = "isbn10"
    ISBN13 = "isbn13"


class Gtin(NamedTuple):
    number: str
    kind: GtinKind


_KIND_OF_LENGTH = {8: GtinKind.GTIN8, 12: GtinKind.GTIN12, 13: GtinKind.GTIN13, 14: GtinKind.GTIN14}
_LENGTH_OF_ISBN13 = 13


def read_gtin(text: str) -> Gtin | None:
    """The number without spaces and hyphens, and its kind; None when length, digits or check digit are wrong."""
    number = text if text.isdigit() else text.translate(_SEPARATORS).upper()
    if not number.isascii():
        return None
    kind = _KIND_OF_LENGTH.get(len(number))
    if kind is None or not number.isdigit():
        return Gtin(number, GtinKind.ISBN10) if _is_isbn10(number) else None
    if not _adds_up(number) or not number.strip("0"):
        return None
    if len(number) == _LENGTH_OF_ISBN13 and _is_book(number):
        kind = GtinKind.ISBN13
    return Gtin(number, kind)


def _is_book(number: str) -> bool:
    # 979-0 belongs to sheet music (ISMN).
    return number.startswith(("978", "979")) and not number.startswith("9790")


def _adds_up(number: str) -> bool:
    """GS1 modulo 10: from the right, weights 1 and 3 in turn, check digit included."""
    # Characters instead of digits: each counts 48 too many, as often as its weight says.
    characters = number.encode()
    total = sum(characters[-1::-2]) + 3 * sum(characters[-2::-2])
    return (total - 48 * (len(number) + 2 * (len(number) // 2))) % 10 == 0


def _is_isbn10(number: str) -> bool:
    if _isbn10(number) is None:
        return False
    digits = [10 if digit == "X" else int(digit) for digit in number]
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
