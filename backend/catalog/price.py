"""Prices as feeds write them, read into integer euro cents or refused with a reason.

A wrong guess would sell a product at a thousandth of its price, so what can be read in two ways is refused:
`1.234` (also `1,234`) is 1234 to one reader and 1.23 to another. `0.995`, `1234.567` and `1.2345` have one reading.
"""

import re
from enum import StrEnum

# The widest price a PostgreSQL integer column of cents can hold: 21,474,836.47 EUR.
MAX_CENTS = 2_147_483_647
_LONGEST = 40

_common = re.compile(r"([0-9]{1,7})[.,]([0-9]{2})(?: EUR)?").fullmatch
_parts = re.compile(r"([^0-9.,-]*)([0-9.,' -]*)(.*)", re.DOTALL).fullmatch
_spaced = re.compile(r"[0-9]{1,3}(?:( |')[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?").fullmatch
_grouped_by_dot = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}").fullmatch
_grouped_by_comma = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}").fullmatch
_plain = re.compile(r"([0-9]*)[.,]([0-9]+)|([0-9]+)").fullmatch
_currency = re.compile(r"[A-Z]{3}|[$£¥]|FR\.?|US\$").fullmatch

_EURO = {"", "EUR", "€", "EURO", "EUROS"}
_ODD_CHARACTERS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " ", "\u2019": "'", "\u2212": "-"}
)
# How price labels write whole euros: `12,-`.
_NO_CENTS = (",--", ".--", ",-", ".-")


class PriceProblem(StrEnum):
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    CURRENCY = "currency"


class PriceError(ValueError):
    """A price text that gives no euro amount, with the reason as a value and as a sentence."""

    def __init__(self, problem: PriceProblem, message: str) -> None:
        super().__init__(message)
        self.problem = problem


def read_price(text: str) -> int:
    """Euro cents of a price text, more than two decimals rounded half up; PriceError when it is not one."""
    common = _common(text)
    if common is not None:
        return int(common[1]) * 100 + int(common[2])
    return _read_uncommon(text)


def _read_uncommon(text: str) -> int:
    number = _without_currency(text)
    if number.startswith("-") and any(map(str.isdigit, number)):
        raise PriceError(PriceProblem.NEGATIVE, f"The price {quote(text)} is negative.")
    for ending in _NO_CENTS:
        number = number.removesuffix(ending)
    whole, fraction = _split(number, text)
    cents = _cents(whole, fraction)
    if cents > MAX_CENTS:
        raise PriceError(PriceProblem.TOO_LARGE, f"The price {quote(text)} is too large.")
    return cents


def _without_currency(text: str) -> str:
    parts = _parts(text.translate(_ODD_CHARACTERS).strip()) if len(text) <= _LONGEST else None
    if parts is None or not parts[2].strip():
        raise _unreadable(text)
    before, number, after = parts[1].strip().upper(), parts[2].strip(), parts[3].strip().upper()
    if before and after:
        raise _unreadable(text)
    currency = before or after
    if currency in _EURO:
        return number
    if _currency(currency) is not None:
        raise PriceError(PriceProblem.CURRENCY, f"The price {quote(text)} is in {currency}; only EUR is read.")
    raise _unreadable(text)


def _split(number: str, text: str) -> tuple[str, str]:
    """The digits before and after the decimal separator."""
    if _spaced(number) is not None:
        number = number.replace(" ", "").replace("'", "")
    elif _grouped_by_dot(number) is not None:
        number = number.replace(".", "")
    elif _grouped_by_comma(number) is not None:
        number = number.replace(",", "")
    elif _is_ambiguous(number):
        raise PriceError(
            PriceProblem.AMBIGUOUS,
            f"The price {quote(text)} can be read in two ways; write it with two decimals.",
        )
    plain = _plain(number)
    if plain is None:
        raise _unreadable(text)
    return plain[1] or plain[3] or "0", plain[2] or ""


def _is_ambiguous(number: str) -> bool:
    """One separator, three digits after it, and a number before it that could begin a group of thousands."""
    plain = _plain(number)
    return (
        plain is not None
        and plain[2] is not None
        and len(plain[2]) == len("000")
        and 1 <= len(plain[1]) <= len("000")
        and not plain[1].startswith("0")
    )


def _cents(whole: str, fraction: str) -> int:
    cents = int(whole) * 100 + int((fraction + "00")[:2])
    return cents + 1 if fraction[2:3] >= "5" else cents


def _unreadable(text: str) -> PriceError:
    return PriceError(PriceProblem.UNREADABLE, f"The price {quote(text)} is not a readable amount.")


def quote(text: str) -> str:
    """A value inside a message: in quotation marks and never longer than a line."""
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[:_LONGEST]}…"'
