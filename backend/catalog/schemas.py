from datetime import datetime
from typing import Literal

import msgspec

from backend.auth import Person
from backend.catalog.import_outcome import ImportStatus
from backend.catalog.row_issue import IssueSeverity
from backend.core.fields import Id, JsonObject, WebAddress

Language = Literal["fr", "de", "en"]


class ImportFromUrl(msgspec.Struct, forbid_unknown_fields=True):
    store_id: Id
    language: Language
    source_url: WebAddress


class UploadFields(msgspec.Struct, forbid_unknown_fields=True):
    """What stands beside the file in an upload."""

    store_id: Id
    language: Language


class ImportOut(msgspec.Struct):
    """An import. `progress` is from 0 to 1 by bytes read; `total_rows` is known once the feed was read to its end."""

    id: int
    store_id: int
    store_name: str
    marketplace: str
    source: str
    language: str
    status: ImportStatus
    progress: float
    total_rows: int | None
    processed_count: int
    imported_count: int
    updated_count: int
    unchanged_count: int
    error_count: int
    warning_count: int
    error_message: str | None
    cancel_requested: bool
    can_retry: bool
    started_by: Person | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None


class RowIssueOut(msgspec.Struct):
    """A row that was not imported (`error`), or not wholly (`warning`); rows count from 1 without the header."""

    row_number: int
    severity: IssueSeverity
    code: str
    field: str | None
    message: str
    raw: JsonObject


class ProductOut(msgspec.Struct):
    """A product of a store, with its title in French, else English, else German."""

    id: int
    store_id: int
    marketplace_product_id: str
    title: str | None
    gtin: str | None
    brand: str | None
    price_cents: int
    currency: str
    availability: str | None
    quantity: int | None
    image_link: str | None
