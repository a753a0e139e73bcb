from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, Timestamps, metadata


class Product(Timestamps, Model):
    """A product that a store offers on a marketplace; prices include VAT. Texts are in `product_translations`."""

    __tablename__ = "products"
    __table_args__ = (
        UniqueConstraint("store_id", "marketplace", "marketplace_product_id", name="uq_products_marketplace_id"),
        Index("ix_products_gtin", "store_id", "gtin", postgresql_where=text("gtin is not null")),
    )

    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id", name="fk_products_store"))
    marketplace: Mapped[str]
    marketplace_product_id: Mapped[str]
    price_cents: Mapped[int] = mapped_column(Integer)
    sale_price_cents: Mapped[int | None] = mapped_column(Integer)
    currency: Mapped[str] = mapped_column(default="EUR", server_default="EUR")
    tax_rate_percent: Mapped[int] = mapped_column(Integer, default=17, server_default="17")
    gtin: Mapped[str | None]
    gtin_type: Mapped[str | None]
    mpn: Mapped[str | None]
    brand: Mapped[str | None]
    identifier_exists: Mapped[bool | None]
    availability: Mapped[str | None]
    quantity: Mapped[int | None] = mapped_column(Integer)
    preorder_days: Mapped[int | None] = mapped_column(Integer)
    delivery_method: Mapped[str | None]
    boost_sort: Mapped[float | None] = mapped_column(Float(53))
    image_link: Mapped[str | None]
    additional_image_links: Mapped[list[str] | None] = mapped_column(ARRAY(Text()))
    google_product_category: Mapped[str | None]
    size: Mapped[str | None]
    gender: Mapped[str | None]
    age_group: Mapped[str | None]
    adult: Mapped[bool | None]
    item_group_id: Mapped[str | None]


# A product's texts in one language: what differs between a store's feeds in French, German and English. No id of its
# own: a feed of a million products writes a million of them.
product_translations = Table(
    "product_translations",
    metadata,
    Column(
        "product_id",
        BigInteger(),
        ForeignKey("products.id", name="fk_product_translations_product", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("language", Text(), primary_key=True),
    Column("title", Text(), nullable=False),
    Column("description", Text()),
    Column("link", Text()),
    Column("product_type", Text()),
    Column("additional_product_type_1", Text()),
    Column("additional_product_type_2", Text()),
    Column("additional_product_type_3", Text()),
    Column("color", Text()),
)


class ImportJob(Model):
    """One product import of a store in one language.

    `run` counts its runs: a retry begins the next one and resets the counts. `processed_count` rows are committed:
    a run that was killed goes on after them.
    """

    __tablename__ = "import_jobs"
    __table_args__ = (
        Index("ix_import_jobs_store", "store_id", "id"),
        Index("ix_import_jobs_status", "status", "id"),
        Index("ix_import_jobs_created_at", "created_at"),
    )

    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id", name="fk_import_jobs_store"))
    marketplace: Mapped[str]
    language: Mapped[str]
    source: Mapped[str]
    source_url: Mapped[str | None]
    storage_key: Mapped[str | None]
    size_bytes: Mapped[int | None]
    status: Mapped[str] = mapped_column(default="pending", server_default="pending")
    run: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    total_rows: Mapped[int | None]
    processed_bytes: Mapped[int] = mapped_column(default=0, server_default="0")
    processed_count: Mapped[int] = mapped_column(default=0, server_default="0")
    imported_count: Mapped[int] = mapped_column(default=0, server_default="0")
    updated_count: Mapped[int] = mapped_column(default=0, server_default="0")
    unchanged_count: Mapped[int] = mapped_column(default=0, server_default="0")
    error_count: Mapped[int] = mapped_column(default=0, server_default="0")
    warning_count: Mapped[int] = mapped_column(default=0, server_default="0")
    error_message: Mapped[str | None]
    started_by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_import_jobs_user", ondelete="SET NULL")
    )
    cancel_requested_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]


class ImportRowIssue(Model):
    """A row of an import that was not imported (error), or not wholly (warning)."""

    __tablename__ = "import_errors"
    __table_args__ = (
        Index("ix_import_errors_job", "job_id", "row_number", "id"),
        Index("ix_import_errors_severity", "job_id", "severity", "row_number", "id"),
    )

    job_id: Mapped[int] = mapped_column(ForeignKey("import_jobs.id", name="fk_import_errors_job", ondelete="CASCADE"))
    row_number: Mapped[int]
    severity: Mapped[str]
    code: Mapped[str]
    field: Mapped[str | None]
    message: Mapped[str]
    raw: Mapped[dict[str, Any]] = mapped_column(JSONB())  # Any: JSON
