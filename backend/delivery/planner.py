"""Who gets a message, when, and why not: one verdict for each recipient and channel. A pure function of plain data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from backend.core.roles import Role
from backend.delivery.kinds import GOOD_NEWS, PRIORITY_RANK, Channel, Decision, MessageKind, Reason
from backend.delivery.preferences import BelowThreshold, Preferences, wants
from backend.delivery.quiet_hours import quiet_until
from backend.delivery.recipients import PersonalChannel, Recipient, SharedDestination
from backend.delivery.silence_matching import Subject
from backend.delivery.verdict import Verdict
from backend.notifications import NotificationType, Priority

# Sign-ins, keys and accounts are for those who may see them in the SPA.
ADMINS_ONLY = (NotificationType.SECURITY_ALERT,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What holds for all recipients. `told` are the destinations that were told of the same alert before.

    `silence` is in words, None when there is none.
    """

    kind: MessageKind
    now: datetime
    silence: str | None = None
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
    return Verdict(
        channel=channel.channel,
        decision=decision,
        reason=reason,
        detail=detail,
        user_id=person.user_id,
        destination_id=channel.destination_id,
        at=at,
    )


def _for_shared(subject: Subject, destination: SharedDestination, circumstances: Circumstances) -> Verdict:
    decided = _kept_quiet(destination.destination_id, circumstances)
    if destination.why_not is not None:
        decided = _skip(Reason.CHANNEL, destination.why_not)
    decision, reason, detail, at = decided or _by_filter(subject, destination)
    return Verdict(
        channel=destination.channel,
        decision=decision,
        reason=reason,
        detail=detail,
        destination_id=destination.destination_id,
        at=at,
    )


_Decided = tuple[Decision, Reason, str, datetime | None]


def _skip(reason: Reason, detail: str) -> _Decided:
    return Decision.SKIP, reason, detail, None


def _refused(subject: Subject, person: Recipient, channel: PersonalChannel) -> _Decided | None:
    """What no preference can change."""
    if not person.is_active:
        return _skip(Reason.ROLE, "The account is disabled.")
    if subject.category in ADMINS_ONLY and person.role is not Role.ADMIN:
        return _skip(Reason.ROLE, f"Security alerts are for admins; this is an account of the role {person.role}.")
    if channel.why_not is not None or channel.destination_id is None:
        return _skip(Reason.CHANNEL, channel.why_not or f"No {channel.channel} is set up.")
    return None


def _kept_quiet(destination_id: int | None, circumstances: Circumstances) -> _Decided | None:
    if circumstances.is_good_news and destination_id not in circumstances.told:
        return _skip(Reason.THREAD, "Its end is told to those who were told of it.")
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
            return Decision.DIGEST, Reason.DIGEST, f"{wanted.rule} It is in the digest.", None
        return _skip(Reason.PREFERENCE, wanted.rule)
    return _by_quiet_hours(subject, person.preferences, wanted.rule, circumstances)


def _by_quiet_hours(subject: Subject, preferences: Preferences, rule: str, circumstances: Circumstances) -> _Decided:
    until = quiet_until(preferences.quiet_hours, preferences.timezone, circumstances.now)
    is_urgent = subject.priority == Priority.CRITICAL and not circumstances.is_good_news
    if until is None or (is_urgent and preferences.quiet_hours.critical_ignores):
        return Decision.SEND, Reason.PREFERENCE, rule, None
    return Decision.HOLD, Reason.QUIET_HOURS, "It waits for the end of quiet hours.", until


def _by_filter(subject: Subject, destination: SharedDestination) -> _Decided:
    if destination.types and subject.category not in destination.types:
        return _skip(Reason.PREFERENCE, f"The destination does not take {subject.category}.")
    if PRIORITY_RANK[Priority(subject.priority)] < PRIORITY_RANK[destination.min_priority]:
        return _skip(Reason.PREFERENCE, f"The destination takes {destination.min_priority} and above.")
    if destination.store_ids and not destination.store_ids.intersection(subject.stores):
        return _skip(Reason.PREFERENCE, "The destination takes other stores only.")
    return Decision.SEND, Reason.PREFERENCE, "The destination takes it.", None


def recipients_of(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those that get a delivery, now or later."""
    return [verdict for verdict in verdicts if verdict.decision in {Decision.SEND, Decision.HOLD}]
