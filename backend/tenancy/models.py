from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, Timestamps


class Merchant(Timestamps, Model):
    """A legal entity: contracts, billing and loyalty are with it; its shops are stores."""

    __tablename__ = "merchants"

    name: Mapped[str]
    description: Mapped[str | None]
    owner_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_merchants_owner_user", ondelete="SET NULL")
    )
    contact_email: Mapped[str]
    contact_phone: Mapped[str | None]
    website: Mapped[str | None]
    business_address: Mapped[str | None]
    tax_number: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    is_verified: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    __table_args__ = (
        Index("ix_merchants_name", text("lower(name)"), "id"),
        Index("ix_merchants_owner_user_id", owner_user_id, postgresql_where=text("owner_user_id is not null")),
    )


class Store(Timestamps, Model):
    """One shop of a merchant: products, orders and imports belong to it."""

    __tablename__ = "stores"

    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id", name="fk_stores_merchant"), index=True)
    store_code: Mapped[str]
    subdomain: Mapped[str]
    name: Mapped[str]
    description: Mapped[str | None]
    letzshop_csv_url_fr: Mapped[str | None]
    letzshop_csv_url_en: Mapped[str | None]
    letzshop_csv_url_de: Mapped[str | None]
    letzshop_default_tax_rate: Mapped[int] = mapped_column(default=17, server_default="17")
    letzshop_boost_sort: Mapped[float] = mapped_column(Float(53), default=0, server_default="0")
    letzshop_delivery_method: Mapped[str] = mapped_column(default="package_delivery", server_default="package_delivery")
    letzshop_preorder_days: Mapped[int] = mapped_column(default=0, server_default="0")
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    is_verified: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    __table_args__ = (
        UniqueConstraint("store_code", name="uq_stores_store_code"),
        UniqueConstraint("subdomain", name="uq_stores_subdomain"),
        Index("ix_stores_name", text("lower(name)"), "id"),
    )
