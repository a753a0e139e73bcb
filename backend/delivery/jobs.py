"""Jobs of the delivery package: planning what happened, passing on, and retention."""

from contextlib import suppress
from datetime import timedelta

from backend.alerts import AlertNotFoundError
from backend.delivery.escalating import pass_on_unattended
from backend.delivery.personal_channels import mail_moved
from backend.delivery.planning import PLAN_ALERT, Planning
from backend.delivery.retention import remove_old
from backend.delivery.unsilencing import tell_of_unsilenced
from backend.jobs import JobKind, JobRun

PLAN_NOTIFICATION = "delivery.plan_notification"
PLAN_RETURNED_NOTIFICATION = "delivery.plan_returned_notification"
PLAN_RETURNED_ALERT = "delivery.plan_returned_alert"
FORGET_OLD_ADDRESS = "delivery.forget_old_address"
ESCALATE = "delivery.escalate"
TELL_UNSILENCED = "delivery.tell_unsilenced"
RETENTION = "delivery.retention"

# As long as the notifications that they tell of.
KEEP_FOR = timedelta(days=365)
_BATCH = 1_000


async def plan_notification(run: JobRun) -> None:
    """Subscribed to NotificationCreated."""
    async with run.finishing() as session:
        await Planning(session, run.clock, run.resources.settings).plan_notification(run.payload["notification_id"])


async def plan_alert(run: JobRun) -> None:
    """Subscribed to AlertChanged; `has_settled` when it was queued to be planned again."""
    async with run.finishing() as session:
        # Retention may have been here before.
        with suppress(AlertNotFoundError):
            planning = Planning(session, run.clock, run.resources.settings)
            await planning.plan_alert(run.payload["alert_id"], has_settled=run.payload.get("has_settled", False))


async def plan_returned_notification(run: JobRun) -> None:
    """Subscribed to NotificationReturned."""
    async with run.finishing() as session:
        planning = Planning(session, run.clock, run.resources.settings)
        await planning.plan_returned_notification(run.payload["notification_id"], due_at=run.payload["due_at"])


async def plan_returned_alert(run: JobRun) -> None:
    """Subscribed to AlertReturned."""
    async with run.finishing() as session:
        with suppress(AlertNotFoundError):
            planning = Planning(session, run.clock, run.resources.settings)
            await planning.plan_returned_alert(run.payload["alert_id"], due_at=run.payload["due_at"])


async def forget_old_address(run: JobRun) -> None:
    """Subscribed to EmailChanged: how mail to the address before fared says nothing of the new one."""
    async with run.finishing() as session:
        await mail_moved(session, run.payload["user_id"])


async def tell_unsilenced(run: JobRun) -> None:
    """Tell of open alerts that a silence kept from everybody and no longer does."""
    await tell_of_unsilenced(run.database, run.clock, run.resources.settings)


async def escalate(run: JobRun) -> None:
    """Pass on critical alerts that nobody acknowledges."""
    await pass_on_unattended(run.database, run.clock, run.resources.settings)


async def remove_old_messages(run: JobRun) -> None:
    """Delete messages older than KEEP_FOR, with their deliveries and attempts, in batches so that locks stay short."""
    before = run.clock.now() - KEEP_FOR
    while True:
        async with run.database.unit_of_work() as session:
            removed = await remove_old(session, before=before, limit=_BATCH)
        if removed < _BATCH:
            return


JOB_KINDS = (
    JobKind(PLAN_NOTIFICATION, plan_notification),
    JobKind(PLAN_ALERT, plan_alert),
    JobKind(PLAN_RETURNED_NOTIFICATION, plan_returned_notification),
    JobKind(PLAN_RETURNED_ALERT, plan_returned_alert),
    JobKind(FORGET_OLD_ADDRESS, forget_old_address),
    JobKind(ESCALATE, escalate),
    JobKind(TELL_UNSILENCED, tell_unsilenced),
    JobKind(RETENTION, remove_old_messages),
)
