"""Jobs of the notifications package: telling of what happened elsewhere, and retention."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.jobs import JobKind, JobRun, in_one_transaction
from backend.notifications.kinds import NotificationType, Priority
from backend.notifications.service import AdminNotificationService
from backend.notifications.snoozing import RETURN_SNOOZED
from backend.tenancy import TenancyService

TELL_OF_DEAD_JOB = "notifications.tell_of_dead_job"
TELL_OF_LOGIN_FLOOD = "notifications.tell_of_login_flood"
TELL_OF_FAILED_DOMAIN = "notifications.tell_of_failed_domain"
RETENTION = "notifications.retention"

KEEP_FOR = timedelta(days=365)
_BATCH = 5_000


async def tell_of_dead_job(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """Subscribed to JobDied: a job that gave up is itself something that the admins should know."""
    await AdminNotificationService(session, clock).create_notification(
        type=NotificationType.CRITICAL_ERROR,
        priority=Priority.HIGH,
        title=f"Background job {payload['kind']} gave up",
        message=f"It was parked because {payload['reason']}. Last error: {payload['error']}",
        action_required=True,
        action_url="/jobs?state=dead",
        notification_metadata={"job_id": payload["job_id"], "kind": payload["kind"]},
    )


async def tell_of_login_flood(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """Subscribed to LoginFlood: somebody guesses passwords."""
    count, email, address = payload["failure_count"], payload["email"], payload["address"]
    of_whom = f"the account {email}" if payload["scope"] == "account" and email else f"the address {address}"
    await AdminNotificationService(session, clock).notify_security_alert(
        title=f"{count} failed sign-ins: {of_whom}",
        message="All of them were refused. Further tries are slowed down; nobody is locked out.",
        details={"scope": payload["scope"], "email": email, "address": address, "failure_count": count},
    )


async def tell_of_failed_domain(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """Subscribed to DomainVerificationFailed: the owner's shops may not be reached by their own name."""
    tenancy, store_id = TenancyService(session, clock), payload["store_id"]
    owner = (
        await tenancy.get_store(store_id)
        if store_id is not None
        else await tenancy.get_merchant(payload["merchant_id"])
    )
    await AdminNotificationService(session, clock).notify_store_issue(
        store_name=owner.name,
        issue_type="domain_verification_failed",
        message=f"The domain {payload['domain']} is not verified. {payload['explanation']}",
        store_id=store_id,
    )


async def return_snoozed(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """Bring back notifications whose snooze is over: at its end, and each minute for what that missed."""
    until = payload.get("until")
    await AdminNotificationService(session, clock).return_snoozed(
        until=datetime.fromisoformat(until) if until is not None else None
    )


async def remove_old_notifications(run: JobRun) -> None:
    """Delete notifications older than KEEP_FOR in batches, each its own transaction, so that locks stay short."""
    before = run.clock.now() - KEEP_FOR
    while True:
        async with run.database.unit_of_work() as session:
            removed = await AdminNotificationService(session, run.clock).remove_old(before=before, limit=_BATCH)
        if removed < _BATCH:
            return


JOB_KINDS = (
    JobKind(TELL_OF_DEAD_JOB, in_one_transaction(tell_of_dead_job)),
    JobKind(TELL_OF_LOGIN_FLOOD, in_one_transaction(tell_of_login_flood)),
    JobKind(TELL_OF_FAILED_DOMAIN, in_one_transaction(tell_of_failed_domain)),
    JobKind(RETURN_SNOOZED, in_one_transaction(return_snoozed)),
    JobKind(RETENTION, remove_old_notifications),
)
