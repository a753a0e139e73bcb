"""Who subscribes to what, and which routes, jobs and schedules there are: the one list that all three roots use."""

from collections.abc import Sequence
from datetime import time

from litestar import Controller

from backend.alerts import jobs as alert_jobs
from backend.alerts.controllers import AlertController
from backend.alerts.handling_controller import AlertHandlingController
from backend.audit.controllers import AuditController
from backend.auth import LoginFlood
from backend.auth import jobs as auth_jobs
from backend.auth.api_key_controller import ApiKeyController
from backend.auth.controllers import AuthController
from backend.auth.user_controller import UserController
from backend.catalog import jobs as catalog_jobs
from backend.catalog.controllers import ImportController
from backend.core.settings import Settings
from backend.demo import imports as demo_jobs
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
        ImportController,
        NotificationController,
        NotificationMarkingController,
        AlertController,
        AlertHandlingController,
    ]


def job_kinds() -> Sequence[JobKind]:
    packages = (job_retention, auth_jobs, notification_jobs, alert_jobs, catalog_jobs, demo_jobs)
    return [kind for package in packages for kind in package.JOB_KINDS]


def subscriptions() -> Subscriptions:
    return {
        JobDied.name: [notification_jobs.TELL_OF_DEAD_JOB],
        LoginFlood.name: [notification_jobs.TELL_OF_LOGIN_FLOOD],
    }


def schedules(settings: Settings) -> Sequence[Schedule]:
    night = settings.timezone
    return [
        Schedule("retention.jobs", job_retention.RETENTION, DailyAt(time(3, 0), night)),
        Schedule("retention.notifications", notification_jobs.RETENTION, DailyAt(time(3, 10), night)),
        Schedule("retention.alerts", alert_jobs.RETENTION, DailyAt(time(3, 20), night)),
        Schedule("retention.imports", catalog_jobs.RETENTION, DailyAt(time(3, 30), night)),
        Schedule("retention.auth", auth_jobs.RETENTION, DailyAt(time(3, 40), night)),
    ]
