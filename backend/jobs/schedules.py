"""Schedules: declared by packages or made per store, ticked by any worker, caught up once, never overlapping."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.fields import JsonObject
from backend.jobs.models import JobSchedule
from backend.jobs.queue import enqueue
from backend.jobs.rhythm import DailyAt, Every, Rhythm, next_tick


@dataclass(frozen=True, slots=True)
class Schedule:
    """A job of `kind` that comes by a rhythm under a unique name."""

    name: str
    kind: str
    rhythm: Rhythm
    payload: JsonObject = field(default_factory=dict)


async def declare(session: AsyncSession, schedule: Schedule, *, first_run_at: datetime | None = None) -> None:
    """Write or update a schedule; its next tick stays unless the rhythm is new."""
    now = await database_now(session)
    columns = _rhythm_columns(schedule.rhythm)
    values = {
        "name": schedule.name,
        "kind": schedule.kind,
        "payload": schedule.payload,
        "next_run_at": first_run_at or next_tick(schedule.rhythm, last=now, now=now),
        "is_active": True,
        **columns,
    }
    statement = insert(JobSchedule).values(values)
    same_rhythm = [getattr(JobSchedule, name).is_not_distinct_from(statement.excluded[name]) for name in columns]
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={
                "kind": schedule.kind,
                "payload": schedule.payload,
                "is_active": True,
                "next_run_at": case(
                    (and_(JobSchedule.is_active, *same_rhythm), JobSchedule.next_run_at),
                    else_=statement.excluded.next_run_at,
                ),
                **columns,
            },
        )
    )


async def tick(session: AsyncSession) -> int:
    """Enqueue the job of every schedule that is due; how many were due. Run by each worker every second.

    A schedule whose last job is unfinished is passed over (its job has the schedule's dedup key).
    """
    now = await database_now(session)
    due = await session.scalars(
        select(JobSchedule)
        .where(JobSchedule.is_active, JobSchedule.next_run_at <= now)
        .with_for_update(skip_locked=True)
    )
    schedules = due.all()
    for schedule in schedules:
        await enqueue(session, schedule.kind, dict(schedule.payload), dedup_key=f"schedule:{schedule.name}")
        schedule.next_run_at = next_tick(rhythm_of(schedule), last=schedule.next_run_at, now=now)
    return len(schedules)


async def stop(session: AsyncSession, names: Sequence[str]) -> list[str]:
    """Switch schedules off; the names of those that ran until now."""
    return await _stop_where(session, JobSchedule.name.in_(names))


async def stop_all(session: AsyncSession, *prefixes: str) -> list[str]:
    """Switch off every schedule whose name begins with one of these; the names of those that ran until now."""
    if not prefixes:
        return []
    return await _stop_where(
        session, or_(*(JobSchedule.name.startswith(prefix, autoescape=True) for prefix in prefixes))
    )


async def _stop_where(session: AsyncSession, condition: ColumnElement[bool]) -> list[str]:
    stopped = await session.scalars(
        select(JobSchedule).where(condition, JobSchedule.is_active).order_by(JobSchedule.name).with_for_update()
    )
    found = stopped.all()
    for schedule in found:
        schedule.is_active = False
    return [schedule.name for schedule in found]


async def next_run_at(session: AsyncSession, name: str) -> datetime | None:
    """When a schedule is due next; None when there is none, or it is switched off."""
    found: datetime | None = await session.scalar(
        select(JobSchedule.next_run_at).where(JobSchedule.name == name, JobSchedule.is_active)
    )
    return found


async def database_now(session: AsyncSession) -> datetime:
    now: datetime = (await session.execute(select(func.tocsin_now()))).scalar_one()
    return now


def rhythm_of(schedule: JobSchedule) -> Rhythm:
    if schedule.every_seconds is not None:
        return Every(timedelta(seconds=schedule.every_seconds))
    if schedule.daily_at is None:
        raise ValueError(f"schedule {schedule.name} has no rhythm")
    return DailyAt(time.fromisoformat(schedule.daily_at), ZoneInfo(schedule.timezone))


def _rhythm_columns(rhythm: Rhythm) -> JsonObject:
    match rhythm:
        case Every(period):
            return {"every_seconds": int(period.total_seconds()), "daily_at": None, "timezone": "UTC"}
        case DailyAt(at, timezone):
            return {"every_seconds": None, "daily_at": at.isoformat("minutes"), "timezone": timezone.key}
