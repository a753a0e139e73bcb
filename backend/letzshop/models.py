from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

import backend.orders  # noqa: F401 - runs refer to orders by their table's name
from backend.db.base import Model, Timestamps


class LetzshopCredentials(Timestamps, Model):
    """How a store reaches Letzshop, and how its last sync went.

    `confirmed_cursor` leads to the last page of confirmed shipments, or to the first of which something could not be
    taken; `walked_at` is when one last went through that list from its start to its end. `lost_shipments` are those
    that wait here but that such a walk did not find.
    """

    __tablename__ = "letzshop_credentials"
    __table_args__ = (UniqueConstraint("store_id", name="uq_letzshop_credentials_store"),)

    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id", name="fk_letzshop_credentials_store"))
    endpoint_url: Mapped[str]
    sealed_api_key: Mapped[str]
    api_key_last_four: Mapped[str]
    auto_sync_enabled: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    sync_interval_minutes: Mapped[int] = mapped_column(Integer, default=15, server_default="15")
    default_carrier: Mapped[str | None]
    confirmed_cursor: Mapped[str | None]
    walked_at: Mapped[datetime | None]
    last_sync_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_status: Mapped[str | None]
    last_outcome: Mapped[str | None]
    last_error: Mapped[str | None]
    connected_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))
    # When a sync last came through, or could be expected from.
    silence_counts_from: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))
    silent_since: Mapped[datetime | None]
    lost_shipments: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")


class LetzshopEndpoint(Model):
    """The circuit breaker's state for one address, shared by all stores and workers."""

    __tablename__ = "letzshop_endpoints"
    __table_args__ = (UniqueConstraint("endpoint_url", name="uq_letzshop_endpoints_url"),)

    endpoint_url: Mapped[str]
    failures: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    opened_at: Mapped[datetime | None]
    probe_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class LetzshopRun(Model):
    """One sync, historical import or outbound operation of a store.

    `phase`, `page` and `cursor` say what is committed: a run that was killed goes on after it.
    """

    __tablename__ = "letzshop_runs"
    __table_args__ = (
        Index("ix_letzshop_runs_store", "store_id", "id"),
        Index("ix_letzshop_runs_status", "status", "id"),
        Index("ix_letzshop_runs_created_at", "created_at"),
        Index("ix_letzshop_runs_order", "order_id", "id", postgresql_where=text("order_id is not null")),
    )

    kind: Mapped[str]
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id", name="fk_letzshop_runs_store"))
    status: Mapped[str] = mapped_column(default="pending", server_default="pending")
    is_on_demand: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    run: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    phase: Mapped[str | None]
    page: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    cursor: Mapped[str | None]
    delays: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    shipments_fetched: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    orders_created: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    orders_updated: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    orders_unchanged: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    error_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    # The first of them, as {shipment_id, message}. Any: JSON
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSONB(), default=list, server_default="[]")
    error_message: Mapped[str | None]
    # Of failure.py; null for an error of our own, and for a success.
    outcome: Mapped[str | None]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id", name="fk_letzshop_runs_order"))
    # What an outbound operation asks for. Any: JSON
    request: Mapped[dict[str, Any] | None] = mapped_column(JSONB())
    started_by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_letzshop_runs_user", ondelete="SET NULL")
    )
    cancel_requested_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
