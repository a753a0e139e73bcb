"""Products, and their import from feeds."""

from backend.catalog.events import ProductsImported
from backend.catalog.import_outcome import MARKETPLACE, ImportStatus
from backend.catalog.import_outcome import dedup_key as import_dedup_key
from backend.catalog.models import ImportJob, Product
from backend.catalog.service import ImportService, new_storage_key
from backend.catalog.storage import Storage, open_storage

__all__ = [
    "MARKETPLACE",
    "ImportJob",
    "ImportService",
    "ImportStatus",
    "Product",
    "ProductsImported",
    "Storage",
    "import_dedup_key",
    "new_storage_key",
    "open_storage",
]
