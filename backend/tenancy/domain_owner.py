"""Whose a domain is: a store's or a merchant's; both kinds are handled alike."""

from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import SQLColumnExpression

from backend.tenancy.domain_models import Domain, MerchantDomain, StoreDomain
from backend.tenancy.models import Merchant, Store


class OwnerKind(StrEnum):
    STORE = "store"
    MERCHANT = "merchant"

    @property
    def domains(self) -> type[Domain]:
        return StoreDomain if self is OwnerKind.STORE else MerchantDomain

    @property
    def owners(self) -> type[Store] | type[Merchant]:
        return Store if self is OwnerKind.STORE else Merchant

    @property
    def owner_column(self) -> SQLColumnExpression[int]:
        return StoreDomain.store_id if self is OwnerKind.STORE else MerchantDomain.merchant_id


class Owner(NamedTuple):
    kind: OwnerKind
    id: int

    @property
    def reference(self) -> dict[str, int]:
        """The column of a domain that names its owner."""
        return {f"{self.kind}_id": self.id}


def owner_of(domain: Domain) -> Owner:
    if isinstance(domain, StoreDomain):
        return Owner(OwnerKind.STORE, domain.store_id)
    if isinstance(domain, MerchantDomain):
        return Owner(OwnerKind.MERCHANT, domain.merchant_id)
    raise TypeError(f"{type(domain).__name__} belongs to nobody")
