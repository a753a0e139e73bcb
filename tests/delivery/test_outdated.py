from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.roles import Role
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import Channel, MessageKind
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
        "owner": owner(),
    }
    return Waited(**(usual | fields))


def test_what_still_holds_goes() -> None:
    assert still_true(waited(), NOON) is None
    assert still_true(waited(owner=None), NOON) is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"is_settled": True}, DetailCode.SETTLED_BEFORE_SENT),
        ({"is_overtaken": True}, DetailCode.OVERTAKEN),
        ({"owner": owner(is_active=False)}, DetailCode.ACCOUNT_DISABLED),
        ({"owner": owner(role=Role.OPERATOR), "category": "security_alert"}, DetailCode.ROLE_LOST),
        ({"owner": owner(NO_MAIL)}, DetailCode.NO_LONGER_WANTED),
    ],
)
def test_what_no_longer_holds_is_dropped(changed: dict[str, Any], reason: DetailCode) -> None:  # Any: see above
    assert still_true(waited(**changed), NOON) == Drop(reason)


def test_a_shared_room_is_asked_only_whether_it_is_over() -> None:
    assert still_true(waited(owner=None, is_settled=True), NOON) == Drop(DetailCode.SETTLED_BEFORE_SENT)


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


@given(kind=st.sampled_from([kind for kind in MessageKind if kind not in NEWS]), is_over=st.booleans())
def test_what_somebody_asked_for_goes_to_everybody_who_is_still_there(kind: MessageKind, is_over: bool) -> None:
    asked_for = waited(kind=kind, is_settled=is_over, is_overtaken=is_over, owner=owner(ALL_DAY))

    assert still_true(asked_for, NOON) is None
    assert still_true(waited(kind=kind, owner=owner(is_active=False)), NOON) == Drop(DetailCode.ACCOUNT_DISABLED)
