"""What became of a delivery says why it did not arrive, or why not yet."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.core.circuit import Circuit
from backend.delivery.admission import Bury, Gate, Waiting, decide
from backend.delivery.detail import DetailCode
from backend.delivery.envelope import Result
from backend.delivery.fate import Fate, why_lost, why_waiting
from backend.delivery.kinds import Channel, DeliveryStatus, MessageKind, Outcome, Reason
from backend.delivery.retrying import SCHEDULES, GiveUp, after_attempt
from backend.delivery.throttle import Buckets

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def fate(status: DeliveryStatus, **fields: Any) -> Fate:  # Any: fields of Fate
    usual: dict[str, Any] = {"now": NOON, "next_attempt_at": NOON}  # Any: see above
    return Fate(status=status, **(usual | fields))


def given_up(outcome: Outcome, tries: int = 1) -> str:
    following = after_attempt(Channel.EMAIL, Result(outcome=outcome), tries, chance=0.5)
    assert isinstance(following, GiveUp)
    return following.reason


def buried(*, is_enabled: bool, tries: int) -> str:
    gate = Gate(channel=Channel.EMAIL, is_enabled=is_enabled, circuit=Circuit(), buckets=Buckets())
    waiting = Waiting(kind=MessageKind.NOTIFICATION, priority_rank=2, tries=tries)
    admission, _ = decide(waiting, gate, now=NOON)
    assert isinstance(admission, Bury)
    return admission.reason


MOST = len(SCHEDULES[Channel.EMAIL]) + 1


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (given_up(Outcome.REJECTED), DetailCode.REFUSED),
        (given_up(Outcome.BOUNCED), DetailCode.BOUNCED),
        (given_up(Outcome.GONE), DetailCode.RECEIVER_GONE),
        (given_up(Outcome.FAILED, MOST), DetailCode.TRIES_FAILED),
        (buried(is_enabled=True, tries=MOST), DetailCode.WORKER_DIED),
        (buried(is_enabled=False, tries=0), DetailCode.BURIED_SWITCHED_OFF),
        (DetailCode.ADDRESS_REMOVED, DetailCode.ADDRESS_REMOVED),
        (None, DetailCode.GIVEN_UP),
    ],
)
def test_every_way_to_be_given_up_has_words_of_its_own(reason: str | None, code: DetailCode) -> None:
    why, detail = why_lost(fate(DeliveryStatus.DEAD, reason=reason, tries=7))
    assert (why, detail.code) == (Reason.CHANNEL, code)


def test_how_often_it_was_tried_is_told() -> None:
    _, detail = why_lost(fate(DeliveryStatus.DEAD, reason=DetailCode.TRIES_FAILED, tries=7))
    assert detail.text == "It was given up after 7 tries that failed."


@pytest.mark.parametrize(
    ("waiting", "why"),
    [
        (fate(DeliveryStatus.HELD, next_attempt_at=LATER), (Reason.THROTTLE, DetailCode.KEPT_BACK)),
        (
            fate(DeliveryStatus.PENDING, next_attempt_at=LATER, reason="quiet_hours"),
            (Reason.QUIET_HOURS, DetailCode.QUIET_HOURS),
        ),
        (fate(DeliveryStatus.PENDING, silent_until=LATER), (Reason.CHANNEL, DetailCode.NO_ANSWER)),
        (fate(DeliveryStatus.PENDING, next_attempt_at=LATER, tries=1), (Reason.CHANNEL, DetailCode.TRIED_AGAIN)),
    ],
)
def test_what_waits_says_for_what_and_until_when(waiting: Fate, why: tuple[Reason, DetailCode]) -> None:
    found = why_waiting(waiting)
    assert found is not None
    reason, detail, until = found
    assert ((reason, detail.code), detail.args.until, until) == (why, LATER, LATER)


@pytest.mark.parametrize(
    "going",
    [
        fate(DeliveryStatus.PENDING),
        fate(DeliveryStatus.PENDING, reason="quiet_hours"),
        fate(DeliveryStatus.PENDING, silent_until=NOON),
        fate(DeliveryStatus.SENDING, silent_until=LATER),
        fate(DeliveryStatus.SENT, next_attempt_at=LATER),
    ],
)
def test_what_may_go_now_waits_for_nothing(going: Fate) -> None:
    assert why_waiting(going) is None
