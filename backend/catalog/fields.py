"""The columns of the feed (Letzshop's, which follows Google Shopping) and where their values are stored."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backend.catalog.gtin import Gtin, read_gtin
from backend.catalog.price import PriceError, quote, read_price

LONGEST_ID = 255
LONGEST_TITLE = 1_000
LONGEST_DESCRIPTION = 20_000
_LONGEST_NAME = 255
_LONGEST_PATH = 750
_LONGEST_URL = 2_048
_MOST_IMAGES = 50

DEFAULT_TAX_RATE = 17

_whole_number = re.compile(r"[0-9]{1,9}(?:[.,]0+)?").fullmatch
_decimal_number = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,6})?").fullmatch
_percent = re.compile(r"([0-9]{1,2})(?:[.,]0+)? ?%?").fullmatch
_next_url = re.compile(r"\s*,\s*(?=[a-z]+://)", re.IGNORECASE).split

_AVAILABILITIES = {
    "in stock": "in_stock",
    "in_stock": "in_stock",
    "out of stock": "out_of_stock",
    "out_of_stock": "out_of_stock",
    "preorder": "preorder",
    "pre-order": "preorder",
    "backorder": "backorder",
}
_SWITCHES = dict.fromkeys(("true", "yes", "ja", "wahr", "oui", "vrai", "1"), True) | dict.fromkeys(
    ("false", "no", "nein", "falsch", "non", "faux", "0"), False
)
_TAX_RATES = frozenset({0, 3, 8, 14, 17})  # Luxembourg's
_DELIVERIES = {name: name for name in ("nationwide", "package_delivery", "self_collect")}
_GENDERS = {name: name for name in ("male", "female", "unisex")}
_AGE_GROUPS = {name: name for name in ("adult", "kids", "toddler", "infant", "newborn")}

_WEB = ("https://", "http://")

Value = str | int | float | bool | list[str] | Gtin | None


class ValueRefusedError(ValueError):
    """An optional value that is dropped with a warning; the message says why."""


@dataclass(frozen=True, slots=True)
class Field:
    """One known column. `texts` belong to a product in one language, the others to the product itself."""

    name: str
    column: str
    read: Callable[[str], Value]
    is_text: bool = False
    default: Value = None

    @property
    def code(self) -> str:
        """What its warnings are called, as `invalid_tax_rate`."""
        return f"invalid_{self.name.rpartition(':')[2]}"


def _words(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest:
            raise ValueRefusedError(f"is longer than {longest} characters")
        return text

    return read


def _choice(choices: Mapping[str, Value]) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        value = choices.get(text)
        if value is None:
            value = choices.get(text.lower())
        if value is None:
            raise ValueRefusedError(f"{quote(text)} is not one of the known values")
        return value

    return read


def _read_url(text: str) -> str:
    if " " in text or not (text.startswith(_WEB) or text[:8].lower().startswith(_WEB)):
        raise ValueRefusedError(f"{quote(text)} is not an http or https address")
    if len(text) > _LONGEST_URL:
        raise ValueRefusedError(f"is longer than {_LONGEST_URL} characters")
    return text


def _read_urls(text: str) -> list[str]:
    urls = [_read_url(url.strip()) for url in _next_url(text)]
    if len(urls) > _MOST_IMAGES:
        raise ValueRefusedError(f"names more than {_MOST_IMAGES} images")
    return urls


def _read_count(text: str) -> int:
    if text.isdecimal() and text.isascii() and len(text) <= len("999999999"):
        return int(text)
    if _whole_number(text) is None:
        raise ValueRefusedError(f"{quote(text)} is not a whole number of at least 0")
    return int(re.split("[.,]", text)[0])


def _read_boost(text: str) -> float:
    if _decimal_number(text) is None or (boost := float(text.replace(",", "."))) > 10:  # noqa: PLR2004 - its scale
        raise ValueRefusedError(f"{quote(text)} is not a number from 0.0 to 10.0")
    return boost


def _read_tax_rate(text: str) -> int:
    percent = _percent(text)
    if percent is None or int(percent[1]) not in _TAX_RATES:
        raise ValueRefusedError(f"{quote(text)} is not a Luxembourg VAT rate (0, 3, 8, 14, 17)")
    return int(percent[1])


def _read_sale_price(text: str) -> int:
    try:
        return read_price(text)
    except PriceError as error:
        raise ValueRefusedError(str(error)) from error


def _read_gtin(text: str) -> Gtin:
    gtin = read_gtin(text)
    if gtin is None:
        raise ValueRefusedError(f"{quote(text)} is not a valid GTIN or ISBN")
    return gtin


ID, TITLE, PRICE = "id", "title", "price"
REQUIRED = (ID, TITLE, PRICE)
DESCRIPTION, GTIN, SALE_PRICE = "description", "gtin", "sale_price"

OPTIONAL = (
    Field(DESCRIPTION, "description", _words(LONGEST_DESCRIPTION), is_text=True),
    Field("link", "link", _read_url, is_text=True),
    Field("product_type", "product_type", _words(_LONGEST_PATH), is_text=True),
    *(
        Field(f"atalanda:{name}", name, _words(_LONGEST_PATH), is_text=True)
        for name in ("additional_product_type_1", "additional_product_type_2", "additional_product_type_3")
    ),
    Field("color", "color", _words(_LONGEST_NAME), is_text=True),
    Field(SALE_PRICE, "sale_price_cents", _read_sale_price),
    Field("image_link", "image_link", _read_url),
    Field("additional_image_link", "additional_image_links", _read_urls),
    Field("availability", "availability", _choice(_AVAILABILITIES)),
    Field("brand", "brand", _words(_LONGEST_NAME)),
    Field(GTIN, "gtin", _read_gtin),
    Field("mpn", "mpn", _words(_LONGEST_NAME)),
    Field("identifier_exists", "identifier_exists", _choice(_SWITCHES)),
    Field("google_product_category", "google_product_category", _words(_LONGEST_PATH)),
    Field("atalanda:tax_rate", "tax_rate_percent", _read_tax_rate, default=DEFAULT_TAX_RATE),
    Field("atalanda:quantity", "quantity", _read_count),
    Field("atalanda:preorder_days", "preorder_days", _read_count),
    Field("atalanda:boost_sort", "boost_sort", _read_boost),
    Field("atalanda:delivery_method", "delivery_method", _choice(_DELIVERIES)),
    Field("size", "size", _words(_LONGEST_NAME)),
    Field("gender", "gender", _choice(_GENDERS)),
    Field("age_group", "age_group", _choice(_AGE_GROUPS)),
    Field("adult", "adult", _choice(_SWITCHES)),
    Field("item_group_id", "item_group_id", _words(_LONGEST_NAME)),
)
