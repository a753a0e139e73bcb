"""Jobs in any state, as workers leave them."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import SystemClock
from backend.jobs.models import Job


async def add_job(session: AsyncSession, *, state: str = "queued", kind: str = "greet", **columns: object) -> Job:
    """A job of this state; what the state implies is filled in."""
    now: datetime = SystemClock().now()
    implied: dict[str, dict[str, object]] = {
        "queued": {},
        "running": {"claims": 1, "started_at": now, "lease_until": now + timedelta(seconds=30)},
        "done": {"claims": 1, "started_at": now, "finished_at": now},
        "dead": {
            "claims": 5,
            "failures": 5,
            "started_at": now,
            "finished_at": now,
            "last_error": "OSError: the door is stuck",
        },
        "cancelled": {"finished_at": now},
    }
    values: dict[str, object] = {"payload": {}, "run_at": now, "created_at": now} | implied[state] | columns
    job = Job(kind=kind, state=state, **values)
    session.add(job)
    await session.flush()
    return job
