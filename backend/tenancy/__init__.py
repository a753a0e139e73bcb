"""Merchants, their stores and the domains of both."""

from backend.db.names import names_of
from backend.tenancy.belonging import merchants_of_stores, stores_of_merchants
from backend.tenancy.errors import MerchantNotFoundError, StoreNotFoundError
from backend.tenancy.events import DomainVerificationFailed, StoreActivated, StoreDeactivated
from backend.tenancy.host_service import HostService
from backend.tenancy.models import Merchant, Store
from backend.tenancy.platform_host import PlatformHost
from backend.tenancy.resolution import Resolved, Unresolved
from backend.tenancy.service import TenancyService

names_of_merchants = names_of("merchants")
names_of_stores = names_of("stores")

__all__ = [
    "DomainVerificationFailed",
    "HostService",
    "Merchant",
    "MerchantNotFoundError",
    "PlatformHost",
    "Resolved",
    "Store",
    "StoreActivated",
    "StoreDeactivated",
    "StoreNotFoundError",
    "TenancyService",
    "Unresolved",
    "merchants_of_stores",
    "names_of_merchants",
    "names_of_stores",
    "stores_of_merchants",
]
