"""The warning before a silence ends: once, a quarter of an hour before, of those that lasted more than an hour."""

from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.core.settings import Settings
from backend.db.away import is_away
from backend.delivery.kinds import MessageKind
from backend.delivery.messages import MessageWriter, News
from backend.delivery.preference_service import PreferenceService
from backend.delivery.silence_ending import Warned, warning_of
from backend.delivery.silence_maker import for_maker
from backend.delivery.silence_repository import Ending, SilenceRepository, ending_silences
from backend.delivery.verdict import Verdict
from backend.jobs import JobKind, JobRun
from backend.notifications import AdminNotification, AdminNotificationService, NotificationType

log = structlog.get_logger()

SILENCE_WARNING = "delivery.silence_warning"

WARNED_BEFORE = timedelta(minutes=15)
# Whoever silences for less is still there when it ends.
LONG = timedelta(hours=1)


async def warn_of_ends(run: JobRun) -> None:
    """Tell of each silence that ends soon, each with its mark in one transaction."""
    reads = run.database.reads
    for silence in await ending_silences(reads.fetch, now=run.clock.now(), before=WARNED_BEFORE, longer_than=LONG):
        try:
            # It may look at half a million rows: nobody waits for a lock meanwhile.
            warned = await warning_of(reads, silence, run.resources.settings.timezone)
            async with run.database.unit_of_work() as session:
                await SilenceWarning(session, run.clock, run.resources.settings).give(warned)
        except Exception as error:
            if is_away(error):
                raise
            # Whatever is wrong with one silence holds up no other.
            log.exception("silence_warning_failed", silence_id=silence.id)


class SilenceWarning:
    """Within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock, settings: Settings) -> None:
        self._session = session
        self._clock = clock
        self._settings = settings

    async def give(self, warned: Warned) -> None:
        """A notification for everybody, and its message; nothing when it was given or the silence ended meanwhile."""
        row = await SilenceRepository(self._session).locked(warned.silence.id)
        if row is None or row.warned_at is not None or row.ended_at is not None:
            return
        service = AdminNotificationService(self._session, self._clock)
        notification = await service.create_notification(
            type=NotificationType.SILENCE_ENDING,
            priority=warned.priority,
            title=warned.title,
            message=warned.message,
            action_url="/silences",
            notification_metadata=_metadata(warned),
            store_id=warned.silence.only_store,
        )
        await self._send(notification, warned)
        row.warned_at = row.updated_at = self._clock.now()

    async def _send(self, notification: AdminNotification, warned: Warned) -> None:
        news = News(
            # As planning names it, which so finds it planned.
            event_key=f"notification:{notification.id}",
            kind=MessageKind.SILENCE_ENDING,
            category=notification.type,
            priority=warned.priority,
            title=notification.title,
            body=notification.message,
            store_ids=[] if warned.silence.only_store is None else [warned.silence.only_store],
            notification_id=notification.id,
            action_url=notification.action_url,
            payload={
                "ends_at": warned.silence.ends_at.isoformat(),
                "comment": warned.silence.comment,
                "made_by_user_id": warned.silence.created_by_user_id,
            },
        )
        writer = MessageWriter(self._session, self._clock, self._settings)
        await writer.write_planned(news, await self._verdicts(writer, news, warned.silence))

    async def _verdicts(self, writer: MessageWriter, news: News, silence: Ending) -> list[Verdict]:
        """Everybody by their preferences, and whoever made the silence also below these."""
        verdicts = await writer.verdicts(news, None)
        maker = silence.created_by_user_id
        if maker is None:
            return verdicts
        chosen = await PreferenceService(self._session, self._clock, self._settings).of(maker)
        return for_maker(verdicts, maker, chosen.preferences, silence_id=silence.id, now=self._clock.now())


def _metadata(warned: Warned) -> JsonObject:
    silence, hidden = warned.silence, warned.hidden
    return {
        "silence_id": silence.id,
        "ends_at": silence.ends_at.isoformat(),
        "hidden_count": hidden.since_then,
        "critical_count": hidden.criticals,
        "open_count": hidden.open_now,
    }


JOB_KINDS = (JobKind(SILENCE_WARNING, warn_of_ends),)
