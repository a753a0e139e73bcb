"""Who subscribes to what, and which routes, jobs and schedules there are: the one list that all three roots use."""

from collections.abc import Sequence
from datetime import time

from litestar import Controller

from backend.alerts import jobs as alert_jobs
from backend.alerts.controllers import AlertController
from backend.alerts.handling_controller import AlertHandlingController
from backend.audit.controllers import AuditController
from backend.auth.api_key_controller import ApiKeyController
from backend.auth.controllers import AuthController
from backend.auth.user_controller import UserController
from backend.core.settings import Settings
from backend.jobs import DailyAt, JobDied, JobKind, Schedule, Subscriptions
from backend.jobs import retention as job_retention
from backend.jobs.controllers import JobController
from backend.notifications import jobs as notification_jobs
from backend.notifications.controllers import NotificationController
from backend.notifications.marking_controller import NotificationMarkingController
from backend.tenancy.controllers import MerchantController, StoreController


def controllers() -> Sequence[type[Controller]]:
    return [
        AuthController,
        ApiKeyController,
        UserController,
        AuditController,
        JobController,
        MerchantController,
        StoreController,
        NotificationController,
        NotificationMarkingController,
        AlertController,
        AlertHandlingController,
    ]


def job_kinds() -> Sequence[JobKind]:
    return [*job_retention.JOB_KINDS, *notification_jobs.JOB_KINDS, *alert_jobs.JOB_KINDS]


def subscriptions() -> Subscriptions:
    return {JobDied.name: [notification_jobs.TELL_OF_DEAD_JOB]}


def schedules(settings: Settings) -> Sequence[Schedule]:
    night = settings.timezone
    return [
        Schedule("retention.jobs", job_retention.RETENTION, DailyAt(time(3, 0), night)),
        Schedule("retention.notifications", notification_jobs.RETENTION, DailyAt(time(3, 10), night)),
        Schedule("retention.alerts", alert_jobs.RETENTION, DailyAt(time(3, 20), night)),
    ]
