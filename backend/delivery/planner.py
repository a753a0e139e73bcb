"""Who gets a message, when, and why not: one verdict for each recipient and channel. A pure function of plain data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from backend.core.roles import Role
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.kinds import GOOD_NEWS, PRIORITY_RANK, Channel, Decision, MessageKind, Reason
from backend.delivery.preferences import BelowThreshold, Preferences, wants
from backend.delivery.quiet_hours import quiet_until
from backend.delivery.recipients import PersonalChannel, Recipient, SharedDestination
from backend.delivery.silence_matching import Subject
from backend.delivery.verdict import Verdict, verdict
from backend.notifications import NotificationType, Priority

# Sign-ins, keys and accounts are for those who may see them in the SPA.
ADMINS_ONLY = (NotificationType.SECURITY_ALERT,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What holds for all recipients. `told` are the destinations that were told of the same alert before.

    `silence` is None when there is none.
    """

    kind: MessageKind
    now: datetime
    silence: Detail | None = None
    told: frozenset[int] = frozenset()

    @property
    def is_good_news(self) -> bool:
        return self.kind in GOOD_NEWS


@dataclass(frozen=True, slots=True)
class Audience:
    people: Sequence[Recipient] = ()
    shared: Sequence[SharedDestination] = field(default=())


def plan(subject: Subject, audience: Audience, circumstances: Circumstances) -> list[Verdict]:
    """Exactly one verdict for each channel of each person and for each shared destination."""
    verdicts = [
        _for_person(subject, person, channel, circumstances)
        for person in audience.people
        for channel in person.channels
    ]
    return verdicts + [_for_shared(subject, destination, circumstances) for destination in audience.shared]


def _for_person(subject: Subject, person: Recipient, channel: PersonalChannel, circumstances: Circumstances) -> Verdict:
    decided = _refused(subject, person, channel) or _kept_quiet(channel.destination_id, circumstances)
    decided = decided or _by_preference(subject, person, channel.channel, circumstances)
    decision, reason, detail, at = decided
    return verdict(
        detail,
        channel=channel.channel,
        decision=decision,
        reason=reason,
        user_id=person.user_id,
        destination_id=channel.destination_id,
        at=at,
    )


def _for_shared(subject: Subject, destination: SharedDestination, circumstances: Circumstances) -> Verdict:
    decided = _kept_quiet(destination.destination_id, circumstances)
    if destination.why_not is not None:
        decided = _skip(Reason.CHANNEL, destination.why_not)
    decision, reason, detail, at = decided or _by_filter(subject, destination)
    return verdict(
        detail,
        channel=destination.channel,
        decision=decision,
        reason=reason,
        destination_id=destination.destination_id,
        at=at,
    )


_Decided = tuple[Decision, Reason, Detail, datetime | None]


def _skip(reason: Reason, detail: Detail) -> _Decided:
    return Decision.SKIP, reason, detail, None


def is_for_role(category: str, role: Role) -> bool:
    """Whether such an account may read of it at all."""
    return category not in ADMINS_ONLY or role is Role.ADMIN


def _refused(subject: Subject, person: Recipient, channel: PersonalChannel) -> _Decided | None:
    """What no preference can change."""
    if not person.is_active:
        return _skip(Reason.ROLE, Detail(DetailCode.ACCOUNT_DISABLED))
    if not is_for_role(subject.category, person.role):
        return _skip(Reason.ROLE, Detail(DetailCode.ADMINS_ONLY, DetailArgs(role=person.role)))
    if channel.why_not is not None or channel.destination_id is None:
        not_set_up = Detail(DetailCode.NOT_SET_UP, DetailArgs(channel=channel.channel))
        return _skip(Reason.CHANNEL, channel.why_not or not_set_up)
    return None


def _kept_quiet(destination_id: int | None, circumstances: Circumstances) -> _Decided | None:
    if circumstances.is_good_news and destination_id not in circumstances.told:
        return _skip(Reason.THREAD, Detail(DetailCode.END_FOR_THE_TOLD))
    if circumstances.silence is not None:
        return _skip(Reason.SILENCE, circumstances.silence)
    return None


def _by_preference(subject: Subject, person: Recipient, channel: Channel, circumstances: Circumstances) -> _Decided:
    wanted = wants(
        person.preferences,
        category=subject.category,
        channel=channel,
        priority=Priority(subject.priority),
        stores=subject.stores,
    )
    if isinstance(wanted, BelowThreshold):
        if person.preferences.has_digest and not wanted.is_never:
            return Decision.DIGEST, Reason.DIGEST, Detail(DetailCode.IN_DIGEST, wanted.rule.args), None
        return _skip(Reason.PREFERENCE, wanted.rule)
    return _by_quiet_hours(subject, person.preferences, wanted.rule, circumstances)


def _by_quiet_hours(subject: Subject, preferences: Preferences, rule: Detail, circumstances: Circumstances) -> _Decided:
    is_urgent = subject.priority == Priority.CRITICAL and not circumstances.is_good_news
    until = quiet_until(preferences.quiet_hours, preferences.timezone, circumstances.now, is_urgent=is_urgent)
    if until is None:
        return Decision.SEND, Reason.PREFERENCE, rule, None
    return Decision.HOLD, Reason.QUIET_HOURS, Detail(DetailCode.QUIET_HOURS, DetailArgs(until=until)), until


def _by_filter(subject: Subject, destination: SharedDestination) -> _Decided:
    if destination.types and subject.category not in destination.types:
        return _skip(Reason.PREFERENCE, Detail(DetailCode.TYPE_NOT_TAKEN, DetailArgs(category=subject.category)))
    if PRIORITY_RANK[Priority(subject.priority)] < PRIORITY_RANK[destination.min_priority]:
        limits = DetailArgs(threshold=destination.min_priority, priority=Priority(subject.priority))
        return _skip(Reason.PREFERENCE, Detail(DetailCode.PRIORITY_NOT_TAKEN, limits))
    if destination.store_ids and not destination.store_ids.intersection(subject.stores):
        return _skip(Reason.PREFERENCE, Detail(DetailCode.STORES_NOT_TAKEN))
    return Decision.SEND, Reason.PREFERENCE, Detail(DetailCode.TAKEN), None


def recipients_of(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those that get a delivery, now or later."""
    return [verdict for verdict in verdicts if verdict.decision in {Decision.SEND, Decision.HOLD}]
