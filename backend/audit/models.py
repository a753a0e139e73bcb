from datetime import datetime
from typing import Any

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model


class AuditEntry(Model):
    """One line of the audit log; a trigger refuses to change or delete it."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_actor", "actor_kind", "actor_id", "id"),
        Index("ix_audit_log_action", "action", "id"),
    )

    at: Mapped[datetime] = mapped_column(server_default=func.tocsin_now())
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    target: Mapped[str | None]
    outcome: Mapped[str]
    address: Mapped[str | None]
    request_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(server_default="{}")  # Any: JSON
