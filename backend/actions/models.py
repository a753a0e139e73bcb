from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model


class ActionRun(Model):
    """One time that somebody asked for an action of a notification.

    Of those that have not ended there is one of each kind. What it started is `import_id` or `letzshop_run_id`,
    whose result is its own.
    """

    __tablename__ = "action_runs"
    __table_args__ = (
        Index("ix_action_runs_notification", "notification_id", "id"),
        Index(
            "uq_action_runs_unfinished",
            "notification_id",
            "kind",
            unique=True,
            postgresql_where=text("status in ('pending', 'running')"),
        ),
        Index("ix_action_runs_import", "import_id", postgresql_where=text("status = 'running'")),
        Index("ix_action_runs_letzshop_run", "letzshop_run_id", postgresql_where=text("status = 'running'")),
        Index("ix_action_runs_alert", "alert_id", postgresql_where=text("alert_id is not null")),
    )

    notification_id: Mapped[int] = mapped_column(
        ForeignKey("admin_notifications.id", name="fk_action_runs_notification", ondelete="CASCADE")
    )
    alert_id: Mapped[int | None] = mapped_column(
        ForeignKey("platform_alerts.id", name="fk_action_runs_alert", ondelete="SET NULL")
    )
    kind: Mapped[str]
    target: Mapped[dict[str, Any]] = mapped_column(JSONB())  # Any: JSON
    status: Mapped[str] = mapped_column(default="pending", server_default="pending")
    import_id: Mapped[int | None]
    letzshop_run_id: Mapped[int | None]
    result: Mapped[str | None]
    started_by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_action_runs_user", ondelete="SET NULL")
    )
    created_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))
    completed_at: Mapped[datetime | None]
