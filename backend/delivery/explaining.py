"""Why somebody did or did not get a message: the planner's verdict, and what came of it afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from backend.delivery.alert_thread import GROWTH_THAT_IS_TOLD
from backend.delivery.kinds import Decision, DeliveryStatus, Reason
from backend.delivery.verdict import Verdict

# A verdict of one of these came to a delivery.
_TOLD = (Decision.SEND, Decision.HOLD)

# A person and a channel, or a shared destination.
Key = tuple[str, int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a delivery; `folded_into` is the title of the message that it went in."""

    status: DeliveryStatus
    next_attempt_at: datetime
    reason: str | None = None
    folded_into: str | None = None
    # It was dropped because its destination was deleted.
    is_destination_gone: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and its delivery's fate if there is a delivery."""

    verdict: Verdict
    fate: Fate | None = None


def explain(
    judged: Iterable[Judged], *, thread_told_at: datetime | None = None, escalated: Iterable[Judged] = ()
) -> list[Verdict]:
    """Exactly one verdict for each recipient and channel: the one that decided in the end.

    With `thread_told_at`, what is explained is a notification that its alert's thread had told of then. `escalated`
    are verdicts of escalations, oldest first: they decide for those who were not told before.
    """
    explained = {key_of(one.verdict): _in_the_end(one, thread_told_at) for one in judged}
    for one in escalated:
        before = explained.get(key_of(one.verdict))
        if before is None or (one.verdict.decision in _TOLD and not _was_told(before)):
            explained[key_of(one.verdict)] = _in_the_end(one, None)
    return list(explained.values())


def key_of(verdict: Verdict) -> Key:
    """Who and by which channel."""
    if verdict.user_id is None:
        return "shared", verdict.destination_id, verdict.channel
    return "person", verdict.user_id, verdict.channel


def _was_told(verdict: Verdict) -> bool:
    return verdict.decision in _TOLD or verdict.reason is Reason.THREAD


def _in_the_end(judged: Judged, thread_told_at: datetime | None) -> Verdict:
    verdict, fate = judged.verdict, judged.fate
    if fate is not None and fate.status is DeliveryStatus.DROPPED:
        reason = Reason.CHANNEL if fate.is_destination_gone else Reason.THREAD
        return _other(verdict, Decision.SKIP, reason, _sentence(fate.reason or "it was dropped before it was sent"))
    if thread_told_at is not None and verdict.decision in _TOLD:
        return _other(verdict, Decision.SKIP, Reason.THREAD, _by_thread(thread_told_at))
    if fate is not None and fate.status is DeliveryStatus.HELD:
        detail = "It waits for the throttle, to go in one message with others."
        return _other(verdict, Decision.HOLD, Reason.THROTTLE, detail, fate.next_attempt_at)
    if fate is not None and fate.status is DeliveryStatus.FOLDED:
        return _other(verdict, Decision.SEND, Reason.THROTTLE, _folded(fate.folded_into))
    return verdict


def _other(verdict: Verdict, decision: Decision, reason: Reason, detail: str, at: datetime | None = None) -> Verdict:
    return msgspec.structs.replace(verdict, decision=decision, reason=reason, detail=detail, at=at)


def _by_thread(told_at: datetime) -> str:
    return (
        f"The alert was told of at {told_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}; the next message comes when it is "
        f"worse, {GROWTH_THAT_IS_TOLD} times wider or over."
    )


def _folded(title: str | None) -> str:
    within = f"the message “{title}”" if title else "one message with others"
    return f"The throttle kept it back, and it went in {within}."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
