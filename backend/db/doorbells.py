"""What to ring once a unit of work has committed: hints that something durable happened, never the thing itself."""

from collections.abc import Sequence
from typing import Protocol

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

_KEY = "doorbells"


class JobQueued(msgspec.Struct, frozen=True):
    """A job row waits; a lost ring is found by the reaper within a second."""

    job_id: int


class Hint(msgspec.Struct, frozen=True):
    """Something changed that open pages show; a lost hint is found by the next poll or resync."""

    event: str
    id: int | None = None
    store_id: int | None = None


Doorbell = JobQueued | Hint


class Bell(Protocol):
    async def ring(self, doorbells: Sequence[Doorbell]) -> None:
        """Ring after a commit: best effort, and it never raises."""
        ...


class SilentBell:
    """For programs that need no doorbells, as migrations: reaper and polls find everything."""

    async def ring(self, doorbells: Sequence[Doorbell]) -> None:
        del doorbells


def ring_after_commit(session: AsyncSession, doorbell: Doorbell) -> None:
    """Remember a doorbell; the unit of work rings it after its commit and drops it on rollback."""
    session.info.setdefault(_KEY, []).append(doorbell)


def take_doorbells(session: AsyncSession) -> list[Doorbell]:
    """The doorbells of this session, each once and in order; the session forgets them."""
    return list(dict.fromkeys(session.info.pop(_KEY, [])))
