"""Durable jobs and events: rows in PostgreSQL, arq as their doorbell (docs/decisions/0003)."""

from backend.jobs.events import SUBSCRIPTIONS, Event, Subscriptions, publish
from backend.jobs.job_died import JobDied
from backend.jobs.job_kind import (
    KINDS,
    JobKind,
    JobRun,
    PermanentJobError,
    Resources,
    RetryLaterError,
    in_one_transaction,
)
from backend.jobs.queue import enqueue
from backend.jobs.rhythm import DailyAt, Every
from backend.jobs.schedules import Schedule

__all__ = [
    "KINDS",
    "SUBSCRIPTIONS",
    "DailyAt",
    "Event",
    "Every",
    "JobDied",
    "JobKind",
    "JobRun",
    "PermanentJobError",
    "Resources",
    "RetryLaterError",
    "Schedule",
    "Subscriptions",
    "enqueue",
    "in_one_transaction",
    "publish",
]
