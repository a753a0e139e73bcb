"""The end of an import's run: its status, the alert and the notification commit together, in a fresh unit of work."""

from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import AlertType, PlatformAlertService, Severity
from backend.catalog.events import ImportEnded, ProductsImported
from backend.catalog.import_outcome import ImportStatus, Outcome, dedup_key, outcome_of
from backend.catalog.models import ImportJob
from backend.catalog.repository import locked
from backend.catalog.service import hint_progress
from backend.core.clock import Clock
from backend.db.victims import again_as_victim
from backend.jobs import JobRun, publish
from backend.notifications import AdminNotificationService
from backend.tenancy import TenancyService


async def conclude(run: JobRun, import_id: int, import_run: int, outcome: Outcome | None) -> None:
    """End the run, by its counts when there is no `outcome`, and the job with it. A run is ended and told once."""

    async def work() -> None:
        async with run.finishing() as session:
            await end_import(session, run.clock, import_id, import_run, outcome)

    await again_as_victim(work)


async def end_import(
    session: AsyncSession, clock: Clock, import_id: int, import_run: int, outcome: Outcome | None
) -> None:
    """Write how the run ended and tell who has to hear of it; a run that has ended already stays as it is."""
    job = await locked(session, import_id)
    if job is None or job.run != import_run or ImportStatus(job.status).is_finished:
        return
    if outcome is None:
        outcome = outcome_of(job.processed_count, job.error_count)
        job.total_rows = job.processed_count
    if outcome.status is ImportStatus.FAILED and job.cancel_requested_at is not None:
        outcome = Outcome(ImportStatus.CANCELLED)
    job.status = outcome.status.value
    job.completed_at = clock.now()
    if outcome.status is ImportStatus.FAILED:
        job.error_message = outcome.message
    hint_progress(session, job)
    await publish(session, ImportEnded(import_id=job.id, status=job.status, message=outcome.message))
    if job.imported_count or job.updated_count:
        await publish(session, _imported(job))
    # Last, so that the alert's row, which other stores' jobs also want, is held for as short as can be.
    if outcome.heals:
        await _heal(session, clock, job)
    elif outcome.message is not None:
        await _raise(session, clock, job, outcome.message)


async def _raise(session: AsyncSession, clock: Clock, job: ImportJob, message: str) -> None:
    store = await TenancyService(session, clock).get_store(job.store_id)
    alert = await PlatformAlertService(session, clock).create_or_increment_alert(
        alert_type=AlertType.INTEGRATION,
        severity=Severity.ERROR,
        title=f"Product import failing for {store.name}",
        description=message,
        affected_stores=[job.store_id],
        affected_systems=["product import"],
        dedup_key=dedup_key(job.store_id, job.marketplace),
    )
    await AdminNotificationService(session, clock).notify_import_failure(
        store_name=store.name, job_id=job.id, error_message=message, store_id=job.store_id, alert_id=alert.id
    )


async def _heal(session: AsyncSession, clock: Clock, job: ImportJob) -> None:
    await PlatformAlertService(session, clock).heal(
        alert_type=AlertType.INTEGRATION,
        dedup_key=dedup_key(job.store_id, job.marketplace),
        store_id=job.store_id,
        by=f"import {job.id}",
    )


def _imported(job: ImportJob) -> ProductsImported:
    return ProductsImported(
        import_id=job.id,
        store_id=job.store_id,
        imported_count=job.imported_count,
        updated_count=job.updated_count,
    )
