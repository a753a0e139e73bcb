"""Writing a message: planned for everybody, its deliveries and verdicts in the caller's transaction, and only once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.fields import JsonObject, storable, storable_json
from backend.core.settings import Settings
from backend.db.reads import fetch_within
from backend.delivery.audience import load_audience
from backend.delivery.kinds import PRIORITY_RANK, MessageKind, Reason
from backend.delivery.planner import Circumstances, plan, recipients_of
from backend.delivery.silence_matching import Silence, Subject, silencing
from backend.delivery.silence_repository import active_silences
from backend.delivery.verdict import Verdict
from backend.notifications import Priority
from backend.tenancy import merchants_of_stores

_COLUMNS = """event_key, kind, category, priority, title, body, store_id, notification_id, alert_id, action_url, thread,
payload, verdicts, created_at"""

# The deliveries that are not held may go by the database's own clock.
_WRITE = f"""
with message as (
    insert into delivery_messages ({_COLUMNS})
    select {_COLUMNS} from jsonb_populate_record(null::delivery_messages, $1::text::jsonb)
    on conflict (event_key) do nothing
    returning id
), going as (
    insert into deliveries (message_id, destination_id, priority_rank, store_key, next_attempt_at, reason)
    select message.id, destination_id, $2, $3, coalesce(at, tocsin_now()),
           case when at is not null then '{Reason.QUIET_HOURS}' end
    from message, unnest($4::bigint[], $5::timestamptz[]) as to_whom (destination_id, at)
)
select id from message
"""  # noqa: S608 - constants of our own


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something to tell. `told` are the destinations that were told of the same alert before.

    `subject` is what silences and preferences judge an alert by, without its stores.
    """

    event_key: str
    kind: MessageKind
    category: str
    priority: Priority
    title: str
    body: str
    store_ids: list[int] = field(default_factory=list)
    notification_id: int | None = None
    alert_id: int | None = None
    action_url: str | None = None
    payload: JsonObject = field(default_factory=dict)
    told: frozenset[int] = frozenset()
    subject: Subject | None = None


class MessageWriter:
    def __init__(self, session: AsyncSession, clock: Clock, settings: Settings) -> None:
        self._session = session
        self._clock = clock
        self._settings = settings

    async def write(self, news: News) -> int | None:
        """Plan it for everybody and write all of it; its id, None when this event was planned before."""
        return await self.write_under(await self.silence_of(news), news)

    async def write_under(self, silence: Silence | None, news: News) -> int | None:
        """Do the same with the silence that was found for it."""
        return await self.write_planned(news, await self.verdicts(news, silence))

    async def write_planned(self, news: News, verdicts: Sequence[Verdict]) -> int | None:
        """Write a message for whom the caller decided about."""
        going = recipients_of(verdicts)
        written = await fetch_within(self._session)(
            _WRITE,
            msgspec.json.encode(self._columns(news) | {"verdicts": verdicts}).decode(),
            PRIORITY_RANK[news.priority],
            # An alert over several stores waits in no store's turn.
            news.store_ids[0] if len(news.store_ids) == 1 else 0,
            [verdict.destination_id for verdict in going],
            [verdict.at for verdict in going],
        )
        return written[0]["id"] if written else None

    async def silence_of(self, news: News) -> Silence | None:
        """The silence that keeps it from everybody now."""
        now = self._clock.now()
        return silencing(await active_silences(fetch_within(self._session), now), await self._subject(news), now)

    async def verdicts(self, news: News, silence: Silence | None) -> list[Verdict]:
        """What is decided about everybody, without writing it."""
        audience = await load_audience(self._session, self._clock, self._settings)
        circumstances = Circumstances(
            kind=news.kind,
            now=self._clock.now(),
            silence=silence.detail if silence else None,
            told=news.told,
        )
        return plan(await self._subject(news), audience, circumstances)

    async def _subject(self, news: News) -> Subject:
        merchants = await merchants_of_stores(fetch_within(self._session), news.store_ids)
        told = news.subject or Subject(news.category, news.priority, news.title, news.body)
        return told._replace(stores={store_id: merchants.get(store_id) for store_id in news.store_ids})

    def _columns(self, news: News) -> JsonObject:
        return {
            "event_key": news.event_key,
            "kind": news.kind,
            "category": news.category,
            "priority": news.priority,
            "title": news.title,
            "body": storable(news.body),
            "store_id": news.store_ids[0] if len(news.store_ids) == 1 else None,
            "notification_id": news.notification_id,
            "alert_id": news.alert_id,
            "action_url": news.action_url,
            "thread": f"alert-{news.alert_id}" if news.alert_id is not None else None,
            "payload": storable_json(news.payload),
            "created_at": self._clock.now(),
        }
