"""A worker process with jobs made for stories: `python -m tests.support.job_worker`."""

import asyncio
import os
import signal
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.core.logs import configure_logs
from backend.core.settings import load_settings
from backend.jobs import JobDied, JobKind, JobRun, in_one_transaction
from backend.worker import run_in_fast_loop, serve

EFFECT, DEADLY, TELL, SLOW = "story.effect", "story.deadly", "story.tell", "story.slow"


async def leave_effect(session: AsyncSession, _clock: Clock, payload: JsonObject) -> None:
    # Long enough that every kill meets jobs in the middle.
    await asyncio.sleep(0.15)
    await _note(session, payload["n"])


async def kill_worker(_run: JobRun) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def tell(session: AsyncSession, _clock: Clock, payload: JsonObject) -> None:
    await _note(session, payload["job_id"])


async def take_long(run: JobRun) -> None:
    async with run.database.unit_of_work() as session:
        await _note(session, run.claim)
    await asyncio.sleep(3600)


async def _note(session: AsyncSession, number: Any) -> None:  # Any: JSON
    await session.execute(text("insert into story_effects (number) values (:number)"), {"number": number})


KINDS = [
    JobKind(EFFECT, in_one_transaction(leave_effect)),
    JobKind(DEADLY, kill_worker, max_failures=2),
    JobKind(TELL, in_one_transaction(tell)),
    JobKind(SLOW, take_long),
]

if __name__ == "__main__":
    configure_logs(level="WARNING", pretty=False)
    run_in_fast_loop(serve(load_settings(), kinds=KINDS, subscriptions={JobDied.name: [TELL]}, schedules=[]))
