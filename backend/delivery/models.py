from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, Integer, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import BigInteger, Text

import backend.alerts  # noqa: F401 - messages refer to alerts and notifications by their tables' names
from backend.db.base import Model, Timestamps


class Destination(Timestamps, Model):
    """Where deliveries go: a shared webhook, chat or mail address, or with `user_id` a person's own.

    `types` and `store_ids` limit a shared one, empty they do not; a person's are limited by their preferences.
    The circuit breaker, the throttle and the record of failures are the destination's, so that one that is down or
    flooded holds up no other.
    """

    __tablename__ = "delivery_destinations"
    __table_args__ = (
        CheckConstraint("kind in ('email', 'chat', 'webhook')", name="kind"),
        Index(
            "uq_delivery_destinations_personal",
            "user_id",
            "kind",
            unique=True,
            postgresql_where=text("user_id is not null"),
        ),
    )

    kind: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_delivery_destinations_user", ondelete="CASCADE")
    )
    name: Mapped[str]
    # A person's mail address is that of their account: nothing is sealed then.
    sealed_address: Mapped[str | None]
    shown_address: Mapped[str] = mapped_column(server_default="")
    types: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    min_priority: Mapped[str] = mapped_column(default="low", server_default="low")
    store_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default="{}")
    language: Mapped[str] = mapped_column(default="en", server_default="en")
    is_enabled: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[str | None]
    # Gone from every list; the history of its deliveries stays.
    deleted_at: Mapped[datetime | None]
    sealed_secret: Mapped[str | None]
    sealed_previous_secret: Mapped[str | None]
    previous_secret_until: Mapped[datetime | None]
    # Of the first failure since the last success.
    failing_since: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    # The circuit breaker: attempts that failed in a row, open since, and when one may probe.
    failures: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    # Messages in a row of which the mail server said that the address does not exist.
    bounces: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    opened_at: Mapped[datetime | None]
    probe_at: Mapped[datetime | None]
    # The throttle's buckets as they stood at `tokens_at`; null is full. Criticals have one of their own.
    tokens: Mapped[float | None] = mapped_column(Float)
    critical_tokens: Mapped[float | None] = mapped_column(Float)
    tokens_at: Mapped[datetime | None]
    created_by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_delivery_destinations_creator", ondelete="SET NULL")
    )


class Message(Model):
    """Something that was told once: written with all its deliveries and the reasons of those who get none.

    `event_key` names what happened; planning it again changes nothing.
    """

    __tablename__ = "delivery_messages"
    __table_args__ = (
        UniqueConstraint("event_key", name="uq_delivery_messages_event"),
        Index(
            "ix_delivery_messages_notification", "notification_id", postgresql_where=text("notification_id is not null")
        ),
        Index("ix_delivery_messages_alert", "alert_id", "id", postgresql_where=text("alert_id is not null")),
        Index("ix_delivery_messages_created_at", "created_at"),
        Index("ix_delivery_messages_kind", "kind", "id"),
    )

    event_key: Mapped[str]
    kind: Mapped[str]
    category: Mapped[str]
    priority: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    store_id: Mapped[int | None]
    notification_id: Mapped[int | None] = mapped_column(
        ForeignKey("admin_notifications.id", name="fk_delivery_messages_notification", ondelete="SET NULL")
    )
    alert_id: Mapped[int | None] = mapped_column(
        ForeignKey("platform_alerts.id", name="fk_delivery_messages_alert", ondelete="SET NULL")
    )
    action_url: Mapped[str | None]
    thread: Mapped[str | None]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")  # Any: JSON
    # One for each recipient and channel, those that get a delivery included (verdict.py).
    verdicts: Mapped[list[Any]] = mapped_column(JSONB, default=list, server_default="[]")  # Any: JSON
    created_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))


class Delivery(Model):
    """One message on its way to one destination: claimed with a lease, tried by the channel's schedule."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("message_id", "destination_id", name="uq_deliveries"),
        Index("ix_deliveries_destination", "destination_id", "id"),
        Index("ix_deliveries_status", "status", "id"),
        Index("ix_deliveries_store", "store_key", "id", postgresql_where=text("store_key <> 0")),
        Index(
            "ix_deliveries_waiting",
            "store_key",
            "priority_rank",
            "next_attempt_at",
            "id",
            postgresql_where=text("status = 'pending'"),
        ),
        Index("ix_deliveries_destination_pending", "destination_id", postgresql_where=text("status = 'pending'")),
        Index("ix_deliveries_lease", "lease_until", postgresql_where=text("status = 'sending'")),
        Index("ix_deliveries_held", "destination_id", "next_attempt_at", postgresql_where=text("status = 'held'")),
        Index("ix_deliveries_folded_into", "folded_into_id", postgresql_where=text("folded_into_id is not null")),
        # Whether a critical is the first of its store for a while; 3 is their rank.
        Index(
            "ix_deliveries_critical",
            "destination_id",
            "store_key",
            "created_at",
            postgresql_where=text("priority_rank >= 3"),
        ),
        Index("ix_deliveries_sent", "finished_at", postgresql_where=text("status = 'sent'")),
    )

    message_id: Mapped[int] = mapped_column(
        ForeignKey("delivery_messages.id", name="fk_deliveries_message", ondelete="CASCADE")
    )
    destination_id: Mapped[int] = mapped_column(
        ForeignKey("delivery_destinations.id", name="fk_deliveries_destination", ondelete="CASCADE")
    )
    status: Mapped[str] = mapped_column(default="pending", server_default="pending")
    # Why it is in this status, where that says more than the last attempt.
    reason: Mapped[str | None]
    # For the order of claims: criticals first, and between stores in turn; 0 is none or several.
    priority_rank: Mapped[int] = mapped_column(SmallInteger)
    store_key: Mapped[int] = mapped_column(default=0, server_default="0")
    next_attempt_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))
    lease_until: Mapped[datetime | None]
    claims: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    # Since it was planned, or replayed.
    tries: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    last_error: Mapped[str | None]
    folded_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("deliveries.id", name="fk_deliveries_folded_into", ondelete="SET NULL")
    )
    created_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))
    finished_at: Mapped[datetime | None]


class DeliveryAttempt(Model):
    """One try; without an end it was cut off, and nobody knows whether it arrived."""

    __tablename__ = "delivery_attempts"
    __table_args__ = (UniqueConstraint("delivery_id", "number", name="uq_delivery_attempts"),)

    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("deliveries.id", name="fk_delivery_attempts_delivery", ondelete="CASCADE")
    )
    # The claim that made it: counts on over replays.
    number: Mapped[int] = mapped_column(Integer)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    status_code: Mapped[int | None] = mapped_column(Integer)
    error: Mapped[str | None]
    excerpt: Mapped[str | None]


class AlertThread(Model):
    """What was last told of an alert, so that what follows is one update and not a message each time."""

    __tablename__ = "delivery_alert_threads"
    __table_args__ = (UniqueConstraint("alert_id", name="uq_delivery_alert_threads"),)

    alert_id: Mapped[int] = mapped_column(
        ForeignKey("platform_alerts.id", name="fk_delivery_alert_threads_alert", ondelete="CASCADE")
    )
    is_open: Mapped[bool]
    severity: Mapped[str]
    # The loudest that rang for it.
    rung: Mapped[str] = mapped_column(default="low", server_default="low")
    size: Mapped[int] = mapped_column(Integer)
    # Counts messages about the alert; with the alert's id it makes their event keys.
    message_count: Mapped[int] = mapped_column(Integer)
    # A silence keeps it from everybody: it is told when that ends.
    is_silenced: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # Since when nobody has acknowledged it although it is critical, and how many steps of the escalation it has gone.
    critical_since: Mapped[datetime | None]
    escalated_steps: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    updated_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))


class PreferencesRow(Model):
    """What a person chose; without a row they have the defaults (preferences.py)."""

    __tablename__ = "delivery_preferences"
    __table_args__ = (UniqueConstraint("user_id", name="uq_delivery_preferences_user"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", name="fk_delivery_preferences_user", ondelete="CASCADE")
    )
    document: Mapped[dict[str, Any]]  # Any: JSON
    updated_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))


class DigestWindow(Model):
    """A person's digest was made up to `ends_at`: once, whether or not there was something to say."""

    __tablename__ = "delivery_digest_windows"
    __table_args__ = (
        UniqueConstraint("user_id", "ends_at", name="uq_delivery_digest_windows"),
        Index("ix_delivery_digest_windows_message", "message_id", postgresql_where=text("message_id is not null")),
    )

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", name="fk_delivery_digest_windows_user", ondelete="CASCADE")
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("delivery_messages.id", name="fk_delivery_digest_windows_message", ondelete="SET NULL")
    )


class Silence(Timestamps, Model):
    """What matches all of its matchers is not delivered from `starts_at` to `ends_at`; an empty matcher takes all."""

    __tablename__ = "silences"
    __table_args__ = (Index("ix_silences_ends_at", "ends_at"),)

    store_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default="{}")
    merchant_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default="{}")
    types: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    priorities: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    # Somewhere in title or message, in any case.
    phrase: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    comment: Mapped[str]
    created_by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_silences_creator", ondelete="SET NULL")
    )
    # Ended by somebody before its time.
    ended_at: Mapped[datetime | None]
    ended_by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", name="fk_silences_ender", ondelete="SET NULL")
    )
    # The warning before its end was given.
    warned_at: Mapped[datetime | None]


class EscalationStep(Model):
    """Whom a critical alert goes to that nobody has acknowledged `after_minutes` after it became critical."""

    __tablename__ = "delivery_escalation_steps"
    __table_args__ = (UniqueConstraint("position", name="uq_delivery_escalation_steps_position"),)

    position: Mapped[int] = mapped_column(Integer)
    after_minutes: Mapped[int] = mapped_column(Integer)
    user_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default="{}")
    destination_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default="{}")
    # All steps are written anew at each change.
    updated_at: Mapped[datetime] = mapped_column(server_default=text("tocsin_now()"))
