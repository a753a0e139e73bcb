"""Making digests: each person's window once, with its message and delivery in one transaction (docs/digests.md)."""

from datetime import datetime, timedelta

import msgspec
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database
from backend.delivery.audience import load_audience
from backend.delivery.digest_repository import DigestRepository
from backend.delivery.digest_text import body, title
from backend.delivery.digest_verdicts import verdicts_of_digest
from backend.delivery.digest_window import Window, window
from backend.delivery.kinds import MessageKind
from backend.delivery.messages import MessageWriter, News
from backend.delivery.recipients import Recipient
from backend.delivery.summary import Summary, shortened
from backend.delivery.summary_reads import summary_between
from backend.jobs import JobKind, JobRun
from backend.notifications import Priority

log = structlog.get_logger()

MAKE_DIGESTS = "delivery.make_digests"

CATEGORY = "digest"
# Whoever comes back after long is not told of all that time.
LONGEST_WINDOW = timedelta(days=31)
# What a transaction raised just before the boundary may be seen only after it.
SETTLING = timedelta(seconds=15)
# Of each store and group: a mail shows fewer.
_MOST_ITEMS = 10


class Digesting:
    """One round over all people. Digests of the same window read its summary once."""

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._summaries: dict[tuple[Window, Role], Summary] = {}

    async def make_due(self) -> None:
        """Make every digest that is due; one that fails keeps nobody else from theirs, and is raised at the end."""
        failed: Exception | None = None
        for person in await self._people_due():
            try:
                async with self._database.unit_of_work() as session:
                    await self._make(session, person)
            except Exception as error:
                log.exception("digest_failed", user_id=person.user_id)
                failed = error
        if failed is not None:
            raise failed

    async def _people_due(self) -> list[Recipient]:
        async with self._database.unit_of_work() as session:
            people = (await load_audience(session, self._clock, self._settings)).people
            wanting = [person for person in people if person.is_active and person.preferences.has_digest]
            last_ends = await DigestRepository(session).last_ends([person.user_id for person in wanting])
        return [
            person
            for person in wanting
            if person.user_id not in last_ends or self._window(person, last_ends[person.user_id])
        ]

    def _window(self, person: Recipient, last_end: datetime) -> Window | None:
        preferences = person.preferences
        due = window(preferences.digest, preferences.timezone, self._clock.now() - SETTLING, last_end=last_end)
        return due and Window(max(due.start, due.end - LONGEST_WINDOW), due.end)

    async def _make(self, session: AsyncSession, person: Recipient) -> None:
        windows = DigestRepository(session)
        # Another worker may have made it since, or made a later one that contains it: looked at again in turn.
        await windows.take_turn(person.user_id)
        last_end = (await windows.last_ends([person.user_id])).get(person.user_id)
        if last_end is None:
            # There is no digest about a time before somebody was there.
            await windows.begin(person.user_id, self._clock.now())
            return
        due = self._window(person, last_end)
        if due is None:
            return
        summary = await self._summary(due, person.role)
        message_id = None if summary.is_empty else await self._write(session, person, summary)
        await windows.add(person.user_id, due.start, due.end, message_id)

    async def _summary(self, due: Window, role: Role) -> Summary:
        key = due, role
        if key not in self._summaries:
            self._summaries[key] = await summary_between(self._database.reads, due.start, due.end, role=role)
        return self._summaries[key]

    async def _write(self, session: AsyncSession, person: Recipient, summary: Summary) -> int | None:
        """The message with its verdicts and at most one delivery; its id, None when it was written before."""
        preferences = person.preferences
        verdicts = verdicts_of_digest(person, self._clock.now())
        news = News(
            event_key=f"digest:{person.user_id}:{summary.end.isoformat()}",
            kind=MessageKind.DIGEST,
            category=CATEGORY,
            priority=Priority.LOW,
            title=title(preferences.digest.frequency, preferences.language),
            body=body(summary, preferences.language),
            action_url="/notifications",
            payload=msgspec.to_builtins(shortened(summary, _MOST_ITEMS)),
        )
        return await MessageWriter(session, self._clock, self._settings).write_planned(news, verdicts)


async def make_digests(run: JobRun) -> None:
    """Each minute."""
    await Digesting(run.database, run.clock, run.resources.settings).make_due()


JOB_KINDS = (JobKind(MAKE_DIGESTS, make_digests),)
