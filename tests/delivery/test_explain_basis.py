"""Which message explains a notification or an alert."""

from datetime import UTC, datetime, timedelta

from backend.delivery.explain_basis import (
    MOST_CONCERNED,
    Basis,
    Written,
    basis_of_alert,
    basis_of_notification,
    concerned,
)
from backend.delivery.kinds import MessageKind

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OPENED, GREW, HEALED = MessageKind.ALERT_OPENED, MessageKind.ALERT_GREW, MessageKind.ALERT_HEALED
ESCALATION, RETURNED = MessageKind.ESCALATION, MessageKind.RETURNED


def written(number: int, kind: MessageKind, notification_id: int | None = None) -> Written:
    """Message `number`, as many minutes after noon."""
    return Written(number, kind, NOON + timedelta(minutes=number), notification_id)


def of_notification(messages: list[Written], rang_at: float) -> Basis | None:
    created_at = NOON + timedelta(minutes=rang_at)
    return basis_of_notification(messages, notification_id=7, created_at=created_at)


class TestNotification:
    def test_its_own_message_explains_it_although_the_thread_went_on(self) -> None:
        own = written(2, GREW, 7)
        assert of_notification([written(1, OPENED), own, written(3, GREW, 8)], 1.5) == Basis(own)

    def test_that_it_returned_from_a_snooze_explains_it_anew(self) -> None:
        returned = written(4, RETURNED, 7)
        assert of_notification([written(1, MessageKind.NOTIFICATION, 7), returned], 0) == Basis(returned)

    def test_what_the_thread_had_told_last_before_explains_one_without_a_message(self) -> None:
        grew = written(2, GREW, 6)
        messages = [written(1, OPENED, 5), grew, written(9, GREW, 8)]
        assert of_notification(messages, 5) == Basis(grew, is_of_thread=True)

    def test_what_the_thread_told_next_explains_one_that_rang_before_all(self) -> None:
        opened = written(2, OPENED, 8)
        assert of_notification([opened], 1) == Basis(opened, is_of_thread=True)

    def test_the_end_of_its_alert_does_not_explain_it_although_it_bears_its_id(self) -> None:
        opened = written(1, OPENED, 5)
        assert of_notification([opened, written(3, HEALED, 7)], 2) == Basis(opened, is_of_thread=True)

    def test_one_that_rings_again_after_the_end_is_not_planned_yet(self) -> None:
        assert of_notification([written(1, OPENED, 5), written(2, HEALED, 5)], 3) is None

    def test_nothing_written_explains_nothing(self) -> None:
        assert of_notification([], 0) is None


class TestAlert:
    def test_the_newest_that_told_of_it_explains_it_and_not_its_end_or_escalation(self) -> None:
        grew = written(2, GREW)
        assert basis_of_alert([written(1, OPENED), grew, written(3, ESCALATION), written(4, HEALED)]) == Basis(grew)

    def test_without_one_it_is_not_planned(self) -> None:
        assert basis_of_alert([]) is None


class TestConcerned:
    def test_a_notification_has_its_own_messages_and_later_escalations(self) -> None:
        early, own, other = written(1, ESCALATION, 5), written(2, OPENED, 7), written(3, GREW, 8)
        late, healed = written(4, ESCALATION, 8), written(5, HEALED, 7)
        messages = [early, own, other, late, healed]
        assert concerned(messages, Basis(own), notification_id=7) == [own, late, healed]

    def test_an_alert_and_a_notification_of_the_thread_have_all(self) -> None:
        messages = [written(1, OPENED, 5), written(2, GREW, 8), written(3, HEALED, 8)]
        assert concerned(messages, Basis(messages[1]), notification_id=None) == messages
        assert concerned(messages, Basis(messages[0], is_of_thread=True), notification_id=7) == messages

    def test_of_many_the_newest_and_the_basis_are_left(self) -> None:
        messages = [written(number, GREW) for number in range(1, 51)]
        found = concerned(messages, Basis(messages[0]), notification_id=None)
        assert found == [messages[0], *messages[51 - MOST_CONCERNED :]]
