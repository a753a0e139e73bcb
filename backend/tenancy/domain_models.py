from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, Timestamps


class Domain(Timestamps, Model):
    """A domain of somebody's own. No two of both tables have one name: a trigger sees to it (migration 0007)."""

    __abstract__ = True

    domain: Mapped[str]
    is_primary: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    ssl_status: Mapped[str] = mapped_column(default="pending", server_default="pending")
    ssl_verified_at: Mapped[datetime | None]
    verification_token: Mapped[str]
    is_verified: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    verified_at: Mapped[datetime | None]
    last_checked_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    # DNS failures in a row, and whether the present streak of failed checks has been told to the admins.
    dns_failures: Mapped[int] = mapped_column(default=0, server_default="0")
    is_failure_told: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


def _constraints(table: str, owner: str) -> tuple[Index | UniqueConstraint, ...]:
    return (
        UniqueConstraint("domain", name=f"uq_{table}_domain"),
        UniqueConstraint("verification_token", name=f"uq_{table}_verification_token"),
        Index(f"ix_{table}_{owner}", owner, "id"),
        Index(f"uq_{table}_primary", owner, unique=True, postgresql_where=text("is_primary")),
    )


class StoreDomain(Domain):
    """A custom domain of one store."""

    __tablename__ = "store_domains"

    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id", name="fk_store_domains_store", ondelete="CASCADE"))

    __table_args__ = _constraints(__tablename__, "store_id")


class MerchantDomain(Domain):
    """A custom domain of a merchant, inherited by its stores."""

    __tablename__ = "merchant_domains"

    merchant_id: Mapped[int] = mapped_column(
        ForeignKey("merchants.id", name="fk_merchant_domains_merchant", ondelete="CASCADE")
    )

    __table_args__ = _constraints(__tablename__, "merchant_id")
