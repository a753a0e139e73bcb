"""Planning: from something that happened to a message, its deliveries and everybody's reasons, in one transaction.

Each is planned once, by its event key, and by jobs that may run twice or late: what is told is decided from what holds
now, so that a message about something that is over is not sent.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlert, PlatformAlertService, Scope, Severity, scope_of
from backend.core.clock import Clock
from backend.core.settings import Settings
from backend.db.reads import fetch_within
from backend.delivery.alert_subject import subject_of_alert
from backend.delivery.alert_thread import SETTLING, TO_BE_TOLD_ANEW, AlertState, Quiet, Tell, Told, Wait, what_to_tell
from backend.delivery.alert_thread_repository import AlertThreadRepository
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.kinds import GOOD_NEWS, PRIORITY_RANK, MessageKind
from backend.delivery.levels import priority_of, severity_of
from backend.delivery.messages import MessageWriter, News
from backend.delivery.models import AlertThread
from backend.delivery.silence_matching import Silence
from backend.delivery.waking import give_back_of_alert, give_back_of_notification
from backend.jobs import enqueue
from backend.notifications import (
    AdminNotification,
    AdminNotificationService,
    NotificationNotFoundError,
    Priority,
    Rung,
    newest_of_alert,
)

PLAN_ALERT = "delivery.plan_alert"

# The severity of a thread in which nothing was told yet.
_NOT_TOLD = ""


class Planning:
    """Within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock, settings: Settings) -> None:
        self._session = session
        self._clock = clock
        self._alerts = PlatformAlertService(session, clock)
        self._notifications = AdminNotificationService(session, clock)
        self._threads = AlertThreadRepository(session)
        self._writer = MessageWriter(session, clock, settings)

    async def plan_notification(self, notification_id: int) -> None:
        """Tell of a notification; one that rang for an alert belongs to the alert's thread."""
        try:
            notification = await self._notifications.get_notification(notification_id)
        except NotificationNotFoundError:
            return
        if notification.alert_id is not None:
            await self.plan_alert(notification.alert_id)
            return
        if notification.settled_at is None and notification.snoozed_until is None:
            key = f"notification:{notification.id}"
            await self._writer.write(_about(notification, MessageKind.NOTIFICATION, key))

    async def plan_returned_notification(self, notification_id: int, *, due_at: str | None) -> None:
        """Tell of one whose snooze is over, unless it was settled or put off again since.

        One that rang for an alert returns with the alert's thread. Without `due_at` somebody woke it by hand: what was
        not told yet is told, and the thread told of it all the time.
        """
        try:
            notification = await self._notifications.get_notification(notification_id)
        except NotificationNotFoundError:
            return
        if notification.settled_at is not None or notification.snoozed_until is not None:
            return
        if notification.alert_id is not None:
            if due_at is not None:
                await self.plan_returned_alert(notification.alert_id, due_at=due_at)
        elif due_at is not None:
            key = f"notification:{notification.id}:returned:{due_at}"
            await self._writer.write(_about(notification, MessageKind.RETURNED, key))
        else:
            await give_back_of_notification(self._session, notification_id)
            await self.plan_notification(notification_id)

    async def plan_alert(self, alert_id: int, *, has_settled: bool = False) -> Tell | Wait | Quiet:
        """Tell what is worth telling of an alert as it is now; what was decided, with its reason.

        What a silence keeps from everybody is told when that ends, if it is still worth it. One that is just being
        opened is planned again when it has settled. Raises AlertNotFoundError.
        """
        await self._alerts.get_alert(alert_id)
        # The thread's row first: whoever plans the same alert at once waits here, and then finds it told.
        thread = await self._threads.locked(alert_id)
        alert = await self._alerts.get_alert(alert_id)
        scope = await scope_of(fetch_within(self._session), alert_id)
        rung = await newest_of_alert(fetch_within(self._session), alert_id)
        told = _told(thread)
        state = _state(alert, scope, _loudest(rung, told), None if has_settled else self._settles_at(alert))
        if alert.snoozed_until is not None:
            self._leave(thread)
            return Quiet(Detail(DetailCode.SNOOZED, DetailArgs(until=alert.snoozed_until)).text)
        decided = what_to_tell(state, told)
        if isinstance(decided, Tell):
            news = await self._news(alert, rung, decided.kind, scope.open_stores or scope.stores)
            return await self._tell(news, state, thread, decided)
        if isinstance(decided, Wait):
            await self._plan_again(alert_id, decided.until)
        else:
            # Nothing is owed.
            thread.is_open, thread.is_silenced = state.is_open, False
            self._watch(thread)
        return decided

    def _settles_at(self, alert: PlatformAlert) -> datetime | None:
        settles_at = alert.created_at + SETTLING
        return settles_at if settles_at > self._clock.now() else None

    async def _plan_again(self, alert_id: int, at: datetime) -> None:
        """Each alert once, however many of its changes wait."""
        payload = {"alert_id": alert_id, "has_settled": True}
        await enqueue(self._session, PLAN_ALERT, payload, run_at=at, dedup_key=f"{PLAN_ALERT}:{alert_id}:settled")

    async def plan_returned_alert(self, alert_id: int, *, due_at: str | None) -> None:
        """Tell of one whose snooze is over, unless it is resolved or put off again; raises AlertNotFoundError.

        What returns with it at the same time is one message. Without `due_at` somebody woke it by hand: what was not
        told yet is told.
        """
        await self._alerts.get_alert(alert_id)
        thread = await self._threads.locked(alert_id)
        alert = await self._alerts.get_alert(alert_id)
        if alert.is_resolved or alert.snoozed_until is not None:
            return
        if due_at is None:
            await give_back_of_alert(self._session, alert_id)
            await self.plan_alert(alert_id)
            return
        scope = await scope_of(fetch_within(self._session), alert_id)
        rung = await newest_of_alert(fetch_within(self._session), alert_id)
        news = await self._news(alert, rung, MessageKind.RETURNED, scope.open_stores or scope.stores)
        silence = await self._writer.silence_of(news)
        news = replace(news, event_key=f"alert:{alert_id}:returned:{due_at}")
        await self._write(news, silence, thread, _state(alert, scope, _loudest(rung, _told(thread))))

    async def _tell(self, news: News, state: AlertState, thread: AlertThread, decided: Tell) -> Tell | Quiet:
        # Whoever was told of it is told that it is over, under a silence as well.
        silence = None if decided.kind in GOOD_NEWS else await self._writer.silence_of(news)
        if silence is not None and thread.is_silenced:
            # Looked at; once another silence has ended, it is again.
            thread.updated_at = self._clock.now()
            return Quiet(silence.detail.text)
        if decided.kind in GOOD_NEWS:
            await self._threads.drop_unsent(thread.alert_id, self._clock.now())
        thread.message_count += 1
        told = await self._threads.told(thread.alert_id)
        news = replace(news, event_key=f"alert:{thread.alert_id}:{thread.message_count}", told=told)
        await self._write(news, silence, thread, state)
        return decided

    async def _write(self, news: News, silence: Silence | None, thread: AlertThread, state: AlertState) -> None:
        if await self._writer.write_under(silence, news) is None:
            return
        if silence is None:
            self._remember(thread, state)
        else:
            self._owe(thread, news.kind)

    async def _news(self, alert: PlatformAlert, rung: Rung | None, kind: MessageKind, store_ids: list[int]) -> News:
        subject = subject_of_alert(alert, rung)
        return News(
            event_key="",
            kind=kind,
            category=subject.category,
            priority=Priority(subject.priority),
            title=alert.title,
            body=alert.description,
            store_ids=store_ids,
            notification_id=rung.id if rung else None,
            alert_id=alert.id,
            action_url=_address(alert, rung),
            payload=await self._payload(alert, len(store_ids)),
            subject=subject,
        )

    def _remember(self, thread: AlertThread, state: AlertState) -> None:
        """What was told."""
        thread.is_open, thread.severity = state.is_open, state.severity
        thread.rung, thread.size = state.rung, state.size
        thread.is_silenced = False
        thread.updated_at = self._clock.now()
        self._watch(thread)

    def _owe(self, thread: AlertThread, kind: MessageKind) -> None:
        """A silence kept it from everybody: what was told before stays what is known, unless its end was told, too."""
        if not thread.is_open:
            thread.severity, thread.size = _NOT_TOLD, 0
        elif kind is MessageKind.RETURNED:
            thread.size = TO_BE_TOLD_ANEW
        thread.is_open = thread.is_silenced = True
        thread.updated_at = self._clock.now()
        self._watch(thread)

    def _leave(self, thread: AlertThread) -> None:
        """Whoever put it off looks after it: when it is back, the time to acknowledge it begins anew."""
        thread.critical_since, thread.escalated_steps = None, 0
        thread.updated_at = self._clock.now()

    def _watch(self, thread: AlertThread) -> None:
        """From when on a critical alert waits for somebody to look after it."""
        told = _told(thread)
        is_critical = told is not None and told.is_open and told.priority is Priority.CRITICAL
        if thread.is_silenced or not is_critical:
            thread.critical_since, thread.escalated_steps = None, 0
        elif thread.critical_since is None:
            thread.critical_since = self._clock.now()

    async def _payload(self, alert: PlatformAlert, store_count: int) -> dict[str, object]:
        return {
            "severity": alert.severity,
            "stores": store_count,
            "occurrence_count": alert.occurrence_count,
            "notes": alert.resolution_notes,
            **_lasted(alert),
            **await self._threads.first_words(alert.id),
        }


def _lasted(alert: PlatformAlert) -> dict[str, int]:
    """For how long it was open, once it is over."""
    if alert.resolved_at is None:
        return {}
    return {"lasted_minutes": int((alert.resolved_at - alert.created_at).total_seconds() // 60)}


def _about(notification: AdminNotification, kind: MessageKind, event_key: str) -> News:
    """Of one that rang for no alert."""
    return News(
        event_key=event_key,
        kind=kind,
        category=notification.type,
        priority=priority_of(notification.priority),
        title=notification.title,
        body=notification.message,
        store_ids=[notification.store_id] if notification.store_id is not None else [],
        notification_id=notification.id,
        action_url=notification.action_url,
    )


def _loudest(rung: Rung | None, told: Told | None) -> Priority:
    """What rings for an open alert after something louder makes it no less."""
    newest = priority_of(rung.priority) if rung is not None else Priority.LOW
    return max(newest, told.rung, key=PRIORITY_RANK.__getitem__) if told is not None and told.is_open else newest


def _state(alert: PlatformAlert, scope: Scope, rung: Priority, settles_at: datetime | None = None) -> AlertState:
    return AlertState(
        is_open=not alert.is_resolved,
        severity=severity_of(alert.severity),
        rung=rung,
        size=len(scope.stores) or alert.occurrence_count,
        has_healed=alert.resolved_by_user_id is None,
        settles_at=settles_at,
    )


def _told(thread: AlertThread) -> Told | None:
    if thread.severity == _NOT_TOLD:
        return None
    return Told(thread.is_open, Severity(thread.severity), thread.size, priority_of(thread.rung))


def _address(alert: PlatformAlert, rung: Rung | None) -> str:
    return (rung.action_url if rung else None) or f"/notifications?tab=alerts&alert={alert.id}"
