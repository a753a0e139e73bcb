"""Durable jobs and events: rows in PostgreSQL, arq as their doorbell (docs/decisions/0003)."""

from backend.jobs.events import SUBSCRIPTIONS, Event, Subscriptions, publish, subscribers
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
from backend.jobs.lane import LaneName
from backend.jobs.queue import enqueue, enqueue_at, insert_of_jobs
from backend.jobs.rhythm import DailyAt, Every
from backend.jobs.schedules import Schedule, stop_all

__all__ = [
    "KINDS",
    "SUBSCRIPTIONS",
    "DailyAt",
    "Event",
    "Every",
    "JobDied",
    "JobKind",
    "JobRun",
    "LaneName",
    "PermanentJobError",
    "Resources",
    "RetryLaterError",
    "Schedule",
    "Subscriptions",
    "enqueue",
    "enqueue_at",
    "in_one_transaction",
    "insert_of_jobs",
    "publish",
    "stop_all",
    "subscribers",
]
