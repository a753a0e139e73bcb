from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, Timestamps

_UNREAD = text("not is_read and settled_at is null and deleted_at is null")
_LISTED = text("deleted_at is null")
# Spelled as PostgreSQL gives it back, so that `alembic check` finds it unchanged.
_ENDED_AT = "LEAST(read_at, settled_at)"


class AdminNotification(Timestamps, Model):
    """Something that the admins should know. Read state is the team's; deleting only hides it until retention."""

    __tablename__ = "admin_notifications"
    __table_args__ = (
        Index("ix_admin_notifications_unread", "priority", postgresql_where=_UNREAD),
        Index("ix_admin_notifications_unread_newest", "id", postgresql_where=_UNREAD),
        Index("ix_admin_notifications_store", "store_id", "id", postgresql_where=_LISTED),
        Index("ix_admin_notifications_type", "type", "id", postgresql_where=_LISTED),
        Index("ix_admin_notifications_priority", "priority", "id", postgresql_where=_LISTED),
        Index("ix_admin_notifications_alert", "alert_id", postgresql_where=text("alert_id is not null")),
        Index("ix_admin_notifications_created_at", "created_at"),
        Index("ix_admin_notifications_snoozed", "snoozed_until", postgresql_where=text("snoozed_until is not null")),
        Index(
            "ix_admin_notifications_returned",
            "returned_at",
            postgresql_where=text(
                "returned_at is not null and not is_read and settled_at is null and deleted_at is null"
            ),
        ),
        Index(
            "ix_admin_notifications_back_at",
            "back_at",
            postgresql_where=text("back_at is not null and deleted_at is null"),
        ),
        Index(
            "ix_admin_notifications_ended_at",
            literal_column(_ENDED_AT).label("ended_at"),
            postgresql_where=text(f"{_ENDED_AT} is not null"),
        ),
        Index(
            "ix_admin_notifications_search",
            # Spelled as PostgreSQL gives it back, so that `alembic check` finds it unchanged.
            literal_column("((title || ' '::text) || message)").label("search"),
            postgresql_using="gin",
            postgresql_ops={"search": "gin_trgm_ops"},
        ),
    )

    type: Mapped[str]
    priority: Mapped[str]
    title: Mapped[str]
    message: Mapped[str]
    is_read: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    read_at: Mapped[datetime | None]
    read_by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    action_required: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    action_url: Mapped[str | None]
    # `metadata` is taken by SQLAlchemy's declarative classes.
    notification_metadata: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")  # Any: JSON
    store_id: Mapped[int | None]
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("platform_alerts.id", ondelete="SET NULL"))
    settled_at: Mapped[datetime | None]
    settled_reason: Mapped[str | None]
    deleted_at: Mapped[datetime | None]
    # Until then it counts as read, and whoever had read it stays; then it comes back unread, by nobody, and as new.
    snoozed_until: Mapped[datetime | None]
    snoozed_by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_admin_notifications_snoozed_by", ondelete="SET NULL")
    )
    returned_at: Mapped[datetime | None]
    # Unread once more since then, also when somebody woke it by hand, which is not as new: digests tell it then.
    back_at: Mapped[datetime | None]


class SeenMark(Model):
    """Up to which notification an admin has looked: what is newer is new to them."""

    __tablename__ = "notification_seen_marks"
    __table_args__ = (UniqueConstraint("user_id", name="uq_notification_seen_marks_user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    last_seen_id: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.tocsin_now())
