from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.roles import Role
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import Channel, MessageKind, Reason
from backend.delivery.outdated import NEWS, Drop, Owner, PutOff, Waited, still_true
from backend.delivery.preferences import Override, Preferences, Threshold, default_matrix
from backend.delivery.quiet_hours import QuietHours
from backend.notifications import Priority

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ALL_DAY = Preferences(quiet_hours=QuietHours(is_on=True, start="00:00", end="00:00", weekdays=[1]), timezone="UTC")
NO_MAIL = Preferences(matrix={"import_failure": {"email": Threshold.NEVER}})


def owner(preferences: Preferences | None = None, *, role: Role = Role.ADMIN, is_active: bool = True) -> Owner:
    return Owner(is_active, role, preferences or Preferences())


def waited(**fields: Any) -> Waited:  # Any: the fields of Waited
    usual: dict[str, Any] = {  # Any: see above
        "kind": MessageKind.NOTIFICATION,
        "category": "import_failure",
        "priority": Priority.HIGH,
        "channel": Channel.EMAIL,
        "created_at": NOON - timedelta(hours=8),
        "owner": owner(),
    }
    return Waited(**(usual | fields))


def test_what_still_holds_goes() -> None:
    assert still_true(waited(), NOON) is None
    assert still_true(waited(owner=None), NOON) is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"is_over": True}, DetailCode.SETTLED_BEFORE_SENT),
        ({"is_over": True, "kind": MessageKind.ESCALATION}, DetailCode.ATTENDED),
        ({"is_overtaken": True}, DetailCode.OVERTAKEN),
        ({"owner": owner(is_active=False)}, DetailCode.ACCOUNT_DISABLED),
        ({"owner": owner(role=Role.OPERATOR), "category": "security_alert"}, DetailCode.ROLE_LOST),
        ({"owner": owner(NO_MAIL)}, DetailCode.NO_LONGER_WANTED),
    ],
)
def test_what_no_longer_holds_is_dropped(changed: dict[str, Any], reason: DetailCode) -> None:  # Any: see above
    assert still_true(waited(**changed), NOON) == Drop(reason)


def test_a_shared_room_is_asked_only_whether_it_is_over() -> None:
    assert still_true(waited(owner=None, is_over=True), NOON) == Drop(DetailCode.SETTLED_BEFORE_SENT)


def test_a_rule_for_one_of_its_stores_still_wants_it() -> None:
    rule = Override(channel="email", min_priority=Threshold.LOW, store_id=7)
    preferences = Preferences(matrix=default_matrix() | NO_MAIL.matrix, overrides=(rule,))

    assert still_true(waited(owner=owner(preferences), stores={7: None, 8: None}), NOON) is None
    assert still_true(waited(owner=owner(preferences), stores={8: None}), NOON) == Drop(DetailCode.NO_LONGER_WANTED)


def test_a_try_that_falls_into_quiet_hours_waits_for_their_end() -> None:
    midnight = datetime(2026, 3, 3, tzinfo=UTC)

    assert still_true(waited(owner=owner(ALL_DAY)), NOON) == PutOff(midnight)
    assert still_true(waited(owner=owner(ALL_DAY), priority=Priority.CRITICAL), NOON) is None
    healed = waited(owner=owner(ALL_DAY), priority=Priority.CRITICAL, kind=MessageKind.ALERT_HEALED)
    assert still_true(healed, NOON) == PutOff(midnight)


def test_what_a_throttle_kept_back_until_quiet_hours_waits_for_their_end() -> None:
    fold = waited(kind=MessageKind.HELD_BACK, owner=owner(ALL_DAY), reason=Reason.THROTTLE)

    assert isinstance(still_true(fold, NOON), PutOff)
    assert still_true(waited(kind=MessageKind.HELD_BACK, owner=owner(NO_MAIL)), NOON) is None


@pytest.mark.parametrize(("days", "is_told"), [(6, False), (7, True)])
def test_who_chose_to_be_left_alone_for_ever_is_told_after_a_week(days: int, is_told: bool) -> None:
    created_at = NOON - timedelta(days=days)
    quiet = waited(owner=owner(ALL_DAY), reason=Reason.QUIET_HOURS, created_at=created_at)

    assert (still_true(quiet, NOON) is None) is is_told
    # A dead letter of last month that is sent once more at night.
    assert isinstance(still_true(waited(owner=owner(ALL_DAY), created_at=created_at), NOON), PutOff)


@given(kind=st.sampled_from(MessageKind))
def test_what_somebody_asked_for_once_more_goes_to_everybody_who_may_still_read_it(kind: MessageKind) -> None:
    asked_for = {"kind": kind, "reason": Reason.ASKED_FOR, "is_over": True, "is_overtaken": True}

    assert still_true(waited(**asked_for, owner=owner(ALL_DAY)), NOON) is None
    assert still_true(waited(**asked_for, owner=owner(NO_MAIL)), NOON) is None
    assert still_true(waited(**asked_for, owner=owner(is_active=False)), NOON) == Drop(DetailCode.ACCOUNT_DISABLED)


def test_a_security_alert_is_not_sent_once_more_to_who_is_no_admin_any_more() -> None:
    asked_for = waited(reason=Reason.ASKED_FOR, category="security_alert", owner=owner(role=Role.OPERATOR))

    assert still_true(asked_for, NOON) == Drop(DetailCode.ROLE_LOST)


@given(kind=st.sampled_from([kind for kind in MessageKind if kind not in (*NEWS, MessageKind.HELD_BACK)]))
def test_what_no_preference_decides_about_goes_to_everybody_who_is_still_there(kind: MessageKind) -> None:
    assert still_true(waited(kind=kind, owner=owner(ALL_DAY)), NOON) is None
    assert still_true(waited(kind=kind, owner=owner(is_active=False)), NOON) == Drop(DetailCode.ACCOUNT_DISABLED)
