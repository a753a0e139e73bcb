"""Runs jobs in one worker process: takes what it is told of or finds, within its places, and keeps the leases."""

import asyncio
import itertools
from collections.abc import Iterable, Sequence

import structlog

from backend.core.clock import Clock
from backend.db.database import Database
from backend.jobs.attempt import Attempt
from backend.jobs.job_kind import JobKind, Resources
from backend.jobs.lane import Lane, LaneName
from backend.jobs.lease import ClaimedJob, claim_due, claim_these, renew

log = structlog.get_logger()


class JobRunner:
    """At most `places` short jobs at once, and so many of the other lanes; `lease` is in seconds."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        kinds: Iterable[JobKind],
        resources: Resources,
        *,
        lease: float,
        places: int,
        long_places: int = 4,
        remote_places: int = 16,
    ) -> None:
        self._database = database
        self._clock = clock
        self._kinds = {kind.name: kind for kind in kinds}
        self._resources = resources
        self._lease = lease
        sizes = {LaneName.SHORT: places, LaneName.LONG: long_places, LaneName.REMOTE: remote_places}
        self._lanes = {
            name: Lane([kind.name for kind in self._kinds.values() if kind.lane is name], size)
            for name, size in sizes.items()
        }
        self._held: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._inbox: dict[int, None] = {}  # a set that keeps its order
        self._intake = asyncio.Lock()

    async def take(self, job_ids: Sequence[int]) -> None:
        """Start these jobs as places get free; those that others have or that are not due are passed over."""
        self._inbox.update(dict.fromkeys(job_ids))
        # Whoever comes first claims for all who wait, many jobs in one statement.
        async with self._intake:
            while self._inbox:
                places = await self._lanes[LaneName.SHORT].wait_for_free()
                these = list(itertools.islice(self._inbox, places))
                for job_id in these:
                    del self._inbox[job_id]
                await self._take(these)

    async def reap(self, lane: LaneName) -> int:
        """Start all jobs of a lane that are due and that nobody has, as places get free; how many.

        Run every second, each lane by itself, because a place in a slow one may take minutes to get free.
        """
        return await self._reap_in(self._lanes[lane])

    async def renew_leases(self) -> None:
        """The heartbeat of everything that runs here; due three times within each lease."""
        await renew(self._database.reads, dict(self._held), lease=self._lease)

    async def wait_until_idle(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def run_due(self) -> int:
        """Run everything that is due, and what becomes due by that, to its end; how many attempts."""
        attempts = 0
        while found := sum(await asyncio.gather(*map(self.reap, self._lanes))):
            await self.wait_until_idle()
            attempts += found
        return attempts

    async def stop(self, *, grace: float = 0) -> None:
        """Let what runs here end within `grace` seconds; give back the rest."""
        if self._tasks and grace > 0:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await self.wait_until_idle()

    async def _take(self, job_ids: list[int]) -> None:
        others = job_ids
        for name, lane in self._lanes.items():
            # What finds no place in a slow lane now is found by its next tick.
            these = others if name is LaneName.SHORT else others[: lane.free]
            if these:
                taken = await self._take_in(lane, these)
                others = [job_id for job_id in others if job_id not in taken]

    async def _take_in(self, lane: Lane, job_ids: list[int]) -> set[int]:
        if not lane.kinds:
            return set()
        lane.occupy(len(job_ids))
        claimed: list[ClaimedJob] = []
        try:
            claimed = await claim_these(self._database.reads, job_ids, kinds=lane.kinds, lease=self._lease)
        finally:
            lane.leave(len(job_ids) - len(claimed))
        self._start(lane, claimed)
        return {job.id for job in claimed}

    async def _reap_in(self, lane: Lane) -> int:
        found = 0
        while lane.kinds:
            places = await lane.wait_for_free()
            lane.occupy(places)
            claimed: list[ClaimedJob] = []
            try:
                claimed = await claim_due(self._database.reads, limit=places, kinds=lane.kinds, lease=self._lease)
            finally:
                lane.leave(places - len(claimed))
            self._start(lane, claimed)
            found += len(claimed)
            if len(claimed) < places:
                break
        return found

    def _start(self, lane: Lane, claimed: Sequence[ClaimedJob]) -> None:
        """Runs without a pause after the claim, so that no cancellation can lose what was claimed."""
        for job in claimed:
            self._held[job.id] = job.claims
            task = asyncio.create_task(self._run(lane, job), name=f"job {job.id}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, lane: Lane, job: ClaimedJob) -> None:
        structlog.contextvars.bind_contextvars(job_id=job.id, job_kind=job.kind)
        attempt = Attempt(job, self._kinds[job.kind], self._database, self._clock, self._resources)
        try:
            await attempt.run()
        except Exception:
            # The database is away, or what failed could not be written down: the lease brings the job back.
            log.exception("attempt_left_to_its_lease")
        finally:
            if self._held.get(job.id) == job.claims:
                del self._held[job.id]
            lane.leave()
