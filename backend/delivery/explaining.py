"""Why somebody did or did not get a message: the planner's verdict, and what came of it afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backend.delivery.alert_thread import GROWTH_THAT_IS_TOLD
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.fate import Fate, why_lost, why_waiting
from backend.delivery.kinds import Decision, DeliveryStatus, Reason
from backend.delivery.verdict import Verdict

# A verdict of one of these came to a delivery.
_TOLD = (Decision.SEND, Decision.HOLD)

# A person and a channel, or a shared destination.
Key = tuple[str, int | None, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and its delivery's fate if there is a delivery; of a digest, what became of that."""

    verdict: Verdict
    fate: Fate | None = None
    # When the digest was made that it is in.
    digest_at: datetime | None = None


def explain(
    judged: Iterable[Judged], *, thread_told_at: datetime | None = None, escalated: Iterable[Judged] = ()
) -> list[Verdict]:
    """Exactly one verdict for each recipient and channel: the one that decided in the end.

    With `thread_told_at`, what is explained is a notification that its alert's thread had told of then. `escalated`
    are verdicts of escalations, oldest first: they decide for those who were not told before.
    """
    explained = {key_of(one.verdict): _by_thread(_in_the_end(one), thread_told_at) for one in judged}
    for one in escalated:
        key, passed_on = key_of(one.verdict), _in_the_end(one)
        if key not in explained or (one.verdict.decision in _TOLD and _decides(passed_on, explained[key])):
            explained[key] = passed_on
    return list(explained.values())


def key_of(verdict: Verdict) -> Key:
    """Who and by which channel."""
    if verdict.user_id is None:
        return "shared", verdict.destination_id, verdict.channel
    return "person", verdict.user_id, verdict.channel


def _decides(passed_on: Verdict, before: Verdict) -> bool:
    """Whether an escalation is what told them: not those who knew, nor those who wait when it came to nothing."""
    if before.decision is Decision.SEND or before.detail_code is DetailCode.TOLD_BEFORE:
        return False
    return passed_on.decision is Decision.SEND or before.decision is not Decision.HOLD


def _by_thread(ended: Verdict, told_at: datetime | None) -> Verdict:
    if told_at is None or ended.decision is not Decision.SEND:
        return ended
    args = DetailArgs(at=told_at, factor=GROWTH_THAT_IS_TOLD)
    return ended.turned(Decision.SKIP, Reason.THREAD, Detail(DetailCode.TOLD_BEFORE, args))


def _in_the_end(judged: Judged) -> Verdict:
    verdict, fate = judged.verdict, judged.fate
    if verdict.decision is Decision.DIGEST:
        return _in_digest(verdict, fate, judged.digest_at)
    return verdict if fate is None else _of_delivery(verdict, fate)


def _of_delivery(verdict: Verdict, fate: Fate) -> Verdict:
    if fate.status is DeliveryStatus.FOLDED:
        return _folded(verdict, fate)
    if fate.is_lost:
        return verdict.turned(Decision.SKIP, *why_lost(fate))
    waiting = why_waiting(fate)
    if waiting is not None:
        reason, detail, until = waiting
        return verdict.turned(Decision.HOLD, reason, detail, until)
    if verdict.decision is Decision.HOLD:
        detail = Detail(DetailCode.AFTER_QUIET_HOURS, DetailArgs(until=verdict.at or fate.next_attempt_at))
        return verdict.turned(Decision.SEND, Reason.QUIET_HOURS, detail)
    return verdict


def _in_digest(verdict: Verdict, fate: Fate | None, digest_at: datetime | None) -> Verdict:
    """It stays a matter of the digest, whatever became of that."""
    if fate is None or digest_at is None:
        return verdict
    if fate.is_lost:
        detail = Detail(DetailCode.DIGEST_GIVEN_UP, DetailArgs(at=digest_at))
        return verdict.turned(Decision.DIGEST, Reason.CHANNEL, detail)
    if fate.status is DeliveryStatus.SENT:
        return verdict.turned(Decision.DIGEST, Reason.DIGEST, Detail(DetailCode.DIGEST_SENT, DetailArgs(at=digest_at)))
    return verdict


def _folded(verdict: Verdict, fate: Fate) -> Verdict:
    within, args = fate.folded_into, DetailArgs(title=fate.folded_title)
    if within is None:
        return verdict
    if within.is_lost:
        return verdict.turned(Decision.SKIP, Reason.CHANNEL, Detail(DetailCode.FOLDED_AND_GIVEN_UP, args))
    if within.status is not DeliveryStatus.SENT:
        return verdict.turned(Decision.SEND, Reason.THROTTLE, Detail(DetailCode.FOLDED, args))
    return verdict.turned(Decision.SEND, Reason.THROTTLE, Detail(DetailCode.FOLDED_AND_SENT, args))
