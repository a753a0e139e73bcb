from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model


class Job(Model):
    """Durable work: written in the caller's transaction, claimed with a lease, finished once.

    `claims` counts how often a worker took it and fences the finish; `failures` counts against the budget of its kind.
    Of the unfinished jobs with one `exclusive_key` only the oldest runs; of those with one `dedup_key` there is one.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_due", "run_at", postgresql_where=text("state = 'queued'")),
        Index("ix_jobs_lease", "lease_until", postgresql_where=text("state = 'running'")),
        Index("ix_jobs_finished", "finished_at", postgresql_where=text("state in ('done', 'cancelled')")),
        Index("ix_jobs_state", "state", "id"),
        Index("ix_jobs_kind", "kind", "id"),
        Index(
            "ix_jobs_waiting_exclusive",
            "exclusive_key",
            "id",
            postgresql_where=text("exclusive_key is not null and state in ('queued', 'running')"),
        ),
        Index(
            "uq_jobs_running_exclusive",
            "exclusive_key",
            unique=True,
            postgresql_where=text("exclusive_key is not null and state = 'running'"),
        ),
        Index(
            "uq_jobs_dedup",
            "dedup_key",
            unique=True,
            postgresql_where=text("dedup_key is not null and state in ('queued', 'running')"),
        ),
    )

    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(server_default="{}")  # Any: JSON
    state: Mapped[str] = mapped_column(server_default="queued")
    exclusive_key: Mapped[str | None]
    dedup_key: Mapped[str | None]
    run_at: Mapped[datetime] = mapped_column(server_default=func.tocsin_now())
    lease_until: Mapped[datetime | None]
    claims: Mapped[int] = mapped_column(server_default="0")
    failures: Mapped[int] = mapped_column(server_default="0")
    last_error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.tocsin_now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class JobSchedule(Model):
    """A job that comes again: every so many seconds, or daily at a local time."""

    __tablename__ = "job_schedules"
    __table_args__ = (
        UniqueConstraint("name", name="uq_job_schedules_name"),
        Index("ix_job_schedules_due", "next_run_at", postgresql_where=text("is_active")),
    )

    name: Mapped[str]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(server_default="{}")  # Any: JSON
    every_seconds: Mapped[int | None]
    daily_at: Mapped[str | None]
    timezone: Mapped[str] = mapped_column(server_default="UTC")
    next_run_at: Mapped[datetime]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
