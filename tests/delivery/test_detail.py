"""Reasons: each has its code, its sentence in English and what it is about."""

from datetime import UTC, datetime

import msgspec
import pytest

from backend.core.roles import Role
from backend.delivery.delivery_reads import verdicts_of
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.digest_window import Frequency
from backend.delivery.kinds import Channel, Decision, Reason
from backend.delivery.verdict import Verdict, verdict
from backend.notifications import Priority

SEVEN = datetime(2026, 11, 23, 7, tzinfo=UTC)
EVERYTHING = DetailArgs(
    channel=Channel.EMAIL,
    category="import_failure",
    store_id=7,
    threshold=Priority.HIGH,
    priority=Priority.NORMAL,
    role=Role.VIEWER,
    frequency=Frequency.DAILY,
    silence_id=3,
    comment="Moving.",
    until=SEVEN,
    at=SEVEN,
    factor=10,
    step=2,
    tries=7,
    title="12 more messages",
    name="Ada",
)


@pytest.mark.parametrize("code", DetailCode)
def test_every_code_has_a_sentence(code: DetailCode) -> None:
    said = Detail(code, EVERYTHING).text
    assert said[0].isupper()
    assert said[-1] == "."
    assert "{" not in said
    assert "None" not in said


def test_a_sentence_names_what_it_is_about() -> None:
    assert Detail(DetailCode.IN_DIGEST, EVERYTHING).text == (
        "By email for store 7, import_failure is wanted from high on; this is normal. It is in the digest."
    )
    assert Detail(DetailCode.QUIET_HOURS, EVERYTHING).text == (
        "It waits for the end of quiet hours at 2026-11-23 07:00 UTC."
    )


def test_a_verdict_keeps_its_code_with_times_as_iso() -> None:
    said = Detail(DetailCode.QUIET_HOURS, DetailArgs(until=SEVEN))
    kept = msgspec.to_builtins(
        verdict(said, channel=Channel.EMAIL, decision=Decision.HOLD, reason=Reason.QUIET_HOURS, at=SEVEN)
    )
    assert kept == {
        "channel": "email",
        "decision": "hold",
        "reason": "quiet_hours",
        "detail": "It waits for the end of quiet hours at 2026-11-23 07:00 UTC.",
        "detail_code": "quiet_hours",
        "detail_args": {"until": "2026-11-23T07:00:00Z"},
        "at": "2026-11-23T07:00:00Z",
    }


def test_a_verdict_of_the_first_releases_has_its_sentence_alone() -> None:
    stored = (
        '[{"channel": "email", "decision": "skip", "reason": "role", "detail": "The account is disabled.",'
        ' "user_id": 1, "destination_id": null, "at": null}]'
    )
    assert verdicts_of(stored) == [
        Verdict(
            channel=Channel.EMAIL,
            decision=Decision.SKIP,
            reason=Reason.ROLE,
            detail="The account is disabled.",
            user_id=1,
        )
    ]
