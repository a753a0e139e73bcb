"""Plain JSON as signals: each alert is validated alone, one that comes alone is refused as a whole."""

from typing import Any

import pytest

from backend.alerts import AlertType, Severity
from backend.core.errors import InvalidInputError
from backend.ingest.plain_json import read
from backend.ingest.signal import Signal, SignalState
from tests.ingest.payloads import plain


def refused(body: Any) -> str:  # Any: JSON
    """The path of the field that it is refused for."""
    with pytest.raises(InvalidInputError) as raised:
        read(body)
    return raised.value.errors[0].path


class TestOneAlone:
    def test_key_and_title_are_enough(self) -> None:
        assert read(plain()).signals == [
            Signal(
                source="plain JSON",
                state=SignalState.FIRING,
                dedup_key="json:backup",
                alert_type=AlertType.SYSTEM,
                severity=Severity.ERROR,
                title="The backup did not run",
            )
        ]

    def test_it_may_say_more(self) -> None:
        body = plain(
            alert_type="capacity", severity="critical", description="Disk is full.", store_id=7, systems=["db-1"]
        )
        (found,) = read(body).signals
        assert (found.alert_type, found.severity) == (AlertType.CAPACITY, Severity.CRITICAL)
        assert (found.description, found.store_ids, found.systems) == ("Disk is full.", (7,), ("db-1",))

    def test_a_store_may_be_named_by_its_code(self) -> None:
        (found,) = read(plain(store_code="BAKERY1")).signals
        assert (found.store_ids, found.store_codes) == ((), ("BAKERY1",))

    def test_one_that_is_over_needs_its_key_only(self) -> None:
        (found,) = read({"state": "resolved", "dedup_key": "backup"}).signals
        assert (found.state, found.dedup_key) == (SignalState.RESOLVED, "json:backup")

    def test_numbers_may_come_as_text_as_with_other_routes(self) -> None:
        assert read(plain(store_id="7")).signals[0].store_ids == (7,)

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({}, "dedup_key"),
            ({"dedup_key": "backup"}, "title"),
            (plain(title=""), "title"),
            (plain(key=""), "dedup_key"),
            (plain(key="a\nb"), "dedup_key"),
            (plain(state="maybe"), "state"),
            (plain(severity="loud"), "severity"),
            (plain(alert_type="weather"), "alert_type"),
            (plain(store_id=0), "store_id"),
            (plain(store_id=1, store_code="A"), "store_code"),
            (plain(store_code="a\x00"), "store_code"),
            (plain(systems=["ok", ""]), "systems.1"),
            (plain(summary="x"), "summary"),
        ],
    )
    def test_what_is_wrong_is_named(self, body: Any, path: str) -> None:  # Any: JSON
        assert refused(body) == path


class TestSeveral:
    def test_a_bad_one_is_named_by_index_and_the_good_ones_stay(self) -> None:
        reading = read({"alerts": [plain("a"), plain("b", severity="loud"), "no object", plain("c")]})
        assert [found.dedup_key for found in reading.signals] == ["json:a", "json:c"]
        assert [(found.index, found.code) for found in reading.failed] == [(1, "invalid_input"), (2, "invalid_input")]
        assert reading.failed[0].detail.startswith("severity: ")

    @pytest.mark.parametrize("alerts", [[], [plain()] * 1_001, "all", None, {}])
    def test_a_list_that_is_empty_too_long_or_none_is_refused(self, alerts: Any) -> None:  # Any: JSON
        assert refused({"alerts": alerts}) == "alerts"

    def test_nothing_else_may_stand_beside_them(self) -> None:
        assert refused({"alerts": [plain()], "severity": "error"}) == "severity"
