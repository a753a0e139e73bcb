"""Types of tenancy's input fields."""

from typing import Annotated, Literal

import msgspec

# Only the shape of an address: whether it exists is shown by mail alone.
ContactEmail = Annotated[
    str, msgspec.Meta(max_length=254, pattern=r"^[^\s@\x00-\x1f\x7f-\x9f]+@[^\s@\x00-\x1f\x7f-\x9f]+(?![\s\S])")
]
# Whether an address may be dialled is decided when it is (core's egress guard), not when it is typed.
WebAddress = Annotated[str, msgspec.Meta(max_length=2000, pattern=r"^https?://[^\s\x00-\x1f\x7f-\x9f]+(?![\s\S])")]
# Taken in any case; stored as TECHSTORE and tech-store.
StoreCode = Annotated[str, msgspec.Meta(max_length=50, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*(?![\s\S])")]
Subdomain = Annotated[str, msgspec.Meta(max_length=63, pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?![\s\S])")]
TaxRate = Literal[0, 3, 8, 14, 17]  # percent; those of Luxembourg
BoostSort = Annotated[float, msgspec.Meta(ge=0, le=10)]
DeliveryMethod = Literal["nationwide", "package_delivery", "self_collect"]
PreorderDays = Annotated[int, msgspec.Meta(ge=0, le=365)]
