"""Retention: sessions and throttle rows that decide nothing any more."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.login_gate import LoginGate
from backend.auth.repository import SessionRepository
from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.jobs import JobKind, in_one_transaction

RETENTION = "auth.retention"

_KEEP_SESSIONS = timedelta(days=90)


async def remove_old(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    del payload
    await SessionRepository(session).remove_old(ended_for=_KEEP_SESSIONS)
    await LoginGate(session, clock.now()).remove_old()


JOB_KINDS = (JobKind(RETENTION, in_one_transaction(remove_old)),)
