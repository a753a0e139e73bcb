from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model


class IdempotencyKey(Model):
    """The kept reply of one create call; written and read by the API's unit of work, removed after a day."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        UniqueConstraint("principal", "route", "key", name="uq_idempotency_keys"),
        Index("ix_idempotency_keys_created_at", "created_at"),
    )

    principal: Mapped[str]
    route: Mapped[str]
    key: Mapped[str]
    body_hash: Mapped[bytes]
    status: Mapped[int]
    content_type: Mapped[str]
    body: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(server_default=func.tocsin_now())
