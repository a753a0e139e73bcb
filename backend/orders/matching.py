"""Which product of its store an item is: decided from numbers alone, with the reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.catalog import ProductIdentity, comparable_gtin
from backend.core.errors import InvalidInputError


class MatchReason(StrEnum):
    GTIN = "gtin"
    SKU = "sku"


class ExceptionType(StrEnum):
    PRODUCT_NOT_FOUND = "product_not_found"
    GTIN_MISMATCH = "gtin_mismatch"
    DUPLICATE_GTIN = "duplicate_gtin"


@dataclass(frozen=True, slots=True)
class Matched:
    product_id: int
    reason: MatchReason


def gtin_asked_for(text: str) -> str:
    """What somebody typed as a GTIN or ISBN, comparable; raises InvalidInputError naming `gtin`."""
    number = comparable_gtin(text)
    if number is None:
        raise InvalidInputError.field("gtin", "is no valid GTIN or ISBN")
    return number


def match(*, gtin: str | None, sku: str | None, products: Sequence[ProductIdentity]) -> Matched | ExceptionType:
    """The one product that the numbers name; the GTIN decides, and the SKU where there is no GTIN, or several have it.

    `gtin` is a comparable one.
    """
    alike = [product for product in products if gtin is not None and comparable_gtin(product.gtin) == gtin]
    named = next((product for product in products if sku is not None and product.sku == sku), None)
    if len(alike) == 1:
        return Matched(alike[0].id, MatchReason.GTIN)
    if named is None:
        return ExceptionType.DUPLICATE_GTIN if alike else ExceptionType.PRODUCT_NOT_FOUND
    if named in alike:
        return Matched(named.id, MatchReason.SKU)
    if alike:
        return ExceptionType.DUPLICATE_GTIN
    if gtin is not None and comparable_gtin(named.gtin) is not None:
        return ExceptionType.GTIN_MISMATCH
    return Matched(named.id, MatchReason.SKU)


class Candidates:
    """The products of a chunk of items, found again by number: an item meets only those that share one with it."""

    def __init__(self, products: Collection[ProductIdentity]) -> None:
        self._by_gtin: dict[str, list[ProductIdentity]] = {}
        self._by_sku: dict[str, ProductIdentity] = {}
        for product in products:
            self._by_sku[product.sku] = product
            if (gtin := comparable_gtin(product.gtin)) is not None:
                self._by_gtin.setdefault(gtin, []).append(product)

    def match(self, *, gtin: str | None, sku: str | None) -> Matched | ExceptionType:
        """What `match` says of all of them."""
        sharing = list(self._by_gtin.get(gtin or "", ()))
        named = self._by_sku.get(sku or "")
        if named is not None and named not in sharing:
            sharing.append(named)
        return match(gtin=gtin, sku=sku, products=sharing)
