"""Sends what waits: claims in fair turns, a few at once to each destination, and writes down how each try ended."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.settings import Settings
from backend.db.database import Database
from backend.db.describe import describe
from backend.db.victims import again_as_victim
from backend.delivery.addressing import envelopes
from backend.delivery.claiming import Claimed, Turn, claim, give_back_abandoned
from backend.delivery.envelope import Envelope, Result, Sender
from backend.delivery.failing import record_failure
from backend.delivery.folding import fold_held_back
from backend.delivery.kinds import Channel, Outcome
from backend.delivery.places import PlacesTaken
from backend.delivery.recording import SuccessWriter

log = structlog.get_logger()

# Of any channel, with a wait for a thread; seconds. A lease is longer than one.
LONGEST_TRY = 30.0
# Most deliveries taken by one claim.
_A_CLAIM = 64
# Seconds between looks at what is due, when there is nothing to do.
_TICK = 0.25


class Dispatcher:
    """One a worker; any number of them share the work. `lease` is in seconds, longer than LONGEST_TRY."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: Settings,
        channels: Mapping[Channel, Sender],
        *,
        lease: float = 60.0,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._channels = channels
        self._lease = lease
        self._places = PlacesTaken(clock)
        self._tasks: set[asyncio.Task[None]] = set()
        self._has_room = asyncio.Event()
        self._successes = SuccessWriter(database.reads)

    async def wait_for_work(self) -> None:
        """Until a place got free that something may wait for, or time has passed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_TICK):
                await self._has_room.wait()

    async def look_after(self) -> None:
        """What time brings, once a second: deliveries of dead workers go again, what was held back goes as one."""
        await give_back_abandoned(self._database.reads)
        await fold_held_back(self._database, self._clock)

    async def send_due(self) -> int:
        """Start what may go now, as far as there are places; how many."""
        self._has_room.clear()
        started, has_moved = 0, True
        while has_moved:
            claimed, has_moved = await self._claim()
            started += len(claimed)
            await self._start_all(claimed)
        return started

    async def wait_until_idle(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self, *, grace: float = 0) -> None:
        """Let what is on its way arrive within `grace` seconds; what does not goes again by its lease."""
        if self._tasks and grace > 0:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await self.wait_until_idle()

    async def _start_all(self, claimed: Sequence[Claimed]) -> None:
        ready: Mapping[int, Envelope | Result] = {}
        if claimed:
            ready = await envelopes(self._database.reads, self._settings, claimed)
        for one in claimed:
            if one.delivery_id in ready:
                self._start(one, ready[one.delivery_id])

    async def _claim(self) -> Turn:
        return await again_as_victim(
            partial(
                claim,
                self._database.reads,
                limit=_A_CLAIM,
                free=self._places.free(),
                taken=self._places.by_destination(),
                lease=self._lease,
                timezone=self._settings.timezone.key,
            )
        )

    def _start(self, claimed: Claimed, ready: Envelope | Result) -> None:
        self._places.enter(claimed.channel, claimed.destination_id)
        task = asyncio.create_task(self._send(claimed, ready), name=f"delivery {claimed.delivery_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, claimed: Claimed, ready: Envelope | Result) -> None:
        try:
            result = ready if isinstance(ready, Result) else await self._try(ready)
            await self._record(claimed, result)
        except Exception:
            # The database is away: the lease brings the delivery back, perhaps to be sent once more.
            log.exception("delivery_not_recorded", delivery_id=claimed.delivery_id)
        finally:
            if self._places.leave(claimed.channel, claimed.destination_id):
                self._has_room.set()

    async def _try(self, envelope: Envelope) -> Result:
        channel, begun_at = self._channels[envelope.channel], self._clock.now()
        try:
            result = await channel.send(envelope)
        except Exception as error:
            log.exception("channel_failed", delivery_id=envelope.delivery_id, channel=envelope.channel)
            return Result(outcome=Outcome.FAILED, error=describe(error))
        self._places.hear(envelope.channel, result, begun_at)
        return result

    async def _record(self, claimed: Claimed, result: Result) -> None:
        if result.outcome is Outcome.SENT:
            await self._successes.write(claimed, result)
            return

        async def write(session: AsyncSession) -> None:
            chance = random.random()  # noqa: S311 - jitter
            await record_failure(session, self._clock, claimed, result, chance=chance)

        await self._database.retrying(write)
