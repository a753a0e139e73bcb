"""What decided in the end: the planner's verdict, or what came of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.roles import Role
from backend.delivery.explaining import Fate, Judged, explain, key_of
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
    return Fate(status=status, next_attempt_at=LATER, **fields)


def decided(judged: Judged, **around: Any) -> tuple[Decision, Reason]:  # Any: arguments of explain
    (found,) = explain([judged], **around)
    return found.decision, found.reason


SKIPPED = verdict(Decision.SKIP)
ESCALATED = verdict(Decision.SEND, Reason.ESCALATION)


class TestFate:
    @pytest.mark.parametrize(
        "status", [None, DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.DEAD]
    )
    def test_the_verdict_stays_whatever_comes_of_the_tries(self, status: DeliveryStatus | None) -> None:
        assert explain([Judged(verdict(), fate(status) if status else None)]) == [verdict()]

    def test_what_the_throttle_keeps_back_waits_for_it(self) -> None:
        (found,) = explain([Judged(verdict(), fate(DeliveryStatus.HELD))])
        assert (found.decision, found.reason, found.at) == (Decision.HOLD, Reason.THROTTLE, LATER)

    def test_what_was_folded_names_the_message_that_it_went_in(self) -> None:
        (found,) = explain([Judged(verdict(), fate(DeliveryStatus.FOLDED, folded_into="12 more messages"))])
        assert (found.decision, found.reason, found.at) == (Decision.SEND, Reason.THROTTLE, None)
        assert found.detail == "The throttle kept it back, and it went in the message “12 more messages”."

    def test_what_was_over_before_it_was_sent_is_the_threads(self) -> None:
        (found,) = explain([Judged(verdict(), fate(DeliveryStatus.DROPPED, reason="it was over before it was sent"))])
        assert (found.decision, found.reason) == (Decision.SKIP, Reason.THREAD)
        assert found.detail == "It was over before it was sent."

    def test_what_was_dropped_with_its_destination_is_the_channels(self) -> None:
        gone = fate(DeliveryStatus.DROPPED, reason="destination deleted", is_destination_gone=True)
        assert decided(Judged(verdict(), gone)) == (Decision.SKIP, Reason.CHANNEL)


class TestThread:
    @pytest.mark.parametrize("planned", [Decision.SEND, Decision.HOLD])
    def test_who_was_told_of_the_alert_is_not_told_again(self, planned: Decision) -> None:
        (found,) = explain([Judged(verdict(planned), fate(DeliveryStatus.SENT))], thread_told_at=NOON)
        assert (found.decision, found.reason) == (Decision.SKIP, Reason.THREAD)
        assert found.detail.startswith("The alert was told of at 2026-03-02T12:00:00Z; ")

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
                why_not=st.none() | st.just("It bounced."),
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
        why_not=st.none() | st.just("It is switched off."),
        min_priority=st.sampled_from(list(Priority)),
    ),
    unique_by=lambda one: one.destination_id,
    max_size=4,
)
audiences = st.builds(Audience, people=people, shared=shared)
fates = st.none() | st.builds(
    Fate, status=st.sampled_from(DeliveryStatus), next_attempt_at=st.just(LATER), is_destination_gone=st.booleans()
)


@given(
    audience=audiences,
    others=audiences,
    kind=st.sampled_from(MessageKind),
    priority=st.sampled_from(list(Priority)),
    silence=st.none() | st.just("Moving."),
    thread_told_at=st.none() | st.just(NOON),
    data=st.data(),
)
def test_every_recipient_and_channel_has_exactly_one_reason(
    audience: Audience,
    others: Audience,
    kind: MessageKind,
    priority: Priority,
    silence: str | None,
    thread_told_at: datetime | None,
    data: st.DataObject,
) -> None:
    subject = Subject(category="import_failure", priority=priority, title="Import failed", message="")
    circumstances = Circumstances(kind=kind, now=NOON, silence=silence)

    def judged(whom: Audience) -> list[Judged]:
        return [Judged(one, data.draw(fates)) for one in plan(subject, whom, circumstances)]

    explained = explain(judged(audience), thread_told_at=thread_told_at, escalated=judged(others))
    keys = [key_of(one) for one in explained]
    assert len(keys) == len(set(keys))
    expected = {("person", person.user_id, one.channel) for person in audience.people for one in person.channels}
    expected |= {("shared", one.destination_id, one.channel) for one in audience.shared}
    assert expected <= set(keys)
    assert all(one.detail for one in explained)
