"""What one alert or notification says in a summary of the day since 3 March, 7:00."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.alerts import AlertThen, StoreThen
from backend.delivery.summary import Group, Line
from backend.delivery.summary_lines import line_of_notification, lines_of_alert, run_in
from backend.notifications import Became, Happened, Priority

START = datetime(2026, 3, 3, 7, tzinfo=UTC)
BEFORE, NOW, LATER = (START + timedelta(hours=hours) for hours in (-5, 1, 2))
PEOPLE = {4: "Anne"}


def alert(*stores: StoreThen, **fields: Any) -> AlertThen:  # Any: the fields of AlertThen
    usual: dict[str, Any] = {  # Any: see above
        "id": 1,
        "severity": "error",
        "title": "Feed is late",
        "occurrence_count": 3,
        "first_occurred_at": BEFORE,
        "worse_at": None,
        "resolved_at": None,
        "resolved_by_user_id": None,
        "resolution_notes": None,
    }
    return AlertThen(**(usual | fields), stores=stores)


def store(store_id: int = 7, **fields: Any) -> StoreThen:  # Any: the fields of StoreThen
    usual: dict[str, Any] = {"first_at": BEFORE, "healed_at": None, "healed_by": None}  # Any: see above
    return StoreThen(store_id, **(usual | fields))


def told(subject: AlertThen) -> list[tuple[int | None, Group, datetime, str | None]]:
    return [
        (line.store_id, line.group, line.item.at, line.item.by) for line in lines_of_alert(subject, PEOPLE, start=START)
    ]


class TestAlerts:
    def test_one_that_was_opened_is_open(self) -> None:
        assert told(alert(first_occurred_at=NOW)) == [(None, Group.OPEN, NOW, None)]

    def test_an_old_one_that_only_occurs_again_says_nothing(self) -> None:
        assert told(alert()) == []
        assert told(alert(store())) == []

    def test_an_old_one_that_got_worse_is_open_where_it_is_open(self) -> None:
        healed = store(8, healed_at=BEFORE)
        assert told(alert(store(7), healed, worse_at=LATER)) == [(7, Group.OPEN, LATER, None)]

    def test_a_store_that_joined_is_told_of_alone(self) -> None:
        assert told(alert(store(7), store(8, first_at=NOW))) == [(8, Group.OPEN, NOW, None)]

    def test_a_store_that_healed_is_told_with_its_run_though_others_are_open(self) -> None:
        healed = store(8, healed_at=LATER, healed_by="import 5")
        assert told(alert(store(7), healed)) == [(8, Group.HEALED, LATER, "import 5")]

    def test_one_that_healed_without_stores_names_its_run(self) -> None:
        healed = alert(resolved_at=NOW, resolution_notes="Healed by products 9.")
        assert told(healed) == [(None, Group.HEALED, NOW, "products 9")]

    def test_one_that_a_person_resolved_is_handled_where_it_had_not_healed(self) -> None:
        healed = store(8, healed_at=NOW, healed_by="import 5")
        long_healed = store(9, healed_at=BEFORE)
        handled = alert(store(7), healed, long_healed, resolved_at=LATER, resolved_by_user_id=4)
        assert told(handled) == [(7, Group.HANDLED, LATER, "Anne"), (8, Group.HEALED, NOW, "import 5")]

    def test_an_outage_over_many_stores_is_one_line_of_the_platforms(self) -> None:
        open_ones = [store(number, first_at=NOW) for number in range(1, 5)]
        healed = [store(number, healed_at=LATER, healed_by=f"sync {number}") for number in range(5, 8)]
        outage = alert(*open_ones, *healed)

        assert told(outage) == [
            (5, Group.HEALED, LATER, "sync 5"),
            (6, Group.HEALED, LATER, "sync 6"),
            (7, Group.HEALED, LATER, "sync 7"),
            (None, Group.OPEN, NOW, None),
        ]
        assert [line.item.store_count for line in lines_of_alert(outage, PEOPLE, start=START)] == [None, None, None, 4]

    def test_stores_that_were_handled_by_one_are_told_with_the_name(self) -> None:
        handled = alert(*(store(number) for number in range(1, 6)), resolved_at=LATER, resolved_by_user_id=4)
        assert told(handled) == [(None, Group.HANDLED, LATER, "Anne")]

    def test_an_item_carries_the_alerts_weight_and_count(self) -> None:
        (line,) = lines_of_alert(alert(severity="critical", first_occurred_at=NOW), PEOPLE, start=START)
        assert (line.item.kind, line.item.priority, line.item.count) == ("alert", Priority.CRITICAL, 3)


def notification(became: Became, **fields: Any) -> Line:  # Any: the fields of Happened
    usual: dict[str, Any] = {  # Any: see above
        "id": 2,
        "priority": "high",
        "title": "Import failed",
        "store_id": 7,
        "at": NOW,
        "read_by_user_id": None,
        "settled_reason": None,
        "total": 1,
    }
    return line_of_notification(Happened(became=became, **(usual | fields)), PEOPLE, {2: 4})


@pytest.mark.parametrize(
    ("line", "group", "by"),
    [
        (notification(Became.OPEN), Group.OPEN, None),
        (notification(Became.READ, read_by_user_id=4), Group.HANDLED, "Anne"),
        (notification(Became.READ), Group.HANDLED, None),
        (notification(Became.SETTLED, settled_reason="Healed by import 5."), Group.HEALED, "import 5"),
        (notification(Became.SETTLED, settled_reason="It is over."), Group.HEALED, None),
        (notification(Became.SETTLED_BY_HAND), Group.HANDLED, "Anne"),
    ],
)
def test_a_notification_is_open_healed_or_handled(line: Line, group: Group, by: str | None) -> None:
    assert (line.store_id, line.group, line.item.by) == (7, group, by)


@pytest.mark.parametrize(
    ("reason", "run"),
    [
        ("Healed by import 7.", "import 7"),
        ("All products of the order are matched, by import 7.", "import 7"),
        ("Healed by letzshop.lu v1.2.", "letzshop.lu v1.2"),
        ("The order no longer waits to be confirmed.", None),
        ("", None),
        (None, None),
    ],
)
def test_the_run_is_read_from_the_reason(reason: str | None, run: str | None) -> None:
    assert run_in(reason) == run
