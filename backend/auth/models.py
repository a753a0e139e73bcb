from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, Timestamps


class User(Timestamps, Model):
    """A person. `email` is kept in lower case, so that its unique constraint knows no case."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("email", name="uq_users_email"),)

    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str] = mapped_column()
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))


class UserSession(Model):
    """A signed-in browser. Times are the database's own, since the hot check compares them with its clock."""

    __tablename__ = "user_sessions"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_user_sessions_token_hash"),
        Index("ix_user_sessions_live", "user_id", "id", postgresql_where=text("ended_at is null")),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.tocsin_now())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.tocsin_now())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str | None]
    user_agent: Mapped[str | None]


class ApiKey(Model):
    """A machine's key. After a rotation the previous secret lives on until `previous_expires_at`."""

    __tablename__ = "api_keys"
    __table_args__ = (
        UniqueConstraint("key_hash", name="uq_api_keys_key_hash"),
        Index(
            "uq_api_keys_previous_hash",
            "previous_hash",
            unique=True,
            postgresql_where=text("previous_hash is not null"),
        ),
    )

    name: Mapped[str]
    role: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(LargeBinary)
    last_four: Mapped[str]
    previous_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    previous_expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.tocsin_now())
    created_by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    rotated_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class LoginThrottle(Model):
    """Failed sign-ins of one subject: an account, an address, or an account at an address it has succeeded from."""

    __tablename__ = "login_throttles"
    __table_args__ = (UniqueConstraint("subject", name="uq_login_throttles_subject"),)

    subject: Mapped[str]
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    blocked_until: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
