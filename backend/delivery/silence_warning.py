"""The warning before a silence ends: once, a quarter of an hour before, of those that lasted more than an hour."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import names_of_users
from backend.core.clock import Clock
from backend.db.reads import Reads
from backend.delivery.models import Silence as SilenceRow
from backend.delivery.silence_matching import Matcher
from backend.delivery.silence_preview import Tally, hidden_by
from backend.delivery.silence_repository import SilenceRepository, matcher_of
from backend.delivery.silence_words import in_words, warning_text
from backend.jobs import JobKind, JobRun
from backend.notifications import AdminNotificationService, NotificationType, Priority
from backend.tenancy import names_of_merchants, names_of_stores

SILENCE_WARNING = "delivery.silence_warning"

WARNED_BEFORE = timedelta(minutes=15)
# Whoever silences for less is still there when it ends.
LONG = timedelta(hours=1)


async def warn_of_ends(run: JobRun) -> None:
    """Tell of each silence that ends soon, with its mark in the same transaction."""
    async with run.finishing() as session:
        due = await SilenceRepository(session).ending(now=run.clock.now(), before=WARNED_BEFORE, longer_than=LONG)
        for row in due:
            await _warn(session, run.database.reads, run.clock, row, run.resources.settings.timezone)


async def _warn(session: AsyncSession, reads: Reads, clock: Clock, row: SilenceRow, timezone: ZoneInfo) -> None:
    matcher = matcher_of(row.store_ids, row.merchant_ids, row.types, row.priorities, row.phrase)
    hidden = await hidden_by(reads, matcher, since=row.starts_at)
    await AdminNotificationService(session, clock).create_notification(
        type=NotificationType.SILENCE_ENDING,
        priority=Priority.NORMAL if hidden.open_now else Priority.LOW,
        title=f"A silence ends soon: {await _words(reads, matcher)}",
        message=await _message(reads, row, hidden, timezone),
        action_url="/silences",
        notification_metadata={
            "silence_id": row.id,
            "ends_at": row.ends_at.isoformat(),
            "hidden_count": hidden.since_then,
            "critical_count": hidden.criticals,
            "open_count": hidden.open_now,
        },
        store_id=row.store_ids[0] if len(row.store_ids) == 1 and not row.merchant_ids else None,
    )
    row.warned_at = row.updated_at = clock.now()


async def _words(reads: Reads, matcher: Matcher) -> str:
    stores = await names_of_stores(reads, matcher.store_ids)
    return in_words(matcher, stores, await names_of_merchants(reads, matcher.merchant_ids))


async def _message(reads: Reads, row: SilenceRow, hidden: Tally, timezone: ZoneInfo) -> str:
    maker = row.created_by_user_id
    names = await names_of_users(reads, [] if maker is None else [maker])
    return warning_text(
        ends_at=row.ends_at.astimezone(timezone),
        comment=row.comment,
        made_by=names.get(maker) if maker is not None else None,
        hidden=hidden.since_then,
        criticals=hidden.criticals,
        open_now=hidden.open_now,
        open_titles=[example.subject.title for example in hidden.examples if example.is_open],
    )


JOB_KINDS = (JobKind(SILENCE_WARNING, warn_of_ends),)
