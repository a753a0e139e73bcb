"""What decided in the end: the planner's verdict, or what came of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.roles import Role
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.explaining import Judged, explain, key_of
from backend.delivery.fate import Fate
from backend.delivery.kinds import PERSONAL, Channel, Decision, DeliveryStatus, MessageKind, Reason
from backend.delivery.planner import Audience, Circumstances, plan
from backend.delivery.preferences import Preferences
from backend.delivery.quiet_hours import QuietHours
from backend.delivery.recipients import PersonalChannel, Recipient, SharedDestination
from backend.delivery.silence_matching import Subject
from backend.delivery.verdict import Verdict
from backend.notifications import Priority

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 13, tzinfo=UTC)
EARLIER = datetime(2026, 3, 2, 11, tzinfo=UTC)
SILENCED = Detail(DetailCode.SILENCED, DetailArgs(silence_id=3, until=LATER, comment="Moving."))
ALWAYS_QUIET = QuietHours(is_on=True, start="00:00", end="23:59")


def verdict(
    decision: Decision = Decision.SEND, reason: Reason = Reason.PREFERENCE, **fields: Any
) -> Verdict:  # Any: fields of Verdict
    usual: dict[str, Any] = {
        "channel": Channel.EMAIL,
        "detail": "As planned.",
        "user_id": 1,
        "destination_id": 5,
    }  # Any: see above
    return Verdict(decision=decision, reason=reason, **(usual | fields))


def fate(status: DeliveryStatus, **fields: Any) -> Fate:  # Any: fields of Fate
    usual: dict[str, Any] = {"now": NOON, "next_attempt_at": NOON}  # Any: see above
    return Fate(status=status, **(usual | fields))


def decided(judged: Judged, **around: Any) -> tuple[Decision, Reason]:  # Any: arguments of explain
    (found,) = explain([judged], **around)
    return found.decision, found.reason


SKIPPED = verdict(Decision.SKIP)
ESCALATED = verdict(Decision.SEND, Reason.ESCALATION)


class TestFate:
    @pytest.mark.parametrize("status", [None, DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.SENT])
    def test_the_verdict_stays_of_what_was_sent_or_goes_now(self, status: DeliveryStatus | None) -> None:
        assert explain([Judged(verdict(), fate(status) if status else None)]) == [verdict()]

    def test_what_was_given_up_is_the_channels_and_not_a_preference(self) -> None:
        (found,) = explain([Judged(verdict(), fate(DeliveryStatus.DEAD, reason="tries_failed", tries=7))])
        assert (found.decision, found.reason) == (Decision.SKIP, Reason.CHANNEL)
        assert (found.detail_code, found.detail_args.tries) == (DetailCode.TRIES_FAILED, 7)

    def test_what_waited_for_the_end_of_quiet_hours_says_so_once_it_went(self) -> None:
        held = verdict(Decision.HOLD, Reason.QUIET_HOURS, at=LATER)
        (found,) = explain([Judged(held, fate(DeliveryStatus.SENT, next_attempt_at=LATER))])
        assert (found.decision, found.reason, found.at) == (Decision.SEND, Reason.QUIET_HOURS, None)
        assert (found.detail_code, found.detail_args.until) == (DetailCode.AFTER_QUIET_HOURS, LATER)

    def test_what_waits_for_a_destination_that_does_not_answer_says_until_when(self) -> None:
        (found,) = explain([Judged(verdict(), fate(DeliveryStatus.PENDING, silent_until=LATER))])
        assert (found.decision, found.reason, found.at) == (Decision.HOLD, Reason.CHANNEL, LATER)

    def test_what_the_throttle_keeps_back_waits_for_it(self) -> None:
        (found,) = explain([Judged(verdict(), fate(DeliveryStatus.HELD, next_attempt_at=LATER))])
        assert (found.decision, found.reason, found.at) == (Decision.HOLD, Reason.THROTTLE, LATER)

    @pytest.mark.parametrize(
        ("status", "decided_in_the_end", "code"),
        [
            (DeliveryStatus.SENT, (Decision.SEND, Reason.THROTTLE), DetailCode.FOLDED_AND_SENT),
            (DeliveryStatus.PENDING, (Decision.SEND, Reason.THROTTLE), DetailCode.FOLDED),
            (DeliveryStatus.DEAD, (Decision.SKIP, Reason.CHANNEL), DetailCode.FOLDED_AND_GIVEN_UP),
        ],
    )
    def test_what_was_folded_names_the_message_that_it_went_in_and_follows_it(
        self, status: DeliveryStatus, decided_in_the_end: tuple[Decision, Reason], code: DetailCode
    ) -> None:
        folded = fate(DeliveryStatus.FOLDED, folded_into=fate(status), folded_title="12 more messages")
        (found,) = explain([Judged(verdict(), folded)])
        assert (found.decision, found.reason) == decided_in_the_end
        assert (found.detail_code, found.detail_args.title) == (code, "12 more messages")

    def test_what_was_over_before_it_was_sent_is_the_threads(self) -> None:
        (found,) = explain([Judged(verdict(), fate(DeliveryStatus.DROPPED, reason="over_before_sent"))])
        assert (found.decision, found.reason) == (Decision.SKIP, Reason.THREAD)
        assert found.detail == "It was over before it was sent."

    def test_what_was_dropped_with_its_destination_is_the_channels(self) -> None:
        gone = fate(DeliveryStatus.DROPPED, reason="destination_deleted", is_destination_gone=True)
        assert decided(Judged(verdict(), gone)) == (Decision.SKIP, Reason.CHANNEL)

    @pytest.mark.parametrize(
        ("status", "reason", "code"),
        [
            (DeliveryStatus.SENT, Reason.DIGEST, DetailCode.DIGEST_SENT),
            (DeliveryStatus.DEAD, Reason.CHANNEL, DetailCode.DIGEST_GIVEN_UP),
            (DeliveryStatus.PENDING, Reason.DIGEST, None),
        ],
    )
    def test_what_was_left_to_the_digest_has_the_digests_fate(
        self, status: DeliveryStatus, reason: Reason, code: DetailCode | None
    ) -> None:
        (found,) = explain([Judged(verdict(Decision.DIGEST, Reason.DIGEST), fate(status), NOON)])
        assert (found.decision, found.reason, found.detail_code) == (Decision.DIGEST, reason, code)


class TestThread:
    @pytest.mark.parametrize("planned", [Decision.SEND, Decision.HOLD])
    def test_who_was_told_of_the_alert_is_not_told_again(self, planned: Decision) -> None:
        (found,) = explain([Judged(verdict(planned), fate(DeliveryStatus.SENT))], thread_told_at=NOON)
        assert (found.decision, found.reason) == (Decision.SKIP, Reason.THREAD)
        assert found.detail.startswith("The alert was told of at 2026-03-02 12:00 UTC; ")
        assert (found.detail_args.at, found.detail_args.factor) == (NOON, 10)

    def test_whom_the_threads_message_did_not_reach_was_not_told(self) -> None:
        lost = Judged(verdict(), fate(DeliveryStatus.DEAD))
        assert decided(lost, thread_told_at=NOON) == (Decision.SKIP, Reason.CHANNEL)

    def test_who_still_waits_for_the_threads_message_was_not_told(self) -> None:
        held = Judged(verdict(), fate(DeliveryStatus.HELD))
        assert decided(held, thread_told_at=NOON) == (Decision.HOLD, Reason.THROTTLE)

    @pytest.mark.parametrize("planned", [Decision.SKIP, Decision.DIGEST])
    def test_who_was_not_told_keeps_the_reason_for_that(self, planned: Decision) -> None:
        given_ = verdict(planned, Reason.SILENCE)
        assert explain([Judged(given_)], thread_told_at=NOON) == [given_]


class TestEscalation:
    def test_it_decides_for_who_was_not_told(self) -> None:
        assert explain([Judged(SKIPPED)], escalated=[Judged(ESCALATED)]) == [ESCALATED]

    def test_it_adds_those_whom_nobody_had_thought_of(self) -> None:
        other = verdict(Decision.SEND, Reason.ESCALATION, user_id=2)
        assert explain([Judged(SKIPPED)], escalated=[Judged(other)]) == [SKIPPED, other]

    def test_it_changes_nothing_for_who_was_told(self) -> None:
        assert explain([Judged(verdict())], escalated=[Judged(ESCALATED)]) == [verdict()]

    def test_it_decides_for_whom_the_message_did_not_reach(self) -> None:
        lost = Judged(verdict(), fate(DeliveryStatus.DEAD))
        assert explain([lost], escalated=[Judged(ESCALATED, fate(DeliveryStatus.SENT))]) == [ESCALATED]

    def test_it_decides_for_who_still_waits_unless_it_came_to_nothing(self) -> None:
        asleep = Judged(verdict(Decision.HOLD, Reason.QUIET_HOURS, at=LATER))
        reached, lost = fate(DeliveryStatus.SENT), fate(DeliveryStatus.DEAD)
        assert decided(asleep, escalated=[Judged(ESCALATED, reached)]) == (Decision.SEND, Reason.ESCALATION)
        assert decided(asleep, escalated=[Judged(ESCALATED, lost)]) == (Decision.HOLD, Reason.QUIET_HOURS)

    def test_a_channel_that_it_cannot_use_changes_nothing(self) -> None:
        cannot = verdict(Decision.SKIP, Reason.CHANNEL)
        assert explain([Judged(SKIPPED)], escalated=[Judged(cannot)]) == [SKIPPED]


def test_shared_destinations_and_people_are_never_one() -> None:
    assert key_of(verdict(user_id=None, destination_id=1)) != key_of(verdict(user_id=1))


channels = st.lists(st.sampled_from(PERSONAL), unique=True).flatmap(
    lambda kinds: st.tuples(
        *(
            st.builds(
                PersonalChannel,
                channel=st.just(kind),
                destination_id=st.none() | st.integers(1, 9),
                why_not=st.none() | st.just(Detail(DetailCode.CHANNEL_BOUNCED, DetailArgs(channel=kind))),
            )
            for kind in kinds
        )
    )
)
people = st.lists(
    st.builds(
        Recipient,
        user_id=st.integers(1, 30),
        role=st.sampled_from(list(Role)),
        is_active=st.booleans(),
        preferences=st.sampled_from([Preferences(), Preferences(quiet_hours=ALWAYS_QUIET)]),
        channels=channels,
    ),
    unique_by=lambda person: person.user_id,
    max_size=6,
)
shared = st.lists(
    st.builds(
        SharedDestination,
        destination_id=st.integers(1, 30),
        channel=st.sampled_from(Channel),
        why_not=st.none() | st.just(Detail(DetailCode.DESTINATION_OFF)),
        min_priority=st.sampled_from(list(Priority)),
    ),
    unique_by=lambda one: one.destination_id,
    max_size=4,
)
audiences = st.builds(Audience, people=people, shared=shared)


GOING = (DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.DEAD)
LOST = (DeliveryStatus.DEAD, DeliveryStatus.DROPPED)
times = st.sampled_from([EARLIER, LATER])
planned_verdicts = st.sampled_from(
    [
        verdict(Decision.SKIP),
        verdict(Decision.DIGEST, Reason.DIGEST),
        verdict(Decision.HOLD, Reason.QUIET_HOURS, at=LATER),
        verdict(Decision.SEND),
        ESCALATED,
    ]
)
fates = st.builds(
    Fate,
    status=st.sampled_from(DeliveryStatus),
    now=st.just(NOON),
    next_attempt_at=times,
    reason=st.sampled_from([None, "quiet_hours", "throttle", "tries_failed", "over_before_sent"]),
    silent_until=st.none() | times,
    is_destination_gone=st.booleans(),
    folded_into=st.builds(Fate, status=st.sampled_from(GOING), now=st.just(NOON), next_attempt_at=times),
    folded_title=st.just("12 more messages"),
)


def status_in_the_end(fate: Fate) -> DeliveryStatus:
    """Of what was folded, the status of what it was folded into."""
    is_folded = fate.status is DeliveryStatus.FOLDED and fate.folded_into is not None
    return fate.folded_into.status if is_folded and fate.folded_into else fate.status


def assert_true_of_its_fate(said: Verdict, planned: Verdict, fate: Fate | None, *, was_told: bool) -> None:
    """What is said is so, by what is known of the delivery alone."""
    if fate is None:
        told = was_told and planned.decision is Decision.SEND
        assert said.detail_code is DetailCode.TOLD_BEFORE if told else said == planned
        return
    # No throttle holds a digest.
    status = fate.status if planned.decision is Decision.DIGEST else status_in_the_end(fate)
    if status in LOST:
        assert said.decision is (Decision.DIGEST if planned.decision is Decision.DIGEST else Decision.SKIP)
        assert said.reason in {Reason.CHANNEL, Reason.THREAD}
        assert said.detail_code not in {planned.detail_code, DetailCode.TOLD_BEFORE}
    elif planned.decision is Decision.DIGEST:
        assert (said.decision, said.reason) == (Decision.DIGEST, Reason.DIGEST)
        assert (said.detail_code is DetailCode.DIGEST_SENT) == (status is DeliveryStatus.SENT)
    elif was_told and status in {DeliveryStatus.SENT, DeliveryStatus.SENDING}:
        assert (said.decision, said.detail_code) == (Decision.SKIP, DetailCode.TOLD_BEFORE)
    elif status in {DeliveryStatus.SENT, DeliveryStatus.SENDING}:
        assert (said.decision, said.at) == (Decision.SEND, None)
        assert said.detail_code is not DetailCode.QUIET_HOURS
    elif fate.status is DeliveryStatus.HELD:
        assert (said.decision, said.reason) == (Decision.HOLD, Reason.THROTTLE)
    elif fate.status is DeliveryStatus.PENDING:
        waits = LATER in {fate.next_attempt_at, fate.silent_until}
        assert (said.decision is Decision.HOLD) == waits
        assert said.at == (LATER if waits else None)


@settings(max_examples=400)
@given(planned=planned_verdicts, fate=fates, thread_told_at=st.none() | st.just(NOON))
def test_what_is_said_is_true_of_what_became_of_the_delivery(
    planned: Verdict, fate: Fate, thread_told_at: datetime | None
) -> None:
    # Whoever is skipped has no delivery.
    known = None if planned.decision is Decision.SKIP else fate
    (said,) = explain([Judged(planned, known, NOON)], thread_told_at=thread_told_at)
    assert_true_of_its_fate(said, planned, known, was_told=thread_told_at is not None)
    assert (said.at is not None) == (said.decision is Decision.HOLD)


@given(
    audience=audiences,
    others=audiences,
    kind=st.sampled_from(MessageKind),
    priority=st.sampled_from(list(Priority)),
    silence=st.none() | st.just(SILENCED),
    thread_told_at=st.none() | st.just(NOON),
    data=st.data(),
)
def test_every_recipient_and_channel_has_exactly_one_reason(
    audience: Audience,
    others: Audience,
    kind: MessageKind,
    priority: Priority,
    silence: Detail | None,
    thread_told_at: datetime | None,
    data: st.DataObject,
) -> None:
    subject = Subject(category="import_failure", priority=priority, title="Import failed", message="")
    circumstances = Circumstances(kind=kind, now=NOON, silence=silence)

    def judged(whom: Audience) -> list[Judged]:
        planned = plan(subject, whom, circumstances)
        return [Judged(one, None if one.decision is Decision.SKIP else data.draw(fates), NOON) for one in planned]

    explained = explain(judged(audience), thread_told_at=thread_told_at, escalated=judged(others))
    keys = [key_of(one) for one in explained]
    assert len(keys) == len(set(keys))
    everybody = {("person", person.user_id, one.channel) for person in audience.people for one in person.channels}
    everybody |= {("shared", one.destination_id, one.channel) for one in audience.shared}
    assert everybody <= set(keys)
    for one in explained:
        assert one.detail_code is not None
        assert one.detail == Detail(one.detail_code, one.detail_args).text
