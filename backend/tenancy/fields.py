"""Types of tenancy's input fields."""

from typing import Annotated, Literal

import msgspec

from backend.core.patterns import pattern

_STORE_CODE = pattern(
    r"^[A-Za-z0-9][A-Za-z0-9_-]*(?![\s\S])", "may hold letters, digits, - and _, and begins with a letter or digit"
)
_SUBDOMAIN = pattern(
    r"^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?![\s\S])",
    "may hold letters, digits and -, and begins and ends with a letter or digit",
)

# Taken in any case; stored as TECHSTORE and tech-store.
StoreCode = Annotated[str, msgspec.Meta(max_length=50, pattern=_STORE_CODE)]
Subdomain = Annotated[str, msgspec.Meta(max_length=63, pattern=_SUBDOMAIN)]
TaxRate = Literal[0, 3, 8, 14, 17]  # percent; those of Luxembourg
BoostSort = Annotated[float, msgspec.Meta(ge=0, le=10)]
DeliveryMethod = Literal["nationwide", "package_delivery", "self_collect"]
PreorderDays = Annotated[int, msgspec.Meta(ge=0, le=365)]
