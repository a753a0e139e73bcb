"""Retention: sessions and throttle rows that decide nothing any more."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.login_gate import LoginGate
from backend.auth.repository import SessionRepository
from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.jobs import DailyAt, JobKind, Schedule, in_one_transaction

_KEEP_SESSIONS = timedelta(days=90)


async def clean_up(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    del payload
    await SessionRepository(session).remove_old(ended_for=_KEEP_SESSIONS)
    await LoginGate(session, clock.now()).remove_old()


AUTH_CLEANUP = JobKind(name="auth_cleanup", handler=in_one_transaction(clean_up))
AUTH_CLEANUP_SCHEDULE = Schedule(
    name="auth_cleanup", kind=AUTH_CLEANUP.name, rhythm=DailyAt(time(3, 40), ZoneInfo("UTC"))
)
