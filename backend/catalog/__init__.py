"""Products, and their import from feeds."""

from backend.catalog.events import ImportEnded, ProductsImported
from backend.catalog.feed_export import FeedPiece, export_feed
from backend.catalog.gtin import comparable as comparable_gtin
from backend.catalog.gtin import read_gtin
from backend.catalog.import_outcome import MARKETPLACE, ImportStatus
from backend.catalog.import_outcome import dedup_key as import_dedup_key
from backend.catalog.lookup import (
    ProductIdentity,
    find_product,
    placeholder_product,
    products_identified,
)
from backend.catalog.models import ImportJob, Product
from backend.catalog.product_reads import products_by_id, similar_products
from backend.catalog.schemas import ProductOut
from backend.catalog.service import ImportService, new_storage_key
from backend.catalog.storage import Storage, open_storage

__all__ = [
    "MARKETPLACE",
    "FeedPiece",
    "ImportEnded",
    "ImportJob",
    "ImportService",
    "ImportStatus",
    "Product",
    "ProductIdentity",
    "ProductOut",
    "ProductsImported",
    "Storage",
    "comparable_gtin",
    "export_feed",
    "find_product",
    "import_dedup_key",
    "new_storage_key",
    "open_storage",
    "placeholder_product",
    "products_by_id",
    "products_identified",
    "read_gtin",
    "similar_products",
]
