"""Merchants and their stores."""

from backend.db.names import names_of
from backend.tenancy.models import Merchant, Store
from backend.tenancy.service import StoreNotFoundError, TenancyService

names_of_stores = names_of("stores")

__all__ = ["Merchant", "Store", "StoreNotFoundError", "TenancyService", "names_of_stores"]
