"""Reading what explains a notification or an alert: the messages about it, their verdicts and their deliveries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.db.reads import Reads
from backend.delivery.alert_thread import GROWTH_THAT_IS_TOLD
from backend.delivery.delivery_reads import delivery_rows, tried_deliveries, verdicts_of
from backend.delivery.explain_basis import Basis, Written, basis_of_alert, basis_of_notification, concerned
from backend.delivery.explain_items import shown
from backend.delivery.explain_schemas import ExplainedMessageOut, ExplainedOut, ExplainedThreadOut, ExplanationOut
from backend.delivery.explaining import Fate, Judged, explain
from backend.delivery.kinds import Decision, DeliveryStatus, MessageKind
from backend.delivery.verdict import Verdict

# An alert that comes and goes for months has more messages than anybody reads.
_MOST_MESSAGES = 200

_OF_ALERT = f"""
select id, kind, created_at, notification_id from delivery_messages
where alert_id = $1::bigint order by id desc limit {_MOST_MESSAGES}
"""  # noqa: S608 - a constant of our own
_OF_NOTIFICATION = f"""
select id, kind, created_at, notification_id from delivery_messages
where notification_id = $1::bigint order by id desc limit {_MOST_MESSAGES}
"""  # noqa: S608 - a constant of our own
_VERDICTS = "select id, verdicts from delivery_messages where id = any($1::bigint[])"
# Those of the messages, what they were folded into, and the digests of people that cover a time; $3 limits to a person.
_DELIVERY_IDS = """
select d.id from deliveries d join delivery_destinations t on t.id = d.destination_id
where ($3::bigint is null or t.user_id = $3) and d.id in (
    select id from deliveries where message_id = any($1::bigint[])
    union all
    select folded_into_id from deliveries where message_id = any($1::bigint[]) and folded_into_id is not null
    union all
    select digest.id
    from delivery_digest_windows w join deliveries digest on digest.message_id = w.message_id
    where w.user_id = any($2::bigint[]) and w.ends_at > $4::timestamptz and w.starts_at <= $4::timestamptz
)
"""
_THREAD = "select is_open, size from delivery_alert_threads where alert_id = $1::bigint"

Row = Any  # Any: a database row, read by column name


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`whose` limits the answer to one person: their own channels, and no shared destination."""

    notification_id: int | None = None
    alert_id: int | None = None
    # When the notification was written.
    rang_at: datetime | None = None
    whose: int | None = None


async def explanation(reads: Reads, question: Question) -> ExplanationOut:
    """Why each recipient did or did not get it, by each channel."""
    messages = await _messages(reads, question)
    basis = _basis(messages, question)
    if basis is None:
        return ExplanationOut(question.notification_id, question.alert_id, False, None, None, [])  # noqa: FBT003 - is_planned
    thread = await _thread(reads, question.alert_id, basis) if basis.is_of_thread else None
    told = concerned(messages, basis, notification_id=question.notification_id)
    escalations = [message for message in told if message.kind is MessageKind.ESCALATION]
    return ExplanationOut(
        notification_id=question.notification_id,
        alert_id=question.alert_id,
        is_planned=True,
        message=ExplainedMessageOut(basis.message.id, basis.message.kind, basis.message.created_at),
        thread=thread,
        items=await _items(reads, question, basis, told, escalations),
    )


async def _messages(reads: Reads, question: Question) -> list[Written]:
    """Oldest first."""
    found: dict[int, Row] = {}
    if question.alert_id is not None:
        found |= {row["id"]: row for row in await reads.fetch(_OF_ALERT, question.alert_id)}
    if question.notification_id is not None:
        found |= {row["id"]: row for row in await reads.fetch(_OF_NOTIFICATION, question.notification_id)}
    return [
        Written(row["id"], MessageKind(row["kind"]), row["created_at"], row["notification_id"])
        for _, row in sorted(found.items())
    ]


def _basis(messages: Sequence[Written], question: Question) -> Basis | None:
    if question.notification_id is None or question.rang_at is None:
        return basis_of_alert(messages)
    return basis_of_notification(messages, notification_id=question.notification_id, created_at=question.rang_at)


async def _thread(reads: Reads, alert_id: int | None, basis: Basis) -> ExplainedThreadOut:
    rows = await reads.fetch(_THREAD, alert_id)
    next_size = rows[0]["size"] * GROWTH_THAT_IS_TOLD if rows and rows[0]["is_open"] else None
    return ExplainedThreadOut(basis.message.created_at, next_size)


async def _items(
    reads: Reads, question: Question, basis: Basis, told: Sequence[Written], escalations: Sequence[Written]
) -> list[ExplainedOut]:
    verdicts = await _verdicts(reads, [basis.message, *escalations], whose=question.whose)
    rows = await _deliveries(reads, question, basis, told, verdicts[basis.message.id])
    fates = _fates(rows)
    explained = explain(
        _judged(basis.message, verdicts, fates),
        thread_told_at=basis.message.created_at if basis.is_of_thread else None,
        escalated=[one for message in escalations for one in _judged(message, verdicts, fates)],
    )
    return await shown(reads, explained, await tried_deliveries(reads, rows))


async def _verdicts(reads: Reads, messages: Iterable[Written], *, whose: int | None) -> dict[int, list[Verdict]]:
    """By message."""
    rows = await reads.fetch(_VERDICTS, [message.id for message in messages])
    return {
        row["id"]: [verdict for verdict in verdicts_of(row["verdicts"]) if whose is None or verdict.user_id == whose]
        for row in rows
    }


async def _deliveries(
    reads: Reads, question: Question, basis: Basis, told: Sequence[Written], verdicts: Iterable[Verdict]
) -> Sequence[Row]:
    digested = {
        verdict.user_id for verdict in verdicts if verdict.decision is Decision.DIGEST and verdict.user_id is not None
    }
    ids = await reads.fetch(
        _DELIVERY_IDS,
        [message.id for message in told],
        list(digested),
        question.whose,
        question.rang_at or basis.message.created_at,
    )
    return await delivery_rows(reads, [row["id"] for row in ids])


def _fates(rows: Collection[Row]) -> dict[tuple[int, int], Fate]:
    """By message and destination."""
    titles = {row["id"]: row["title"] for row in rows}
    return {
        (row["message_id"], row["destination_id"]): Fate(
            status=DeliveryStatus(row["status"]),
            next_attempt_at=row["next_attempt_at"],
            reason=row["reason"],
            folded_into=titles.get(row["folded_into_id"]),
            is_destination_gone=_is_gone(row),
        )
        for row in rows
    }


def _is_gone(row: Row) -> bool:
    deleted_at, finished_at = row["deleted_at"], row["finished_at"]
    return deleted_at is not None and finished_at is not None and finished_at >= deleted_at


def _judged(
    message: Written, verdicts: Mapping[int, Sequence[Verdict]], fates: Mapping[tuple[int, int], Fate]
) -> list[Judged]:
    return [
        Judged(
            verdict,
            None if verdict.destination_id is None else fates.get((message.id, verdict.destination_id)),
        )
        for verdict in verdicts[message.id]
    ]
