"""Trade item numbers: their kind by length and check digit, spelled as Letzshop's `tradeId.parser` spells it."""

import re
from enum import StrEnum
from typing import NamedTuple

_digits = re.compile(r"[0-9]{8}|[0-9]{12,14}").fullmatch
_isbn10 = re.compile(r"[0-9]{9}[0-9X]").fullmatch
# The value of each digit in place of its character.
_VALUES = bytes(max(0, byte - ord("0")) for byte in range(256))
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


def read_gtin(text: str) -> Gtin | None:
    """The number without spaces and hyphens, and its kind; None when length, digits or check digit are wrong."""
    number = text.translate(_SEPARATORS).upper()
    if _isbn10(number) is not None:
        return Gtin(number, GtinKind.ISBN10) if _isbn10_adds_up(number) else None
    if _digits(number) is None or not _adds_up(number) or not number.strip("0"):
        return None
    if len(number) == len("9780000000000") and _is_book(number):
        return Gtin(number, GtinKind.ISBN13)
    return Gtin(number, _KIND_OF_LENGTH[len(number)])


def _is_book(number: str) -> bool:
    # 979-0 belongs to sheet music (ISMN).
    return number.startswith(("978", "979")) and not number.startswith("9790")


def _adds_up(number: str) -> bool:
    """GS1 modulo 10: from the right, weights 1 and 3 in turn, check digit included."""
    digits = number.encode().translate(_VALUES)
    return (sum(digits[-1::-2]) + 3 * sum(digits[-2::-2])) % 10 == 0


def _isbn10_adds_up(number: str) -> bool:
    digits = [10 if digit == "X" else int(digit) for digit in number]
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
