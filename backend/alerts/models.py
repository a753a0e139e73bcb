from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, Timestamps

_RESOLVED = text("is_resolved")


class PlatformAlert(Timestamps, Model):
    """Something that is broken, once per fingerprint while it is open.

    Only columns that an increment leaves alone are indexed, so that increments stay HOT updates.
    """

    __tablename__ = "platform_alerts"
    __table_args__ = (
        Index(
            "uq_platform_alerts_open_fingerprint",
            "fingerprint",
            unique=True,
            postgresql_where=text("not is_resolved"),
        ),
        Index("ix_platform_alerts_resolved_fingerprint", "fingerprint", "resolved_at", postgresql_where=_RESOLVED),
        Index("ix_platform_alerts_resolved_position", "settled_position_at", "id", postgresql_where=_RESOLVED),
        Index("ix_platform_alerts_resolved_at", "resolved_at", postgresql_where=_RESOLVED),
        Index(
            "ix_platform_alerts_regressed_from",
            "regressed_from_id",
            postgresql_where=text("regressed_from_id is not null"),
        ),
        Index("ix_platform_alerts_first_occurred_at", "first_occurred_at"),
        Index("ix_platform_alerts_snoozed", "snoozed_until", postgresql_where=text("snoozed_until is not null")),
        Index(
            "ix_platform_alerts_search",
            # Spelled as PostgreSQL gives it back, so that `alembic check` finds it unchanged.
            literal_column("((title || ' '::text) || description)").label("search"),
            postgresql_using="gin",
            postgresql_ops={"search": "gin_trgm_ops"},
        ),
    )

    alert_type: Mapped[str]
    severity: Mapped[str]
    # The severity before the last occurrence: lets one statement see its own escalation.
    previous_severity: Mapped[str]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    fingerprint: Mapped[str]
    affected_systems: Mapped[list[str]] = mapped_column(server_default="[]")
    occurrence_count: Mapped[int] = mapped_column(server_default="1")
    first_occurred_at: Mapped[datetime]
    last_occurred_at: Mapped[datetime]
    is_resolved: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    resolved_at: Mapped[datetime | None]
    resolved_by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    resolution_notes: Mapped[str | None]
    # The last occurrence as it stood when the alert was resolved: the place in lists, kept when it is reopened.
    settled_position_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    assigned_to_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    auto_generated: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    regressed_from_id: Mapped[int | None] = mapped_column(ForeignKey("platform_alerts.id", ondelete="SET NULL"))
    # Until then nothing is sent about it, unless it gets worse.
    snoozed_until: Mapped[datetime | None]
    snoozed_by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_platform_alerts_snoozed_by", ondelete="SET NULL")
    )
    # When its time was over last, and it was still open.
    returned_at: Mapped[datetime | None]


class AlertStore(Model):
    """One store within an alert's scope; healed when a later run of it succeeded. Store ids are not checked."""

    __tablename__ = "alert_stores"
    __table_args__ = (
        UniqueConstraint("alert_id", "store_id", name="uq_alert_stores"),
        Index("ix_alert_stores_store", "store_id", "alert_id"),
    )

    alert_id: Mapped[int] = mapped_column(ForeignKey("platform_alerts.id", ondelete="CASCADE"))
    store_id: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    count: Mapped[int] = mapped_column(server_default="1")
    healed_at: Mapped[datetime | None]


class TimelineEntry(Model):
    """One thing that happened to an alert."""

    __tablename__ = "alert_timeline"
    __table_args__ = (
        Index("ix_alert_timeline_alert", "alert_id", "id"),
        Index(
            "ix_alert_timeline_switches",
            "id",
            postgresql_where=text("kind in ('resolved', 'reopened')"),
        ),
    )

    alert_id: Mapped[int] = mapped_column(ForeignKey("platform_alerts.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    kind: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    detail: Mapped[dict[str, Any]] = mapped_column(server_default="{}")  # Any: JSON
