"""Alertmanager's webhook as signals: labels are the identity, and nothing that it may hold is too much."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.alerts import AlertType, Severity
from backend.core.fields import MOST_LINE, MOST_TEXT, Line
from backend.ingest.alertmanager import AlertmanagerIn, identity, read, severity_of
from backend.ingest.signal import Signal, SignalState
from tests.ingest.payloads import Json, group, prometheus_alert, resolved


def signals(body: Json) -> list[Signal]:
    """Those of the group's alerts, without what the adapter says of the group."""
    return read(msgspec.convert(body, AlertmanagerIn)).signals[:-1]


def signal(**fields: Any) -> Signal:  # Any: JSON
    (found,) = signals(group(prometheus_alert(**fields)))
    return found


def about_the_group(**fields: object) -> Signal:
    return read(msgspec.convert(group(**fields), AlertmanagerIn)).signals[-1]


class TestOneAlert:
    def test_it_is_all_that_its_sender_said(self) -> None:
        assert signal() == Signal(
            source="Alertmanager",
            state=SignalState.FIRING,
            dedup_key="alertmanager:0000000000000001",
            alert_type=AlertType.SYSTEM,
            severity=Severity.WARNING,
            title="Requests on web-1 are slow",
            description=(
                "The 95th percentile is above 2 s for 10 minutes.\n"
                "Runbook: https://runbooks.example/latency\n"
                "Source: http://prometheus.example:9090/graph?g0.expr=latency+%3E+2&g0.tab=1\n"
                "Alertmanager: http://alertmanager.example:9093"
            ),
            systems=("checkout", "node", "web-1.example:9100"),
        )

    def test_when_it_is_over_it_keeps_its_key(self) -> None:
        (over,) = signals(group(resolved(prometheus_alert())))
        assert (over.state, over.dedup_key) == (SignalState.RESOLVED, signal().dedup_key)

    @pytest.mark.parametrize(
        ("annotations", "labels", "title"),
        [
            ({"summary": " "}, {}, "HighRequestLatency (web-1.example:9100)"),
            ({"summary": ""}, {"instance": ""}, "HighRequestLatency (node)"),
            ({"summary": "\n\x00"}, {"instance": "", "job": ""}, "HighRequestLatency"),
            ({"summary": ""}, {"alertname": "", "instance": "a"}, "Alert without a name (a)"),
            ({"summary": "two\nlines\x07"}, {}, "two lines"),
        ],
    )
    def test_its_title_is_the_summary_or_else_its_name_and_place(
        self, annotations: Json, labels: Json, title: str
    ) -> None:
        assert signal(annotations=annotations, labels=labels).title == title

    def test_without_words_the_description_is_its_links(self) -> None:
        found = signal(annotations={"description": "", "runbook_url": ""}, generatorURL="")
        assert found.description == "Alertmanager: http://alertmanager.example:9093"

    def test_the_older_annotation_message_describes_it_as_well(self) -> None:
        found = signal(annotations={"description": "", "message": "Disk is full."})
        assert found.description.startswith("Disk is full.\n")

    def test_the_words_of_a_long_description_leave_room_for_its_links(self) -> None:
        description = signal(annotations={"description": "x" * 20_000}).description
        assert len(description) < MOST_TEXT
        assert description.endswith("alertmanager.example:9093")

    @pytest.mark.parametrize(
        ("label", "severity"),
        [
            ("critical", Severity.CRITICAL),
            ("page", Severity.CRITICAL),
            ("CRITICAL ", Severity.CRITICAL),
            ("error", Severity.ERROR),
            ("warning", Severity.WARNING),
            ("info", Severity.INFO),
            ("none", Severity.INFO),
            ("ticket", Severity.WARNING),
            ("", Severity.ERROR),
        ],
    )
    def test_its_severity_is_the_labels_or_the_next_best(self, label: str, severity: Severity) -> None:
        assert severity_of(label) is severity

    def test_its_type_is_the_label_when_there_is_such_a_type(self) -> None:
        assert signal(labels={"alert_type": "Capacity"}).alert_type is AlertType.CAPACITY
        assert signal(labels={"alert_type": "weather"}).alert_type is AlertType.SYSTEM

    @pytest.mark.parametrize(
        ("labels", "ids", "codes"),
        [
            ({}, (), ()),
            ({"store_id": "7"}, (7,), ()),
            ({"store_code": "BAKERY1"}, (), ("BAKERY1",)),
            ({"store_id": "7", "store_code": "BAKERY1"}, (7,), ("BAKERY1",)),
            ({"store_id": "BAKERY1", "store_code": "BAKERY1"}, (), ("BAKERY1",)),
            ({"store_id": "0"}, (), ("0",)),
            ({"store_id": "-7"}, (), ("-7",)),
            ({"store_id": "\u0667"}, (), ("\u0667",)),
            ({"store_id": "9" * 19}, (), ("9" * 19,)),
        ],
    )
    def test_a_store_is_named_by_its_number_or_its_code(
        self, labels: Json, ids: tuple[int, ...], codes: tuple[str, ...]
    ) -> None:
        found = signal(labels=labels)
        assert (found.store_ids, found.store_codes) == (ids, codes)

    def test_a_system_that_two_labels_name_is_one(self) -> None:
        assert signal(labels={"service": "node", "instance": ""}).systems == ("node",)


class TestIdentity:
    def test_it_is_the_senders_fingerprint(self) -> None:
        assert signal(fingerprint="5ef77f1f8a3ecfa7").dedup_key == "alertmanager:5ef77f1f8a3ecfa7"

    def test_without_one_it_is_the_labels(self) -> None:
        first, same = signal(fingerprint=""), signal(fingerprint="", annotations={"summary": "Other words"})
        assert first.dedup_key == same.dedup_key
        assert signal(fingerprint="", labels={"instance": "web-2"}).dedup_key != first.dedup_key

    @given(labels=st.dictionaries(st.text(), st.text()), data=st.data())
    def test_the_order_of_labels_says_nothing(self, labels: dict[str, str], data: st.DataObject) -> None:
        shuffled = dict(data.draw(st.permutations(list(labels.items()))))
        assert identity(shuffled) == identity(labels)

    @given(st.dictionaries(st.text(), st.text()), st.dictionaries(st.text(), st.text()))
    def test_other_labels_are_another_alert(self, one: dict[str, str], other: dict[str, str]) -> None:
        assert (identity(one) == identity(other)) == (one == other)


words = st.text(max_size=400)


class TestWhateverALabelHolds:
    @given(
        labels=st.dictionaries(
            st.sampled_from(["alertname", "severity", "store_id", "store_code", "alert_type", "job", "instance"]), words
        ),
        annotations=st.dictionaries(st.sampled_from(["summary", "description", "message", "runbook_url"]), words),
        fingerprint=words,
    )
    def test_the_signal_can_be_stored_and_shown(
        self, labels: dict[str, str], annotations: dict[str, str], fingerprint: str
    ) -> None:
        alert = {"status": "firing", "labels": labels, "annotations": annotations, "fingerprint": fingerprint}
        (found,) = signals({"alerts": [alert]})
        assert msgspec.convert(found.title, Line) == found.title
        assert [msgspec.convert(name, Line) for name in found.systems] == list(found.systems)
        assert "\x00" not in found.description + "".join(found.store_codes)
        assert len(found.description) <= MOST_TEXT
        assert all(0 < store_id < 2**63 for store_id in found.store_ids)
        assert all(len(code) <= MOST_LINE for code in found.store_codes)


class TestATruncatedGroup:
    def test_the_reading_says_how_many_are_missing(self) -> None:
        body = group(prometheus_alert(), truncatedAlerts=12)
        assert read(msgspec.convert(body, AlertmanagerIn)).truncated_count == 12

    def test_one_signal_of_its_own_says_so_and_is_not_counted(self) -> None:
        found = about_the_group(truncatedAlerts=12)
        assert (found.state, found.severity, found.is_counted) == (SignalState.FIRING, Severity.WARNING, False)
        assert found.title == "Alertmanager left out 12 alerts"
        assert 'Group: {}:{alertname="HighRequestLatency"}\nReceiver: tocsin\n' in found.description

    def test_the_next_whole_group_of_the_same_key_ends_it(self) -> None:
        over = about_the_group()
        assert (over.state, over.is_counted) == (SignalState.RESOLVED, False)
        assert over.dedup_key == about_the_group(truncatedAlerts=3).dedup_key

    def test_each_group_and_each_receiver_has_its_own(self) -> None:
        keys = {about_the_group(groupKey=key, receiver=name).dedup_key for key in ("{}:{}", "") for name in ("a", "b")}
        assert len(keys) == 4
