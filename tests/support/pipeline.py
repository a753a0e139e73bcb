"""The way from an event to a channel, with real planning, claims and rows; only what leaves the house is recorded."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from backend.core.settings import Settings
from backend.db.database import Database
from backend.delivery import jobs as delivery_jobs
from backend.delivery.alert_thread import SETTLING
from backend.delivery.destination_schemas import DestinationIn
from backend.delivery.destination_service import DestinationService
from backend.delivery.dispatcher import Dispatcher
from backend.delivery.envelope import Envelope, Result
from backend.delivery.kinds import Channel, Outcome
from backend.jobs import Resources
from backend.jobs.runner import JobRunner
from tests.support.times import FrozenClock

SENT = Result(outcome=Outcome.SENT, status_code=200)
FAILED = Result(outcome=Outcome.FAILED, status_code=503, error="The receiver answered 503.")


@dataclass
class FarEnd:
    """What a channel sent; `answer` decides how a try ends, and may take its time."""

    answer: Callable[[Envelope], Result | Awaitable[Result]] = field(default=lambda _: SENT)
    sent: list[Envelope] = field(default_factory=list)

    async def send(self, envelope: Envelope) -> Result:
        self.sent.append(envelope)
        answer = self.answer(envelope)
        return await answer if isinstance(answer, Awaitable) else answer


class Pipeline:
    """Runs what an event started until nothing is due; time moves by the test, and until alerts have settled."""

    def __init__(self, database: Database, clock: FrozenClock, settings: Settings) -> None:
        self.database = database
        self.clock = clock
        self.settings = settings
        self.far_ends: dict[Channel, FarEnd] = defaultdict(FarEnd)
        self.runner = JobRunner(database, clock, delivery_jobs.JOB_KINDS, Resources(settings), lease=5.0, places=5)
        self.dispatcher = self.new_dispatcher()

    def new_dispatcher(self) -> Dispatcher:
        """Another worker's."""
        channels = {channel: self.far_ends[channel] for channel in Channel}
        return Dispatcher(self.database, self.clock, self.settings, channels, lease=5.0)

    async def plan(self) -> None:
        self.clock.advance(SETTLING)
        await self.runner.run_due()

    async def run(self) -> None:
        await self.plan()
        await self.send()

    async def send(self) -> None:
        await self.dispatcher.look_after()
        # A claim passes over destinations that a record is just being written of.
        await self.dispatcher.wait_until_idle()
        while await self.dispatcher.send_due():
            await self.dispatcher.wait_until_idle()

    async def destination(self, kind: Channel = Channel.WEBHOOK, **fields: object) -> int:
        """A shared destination that takes everything; its id."""
        usual: dict[str, object] = {"kind": kind, "name": "Operations", "url": _ADDRESSES[kind]}
        wanted = DestinationIn(**(usual | fields))  # type: ignore[arg-type]  # whatever the test is about
        async with self.database.unit_of_work() as session:
            row, _ = await DestinationService(session, self.clock, self.settings).create(wanted, created_by=None)
            return row.id

    def sent(self, channel: Channel = Channel.WEBHOOK) -> list[Envelope]:
        return self.far_ends[channel].sent

    def titles(self, channel: Channel = Channel.WEBHOOK) -> list[str]:
        return [envelope.content.title for envelope in self.sent(channel)]

    def kinds(self, channel: Channel = Channel.WEBHOOK) -> list[str]:
        return [envelope.content.kind.value for envelope in self.sent(channel)]

    async def statuses(self) -> list[str]:
        return [row["status"] for row in await self.database.reads.fetch("select status from deliveries order by id")]


_ADDRESSES = {
    Channel.WEBHOOK: "https://hooks.example.com/in/secret",
    Channel.CHAT: "ntfys://ntfy.example.com/alarms",
    Channel.EMAIL: "operations@example.com",
}
