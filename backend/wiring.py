"""Who subscribes to what, and which routes, jobs and schedules there are: the one list that all three roots use."""

from collections.abc import Sequence
from datetime import time, timedelta

from litestar import Controller

from backend.actions import jobs as action_jobs
from backend.actions.controllers import ActionController
from backend.alerts import AlertChanged, AlertReturned
from backend.alerts import jobs as alert_jobs
from backend.alerts.controllers import AlertController
from backend.alerts.handling_controller import AlertHandlingController
from backend.alerts.snoozing import RETURN_SNOOZED as RETURN_ALERTS
from backend.audit.controllers import AuditController
from backend.auth import EmailChanged, LoginFlood
from backend.auth import jobs as auth_jobs
from backend.auth.api_key_controller import ApiKeyController
from backend.auth.controllers import AuthController
from backend.auth.user_controller import UserController
from backend.catalog import ImportEnded, ProductsImported
from backend.catalog import jobs as catalog_jobs
from backend.catalog.controllers import ImportController
from backend.catalog.product_controller import ProductController
from backend.core.settings import Settings
from backend.delivery import digesting, silence_warning
from backend.delivery import jobs as delivery_jobs
from backend.delivery.delivery_controller import DeliveryController
from backend.delivery.destination_controller import DestinationController
from backend.delivery.escalation_controller import EscalationController
from backend.delivery.explain_controller import ExplainController
from backend.delivery.mail_test_controller import MailTestController
from backend.delivery.personal_controller import PersonalChannelController
from backend.delivery.planning import PLAN_ALERT
from backend.delivery.preference_controller import PreferenceController
from backend.delivery.silence_controller import SilenceController
from backend.delivery.summary_controller import SummaryController
from backend.delivery.unsubscribe_controller import UnsubscribeController
from backend.demo import imports as demo_jobs
from backend.ingest.controllers import IngestController
from backend.jobs import DailyAt, Every, JobDied, JobKind, Schedule, Subscriptions
from backend.jobs import retention as job_retention
from backend.jobs.controllers import JobController
from backend.letzshop import RunEnded
from backend.letzshop import jobs as letzshop_jobs
from backend.letzshop.credentials_controller import CredentialsController
from backend.letzshop.export_controller import ExportController
from backend.letzshop.fulfilment_controller import FulfilmentController
from backend.letzshop.run_controller import LetzshopRunController
from backend.notifications import NotificationCreated, NotificationReturned
from backend.notifications import jobs as notification_jobs
from backend.notifications.controllers import NotificationController
from backend.notifications.marking_controller import NotificationMarkingController
from backend.notifications.snoozing import RETURN_SNOOZED as RETURN_NOTIFICATIONS
from backend.orders import jobs as order_jobs
from backend.orders.controllers import OrderController
from backend.orders.exception_controller import OrderExceptionController
from backend.tenancy import DomainVerificationFailed, StoreActivated, StoreDeactivated
from backend.tenancy import jobs as tenancy_jobs
from backend.tenancy.controllers import MerchantController, StoreController
from backend.tenancy.domain_controller import MerchantDomainController, StoreDomainController
from backend.tenancy.host_controller import HostController


def controllers() -> Sequence[type[Controller]]:
    return [
        AuthController,
        ApiKeyController,
        UserController,
        AuditController,
        JobController,
        MerchantController,
        StoreController,
        StoreDomainController,
        MerchantDomainController,
        HostController,
        ImportController,
        ProductController,
        OrderController,
        OrderExceptionController,
        CredentialsController,
        LetzshopRunController,
        FulfilmentController,
        ExportController,
        NotificationController,
        NotificationMarkingController,
        ActionController,
        AlertController,
        AlertHandlingController,
        DestinationController,
        DeliveryController,
        ExplainController,
        MailTestController,
        PreferenceController,
        PersonalChannelController,
        SilenceController,
        EscalationController,
        UnsubscribeController,
        SummaryController,
        IngestController,
    ]


def job_kinds() -> Sequence[JobKind]:
    packages = (
        job_retention, auth_jobs, tenancy_jobs, notification_jobs, alert_jobs, catalog_jobs, order_jobs,
        letzshop_jobs, delivery_jobs, action_jobs, silence_warning, digesting, demo_jobs,
    )  # fmt: skip
    return [kind for package in packages for kind in package.JOB_KINDS]


def subscriptions() -> Subscriptions:
    return {
        JobDied.name: [notification_jobs.TELL_OF_DEAD_JOB],
        LoginFlood.name: [notification_jobs.TELL_OF_LOGIN_FLOOD],
        EmailChanged.name: [delivery_jobs.FORGET_OLD_ADDRESS],
        ImportEnded.name: [action_jobs.CONCLUDE_IMPORT],
        RunEnded.name: [action_jobs.CONCLUDE_RUN],
        NotificationCreated.name: [delivery_jobs.PLAN_NOTIFICATION],
        NotificationReturned.name: [delivery_jobs.PLAN_RETURNED_NOTIFICATION],
        AlertChanged.name: [PLAN_ALERT],
        AlertReturned.name: [delivery_jobs.PLAN_RETURNED_ALERT],
        ProductsImported.name: [order_jobs.MATCH_EXCEPTIONS],
        DomainVerificationFailed.name: [notification_jobs.TELL_OF_FAILED_DOMAIN],
        StoreActivated.name: [letzshop_jobs.RESCHEDULE],
        StoreDeactivated.name: [letzshop_jobs.RESCHEDULE],
    }


def schedules(settings: Settings) -> Sequence[Schedule]:
    night = settings.timezone
    return [
        Schedule("retention.jobs", job_retention.RETENTION, DailyAt(time(3, 0), night)),
        Schedule("notifications.return_snoozed", RETURN_NOTIFICATIONS, Every(timedelta(minutes=1))),
        Schedule("alerts.return_snoozed", RETURN_ALERTS, Every(timedelta(minutes=1))),
        Schedule("retention.notifications", notification_jobs.RETENTION, DailyAt(time(3, 10), night)),
        Schedule("retention.alerts", alert_jobs.RETENTION, DailyAt(time(3, 20), night)),
        Schedule("retention.imports", catalog_jobs.RETENTION, DailyAt(time(3, 30), night)),
        Schedule("retention.delivery", delivery_jobs.RETENTION, DailyAt(time(4, 0), night)),
        Schedule("retention.letzshop", letzshop_jobs.RETENTION, DailyAt(time(3, 50), night)),
        Schedule("letzshop.watch_silence", letzshop_jobs.WATCH_SILENCE, Every(timedelta(minutes=1))),
        Schedule("retention.auth", auth_jobs.RETENTION, DailyAt(time(3, 40), night)),
        Schedule("actions.hear_missed", action_jobs.HEAR_MISSED, Every(timedelta(minutes=1))),
        Schedule("delivery.tell_unsilenced", delivery_jobs.TELL_UNSILENCED, Every(timedelta(minutes=1))),
        Schedule("delivery.escalate", delivery_jobs.ESCALATE, Every(timedelta(minutes=1))),
        Schedule("delivery.make_digests", digesting.MAKE_DIGESTS, Every(timedelta(minutes=1))),
        Schedule("delivery.silence_warning", silence_warning.SILENCE_WARNING, Every(timedelta(minutes=1))),
        Schedule("tenancy.recheck_domains", tenancy_jobs.RECHECK_DOMAINS, Every(timedelta(hours=6))),
    ]
