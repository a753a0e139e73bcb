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


_DIGITS = 14
_BOOKLAND = "978"
# How many digits of the fourteen are written, by kind.
_WRITTEN = (8, 12, 13, 14)


def comparable(text: str | None) -> str | None:
    """One spelling for all numbers of one item: 14 digits, an ISBN-10 as its ISBN-13; None for what is no GTIN."""
    gtin = read_gtin(text) if text else None
    if gtin is None:
        return None
    number = _isbn13_of(gtin.number) if gtin.kind is GtinKind.ISBN10 else gtin.number
    return number.zfill(_DIGITS)


def spellings(number: str) -> list[str]:
    """Every way in which a feed may have written a `comparable` number, as products keep it."""
    written = [number[-length:] for length in _WRITTEN if not number[:-length].strip("0")]
    thirteen = number[1:]
    if number.startswith("0") and thirteen.startswith(_BOOKLAND):
        written.append(_isbn10_of(thirteen))
    return written


def _isbn13_of(isbn10: str) -> str:
    body = _BOOKLAND + isbn10[:-1]
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def _isbn10_of(isbn13: str) -> str:
    body = isbn13[len(_BOOKLAND) : -1]
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), body, strict=True))
    check = -total % 11
    return f"{body}{'X' if check == 10 else check}"  # noqa: PLR2004 - the eleventh check digit
