"""Reading what explains a notification or an alert: the messages about it, their verdicts and their deliveries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.db.reads import Reads
from backend.delivery.alert_thread import GROWTH_THAT_IS_TOLD, TO_BE_TOLD_ANEW
from backend.delivery.delivery_reads import tried_deliveries, verdicts_of
from backend.delivery.detail import Detail
from backend.delivery.detail_names import named
from backend.delivery.explain_basis import Basis, Written, basis_of_alert, basis_of_notification, concerned
from backend.delivery.explain_fates import fates_of
from backend.delivery.explain_items import shown
from backend.delivery.explain_schemas import (
    ExplainedMessageOut,
    ExplainedOut,
    ExplainedThreadOut,
    ExplanationOut,
    UnplannedOut,
)
from backend.delivery.explaining import explain
from backend.delivery.kinds import MessageKind
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
_THREAD = "select is_open, size from delivery_alert_threads where alert_id = $1::bigint"

Row = Any  # Any: a database row, read by column name


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`whose` limits the answer to one person: their own channels, and no shared destination.

    `unplanned` is the answer when there is no message at all.
    """

    notification_id: int | None = None
    alert_id: int | None = None
    # When the notification was written, and when it was back from being put off.
    rang_at: datetime | None = None
    back_at: datetime | None = None
    whose: int | None = None
    unplanned: Detail | None = None


async def explanation(reads: Reads, question: Question) -> ExplanationOut:
    """Why each recipient did or did not get it, by each channel."""
    messages = await _messages(reads, question)
    basis = _basis(messages, question)
    if basis is None:
        return await _unplanned(reads, question)
    thread = await _thread(reads, question.alert_id, basis) if basis.is_of_thread else None
    told = concerned(messages, basis, notification_id=question.notification_id)
    escalations = [message for message in told if message.kind is MessageKind.ESCALATION]
    return ExplanationOut(
        notification_id=question.notification_id,
        alert_id=question.alert_id,
        is_planned=True,
        unplanned=None,
        message=ExplainedMessageOut(basis.message.id, basis.message.kind, basis.message.created_at),
        thread=thread,
        items=await _items(reads, question, basis, told, escalations),
    )


async def _unplanned(reads: Reads, question: Question) -> ExplanationOut:
    return ExplanationOut(
        notification_id=question.notification_id,
        alert_id=question.alert_id,
        is_planned=False,
        unplanned=None if question.unplanned is None else await _why(reads, question.unplanned),
        message=None,
        thread=None,
        items=[],
    )


async def _why(reads: Reads, detail: Detail) -> UnplannedOut:
    (args,) = await named(reads, [detail.args])
    return UnplannedOut(detail.text, detail.code, args)


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
    size = rows[0]["size"] if rows and rows[0]["is_open"] else TO_BE_TOLD_ANEW
    next_size = None if size == TO_BE_TOLD_ANEW else size * GROWTH_THAT_IS_TOLD
    return ExplainedThreadOut(basis.message.created_at, next_size)


async def _items(
    reads: Reads, question: Question, basis: Basis, told: Sequence[Written], escalations: Sequence[Written]
) -> list[ExplainedOut]:
    verdicts = await _verdicts(reads, [basis.message, *escalations], whose=question.whose)
    fates = await fates_of(
        reads,
        [message.id for message in told],
        verdicts[basis.message.id],
        rang_at=_news_at(basis, question),
        whose=question.whose,
    )
    explained = explain(
        fates.judged(basis.message.id, verdicts[basis.message.id]),
        thread_told_at=basis.message.created_at if basis.is_of_thread else None,
        escalated=[one for message in escalations for one in fates.judged(message.id, verdicts[message.id])],
    )
    return await shown(reads, explained, await tried_deliveries(reads, fates.rows))


def _news_at(basis: Basis, question: Question) -> datetime:
    """When it was news: the digest of then has it. What returns is news once more, also when somebody woke it."""
    if question.rang_at is None or basis.message.kind is MessageKind.RETURNED:
        return basis.message.created_at
    return question.back_at or question.rang_at


async def _verdicts(reads: Reads, messages: Iterable[Written], *, whose: int | None) -> dict[int, list[Verdict]]:
    """By message."""
    rows = await reads.fetch(_VERDICTS, [message.id for message in messages])
    return {
        row["id"]: [verdict for verdict in verdicts_of(row["verdicts"]) if whose is None or verdict.user_id == whose]
        for row in rows
    }
