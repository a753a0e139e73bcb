from datetime import datetime
from typing import Annotated

import msgspec

from backend.core.fields import Id, Line, Text

Email = Annotated[str, msgspec.Meta(max_length=254, pattern=r"^[^\s@\x00-\x1f\x7f]+@[^\s@\x00-\x1f\x7f]+(?![\s\S])")]
WebAddress = Annotated[str, msgspec.Meta(max_length=2_000, pattern=r"^https?://[^\s\x00-\x1f\x7f]+(?![\s\S])")]
StoreCode = Annotated[str, msgspec.Meta(max_length=50, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*(?![\s\S])")]
# One DNS label (RFC 1035).
Subdomain = Annotated[str, msgspec.Meta(max_length=63, pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?![\s\S])")]


class MerchantIn(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    contact_email: Email
    description: Text | None = None
    contact_phone: Line | None = None
    website: WebAddress | None = None
    business_address: Text | None = None
    tax_number: Line | None = None


class MerchantPatch(msgspec.Struct, forbid_unknown_fields=True):
    """An absent field stays; null empties one that may be empty."""

    name: Line | msgspec.UnsetType = msgspec.UNSET
    contact_email: Email | msgspec.UnsetType = msgspec.UNSET
    description: Text | None | msgspec.UnsetType = msgspec.UNSET
    contact_phone: Line | None | msgspec.UnsetType = msgspec.UNSET
    website: WebAddress | None | msgspec.UnsetType = msgspec.UNSET
    business_address: Text | None | msgspec.UnsetType = msgspec.UNSET
    tax_number: Line | None | msgspec.UnsetType = msgspec.UNSET
    is_active: bool | msgspec.UnsetType = msgspec.UNSET


class MerchantOut(msgspec.Struct):
    id: int
    name: str
    contact_email: str
    description: str | None
    contact_phone: str | None
    website: str | None
    business_address: str | None
    tax_number: str | None
    is_active: bool
    is_verified: bool
    store_count: int
    created_at: datetime
    updated_at: datetime


class StoreIn(msgspec.Struct, forbid_unknown_fields=True):
    merchant_id: Id
    name: Line
    store_code: StoreCode
    subdomain: Subdomain
    description: Text | None = None
    letzshop_csv_url_fr: WebAddress | None = None
    letzshop_csv_url_en: WebAddress | None = None
    letzshop_csv_url_de: WebAddress | None = None


class StorePatch(msgspec.Struct, forbid_unknown_fields=True):
    """An absent field stays; null empties one that may be empty."""

    name: Line | msgspec.UnsetType = msgspec.UNSET
    store_code: StoreCode | msgspec.UnsetType = msgspec.UNSET
    subdomain: Subdomain | msgspec.UnsetType = msgspec.UNSET
    description: Text | None | msgspec.UnsetType = msgspec.UNSET
    letzshop_csv_url_fr: WebAddress | None | msgspec.UnsetType = msgspec.UNSET
    letzshop_csv_url_en: WebAddress | None | msgspec.UnsetType = msgspec.UNSET
    letzshop_csv_url_de: WebAddress | None | msgspec.UnsetType = msgspec.UNSET
    is_active: bool | msgspec.UnsetType = msgspec.UNSET


class StoreOut(msgspec.Struct):
    id: int
    merchant_id: int
    merchant_name: str
    name: str
    store_code: str
    subdomain: str
    description: str | None
    letzshop_csv_url_fr: str | None
    letzshop_csv_url_en: str | None
    letzshop_csv_url_de: str | None
    is_active: bool
    is_verified: bool
    created_at: datetime
    updated_at: datetime
