from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, UniqueConstraint, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, Timestamps

_HAS_PENDING = text("pending_exception_count > 0")
_PENDING = text("status = 'pending'")
_WORDS = {"search": "gin_trgm_ops"}


class Customer(Timestamps, Model):
    """Who ordered from a store, by address; `is_active` once they have registered on its storefront."""

    __tablename__ = "customers"
    __table_args__ = (UniqueConstraint("store_id", "email", name="uq_customers_email"),)

    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id", name="fk_customers_store"))
    email: Mapped[str]
    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    phone: Mapped[str | None]
    locale: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class Order(Timestamps, Model):
    """One order of a store; customer and addresses are as they were when it was placed.

    `content_hash` is of all that the marketplace said: what says the same again is not written again.
    """

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("store_id", "channel", "external_shipment_id", name="uq_orders_shipment"),
        Index("ix_orders_date", "order_date", "id"),
        Index("ix_orders_store", "store_id", "order_date", "id"),
        Index("ix_orders_status", "status", "order_date", "id"),
        Index("ix_orders_pending", "order_date", "id", postgresql_where=_HAS_PENDING),
        Index("ix_orders_waiting", "store_id", "channel", postgresql_where=_PENDING),
        Index("ix_orders_customer", "customer_id"),
        Index(
            "ix_orders_notification",
            "exception_notification_id",
            postgresql_where=text("exception_notification_id is not null"),
        ),
        # Spelled as PostgreSQL gives it back, so that `alembic check` finds it unchanged.
        Index(
            "ix_orders_search",
            literal_column(
                "((((((order_number || ' '::text) || external_order_number) || ' '::text)"
                " || COALESCE(customer_email, ''::text)) || ' '::text) || COALESCE(customer_name, ''::text))"
            ).label("search"),
            postgresql_using="gin",
            postgresql_ops=_WORDS,
        ),
    )

    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id", name="fk_orders_store"))
    customer_id: Mapped[int | None] = mapped_column(
        ForeignKey("customers.id", name="fk_orders_customer", ondelete="SET NULL")
    )
    order_number: Mapped[str]
    channel: Mapped[str] = mapped_column(default="direct", server_default="direct")
    external_shipment_id: Mapped[str | None]
    external_order_id: Mapped[str | None]
    external_order_number: Mapped[str] = mapped_column(default="", server_default="")
    external_data: Mapped[dict[str, Any]] = mapped_column(JSONB(), server_default="{}")  # Any: JSON
    content_hash: Mapped[bytes | None] = mapped_column(LargeBinary())
    status: Mapped[str] = mapped_column(default="pending", server_default="pending")
    customer_email: Mapped[str | None]
    customer_name: Mapped[str | None]
    customer_locale: Mapped[str | None]
    shipping_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))  # Any: JSON
    billing_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))  # Any: JSON
    shipping_country_iso: Mapped[str | None]
    billing_country_iso: Mapped[str | None]
    subtotal_cents: Mapped[int]
    shipping_amount_cents: Mapped[int | None]
    total_amount_cents: Mapped[int | None]
    currency: Mapped[str] = mapped_column(default="EUR", server_default="EUR")
    tracking_provider: Mapped[str | None]
    tracking_number: Mapped[str | None]
    order_date: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    pending_exception_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    exception_notification_id: Mapped[int | None] = mapped_column(
        ForeignKey("admin_notifications.id", name="fk_orders_notification", ondelete="SET NULL")
    )


class OrderItem(Model):
    """All pieces of one variant; `units` are `{id, state}` each, `item_state` what they have in common."""

    __tablename__ = "order_items"
    __table_args__ = (UniqueConstraint("order_id", "external_variant_id", name="uq_order_items_variant"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", name="fk_order_items_order", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", name="fk_order_items_product"))
    external_variant_id: Mapped[str]
    product_name: Mapped[str]
    sku: Mapped[str | None]
    mpn: Mapped[str | None]
    brand: Mapped[str | None]
    gtin: Mapped[str | None]
    gtin_type: Mapped[str | None]
    item_state: Mapped[str | None]
    needs_product_match: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    quantity: Mapped[int] = mapped_column(Integer)
    unit_price_cents: Mapped[int]
    total_price_cents: Mapped[int]
    units: Mapped[list[dict[str, Any]]] = mapped_column(JSONB(), server_default="[]")  # Any: JSON


class OrderItemException(Timestamps, Model):
    """An item that no product matched, or too many; `comparable_gtin` is its GTIN in the one spelling of all.

    `is_automatic` says that numbers settled it, and no person.
    """

    __tablename__ = "order_item_exceptions"
    __table_args__ = (
        UniqueConstraint("order_item_id", name="uq_order_item_exceptions_item"),
        Index("ix_order_item_exceptions_order", "order_id"),
        Index("ix_order_item_exceptions_store", "store_id", "id"),
        Index("ix_order_item_exceptions_status", "status", "id"),
        Index("ix_order_item_exceptions_pending", "store_id", "id", postgresql_where=_PENDING),
        Index("ix_order_item_exceptions_gtin", "store_id", "comparable_gtin", postgresql_where=_PENDING),
        Index(
            "ix_order_item_exceptions_search",
            literal_column(
                "((((original_product_name || ' '::text) || COALESCE(original_gtin, ''::text)) || ' '::text)"
                " || COALESCE(original_sku, ''::text))"
            ).label("search"),
            postgresql_using="gin",
            postgresql_ops=_WORDS,
        ),
    )

    order_item_id: Mapped[int] = mapped_column(
        ForeignKey("order_items.id", name="fk_order_item_exceptions_item", ondelete="CASCADE")
    )
    order_id: Mapped[int] = mapped_column(
        ForeignKey("orders.id", name="fk_order_item_exceptions_order", ondelete="CASCADE")
    )
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id", name="fk_order_item_exceptions_store"))
    original_gtin: Mapped[str | None]
    original_product_name: Mapped[str]
    original_sku: Mapped[str | None]
    comparable_gtin: Mapped[str | None]
    exception_type: Mapped[str]
    status: Mapped[str] = mapped_column(default="pending", server_default="pending")
    resolved_product_id: Mapped[int | None] = mapped_column(
        ForeignKey("products.id", name="fk_order_item_exceptions_product")
    )
    resolved_at: Mapped[datetime | None]
    resolved_by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_order_item_exceptions_user", ondelete="SET NULL")
    )
    resolution_notes: Mapped[str | None]
    is_automatic: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
