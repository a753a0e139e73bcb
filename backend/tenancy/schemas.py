from datetime import datetime

import msgspec

from backend.auth import Person
from backend.core.fields import Email, Id, Line, Text, WebAddress
from backend.tenancy.fields import (
    BoostSort,
    DeliveryMethod,
    PreorderDays,
    StoreCode,
    Subdomain,
    TaxRate,
)


class MerchantIn(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    contact_email: Email
    owner_user_id: Id | None = None
    description: Text | None = None
    contact_phone: Line | None = None
    website: WebAddress | None = None
    business_address: Text | None = None
    tax_number: Line | None = None


class MerchantPatch(msgspec.Struct, forbid_unknown_fields=True):
    """An absent field stays; null empties one that may be empty."""

    name: Line | msgspec.UnsetType = msgspec.UNSET
    contact_email: Email | msgspec.UnsetType = msgspec.UNSET
    owner_user_id: Id | msgspec.UnsetType | None = msgspec.UNSET
    description: Text | msgspec.UnsetType | None = msgspec.UNSET
    contact_phone: Line | msgspec.UnsetType | None = msgspec.UNSET
    website: WebAddress | msgspec.UnsetType | None = msgspec.UNSET
    business_address: Text | msgspec.UnsetType | None = msgspec.UNSET
    tax_number: Line | msgspec.UnsetType | None = msgspec.UNSET
    is_active: bool | msgspec.UnsetType = msgspec.UNSET


class MerchantOut(msgspec.Struct):
    """`stopped_schedules` names what this very call has stopped; empty when it is read."""

    id: int
    name: str
    contact_email: str
    owner_user_id: int | None
    owner: Person | None
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
    stopped_schedules: list[str]


class StoreIn(msgspec.Struct, forbid_unknown_fields=True):
    merchant_id: Id
    name: Line
    store_code: StoreCode
    subdomain: Subdomain
    description: Text | None = None
    letzshop_csv_url_fr: WebAddress | None = None
    letzshop_csv_url_en: WebAddress | None = None
    letzshop_csv_url_de: WebAddress | None = None
    letzshop_default_tax_rate: TaxRate = 17
    letzshop_boost_sort: BoostSort = 0.0
    letzshop_delivery_method: DeliveryMethod = "package_delivery"
    letzshop_preorder_days: PreorderDays = 0


class StorePatch(msgspec.Struct, forbid_unknown_fields=True):
    """An absent field stays; null empties one that may be empty."""

    name: Line | msgspec.UnsetType = msgspec.UNSET
    store_code: StoreCode | msgspec.UnsetType = msgspec.UNSET
    subdomain: Subdomain | msgspec.UnsetType = msgspec.UNSET
    description: Text | msgspec.UnsetType | None = msgspec.UNSET
    letzshop_csv_url_fr: WebAddress | msgspec.UnsetType | None = msgspec.UNSET
    letzshop_csv_url_en: WebAddress | msgspec.UnsetType | None = msgspec.UNSET
    letzshop_csv_url_de: WebAddress | msgspec.UnsetType | None = msgspec.UNSET
    letzshop_default_tax_rate: TaxRate | msgspec.UnsetType = msgspec.UNSET
    letzshop_boost_sort: BoostSort | msgspec.UnsetType = msgspec.UNSET
    letzshop_delivery_method: DeliveryMethod | msgspec.UnsetType = msgspec.UNSET
    letzshop_preorder_days: PreorderDays | msgspec.UnsetType = msgspec.UNSET
    is_active: bool | msgspec.UnsetType = msgspec.UNSET


class StoreOut(msgspec.Struct):
    """`stopped_schedules` names what this very call has stopped; empty when it is read."""

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
    letzshop_default_tax_rate: int
    letzshop_boost_sort: float
    letzshop_delivery_method: str
    letzshop_preorder_days: int
    is_active: bool
    is_verified: bool
    created_at: datetime
    updated_at: datetime
    stopped_schedules: list[str]
