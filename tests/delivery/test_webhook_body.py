from datetime import datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.kinds import MessageKind
from backend.delivery.webhook_body import MOST_BYTES, TYPES, webhook_body, webhook_type
from tests.factories.webhooks import webhook_content


def decoded(**given_fields: Any) -> Any:
    return msgspec.json.decode(webhook_body(webhook_content(**given_fields), base_url="https://tocsin.example"))


def test_it_says_all_that_there_is_to_say() -> None:
    assert decoded() == {
        "type": "notification.created",
        "timestamp": "2026-11-22T12:00:00Z",
        "data": {
            "id": 41,
            "category": "import_failure",
            "priority": "high",
            "title": "Import failed",
            "message": "Three rows have no price.",
            "store": {"id": 3, "name": "Café Lëtz"},
            "notification_id": 9,
            "alert_id": None,
            "url": "https://tocsin.example/imports/5",
            "payload": {"job_id": 5},
            "truncated": False,
        },
    }


@pytest.mark.parametrize("kind", MessageKind)
def test_each_kind_of_message_has_a_type_of_its_own(kind: MessageKind) -> None:
    assert webhook_type(webhook_content(kind=kind)) == TYPES[kind]
    assert len(set(TYPES.values())) == len(TYPES)
    assert kind is MessageKind.TEST or "." in TYPES[kind]


@pytest.mark.parametrize("notification_id", [None, 9])
def test_an_alert_that_returns_from_a_snooze_is_not_called_a_notification(notification_id: int | None) -> None:
    content = webhook_content(kind=MessageKind.RETURNED, notification_id=notification_id, alert_id=4)
    assert webhook_type(content) == "alert.returned"


def test_what_belongs_to_no_store_has_none() -> None:
    assert decoded(store_id=None, store_name=None)["data"]["store"] is None


def test_a_store_that_is_gone_keeps_its_number() -> None:
    assert decoded(store_name=None)["data"]["store"] == {"id": 3, "name": None}


@pytest.mark.parametrize(
    ("path", "base", "url"),
    [
        ("/imports/5", None, "/imports/5"),
        ("/imports/5", "https://tocsin.example/", "https://tocsin.example/imports/5"),
        ("https://elsewhere.example/x", "https://tocsin.example", "https://elsewhere.example/x"),
        ("/" + "x" * 2_000, None, None),
        (None, "https://tocsin.example", None),
    ],
)
def test_a_path_becomes_an_address_where_that_is_known(path: str | None, base: str | None, url: str | None) -> None:
    body = webhook_body(webhook_content(action_url=path), base_url=base)
    assert msgspec.json.decode(body)["data"]["url"] == url


def test_the_moment_is_told_in_utc() -> None:
    at = datetime(2026, 11, 22, 13, tzinfo=timezone(timedelta(hours=1)))
    assert decoded(created_at=at)["timestamp"] == "2026-11-22T12:00:00Z"


def test_a_long_message_is_cut_and_says_so() -> None:
    data = decoded(body="é" * 10_000, payload={"a": 1})["data"]
    assert data["message"] == "é" * 2_999 + "…"
    assert data["truncated"]
    assert data["payload"] == {"a": 1}


def test_a_large_payload_stays_behind_and_the_message_goes() -> None:
    data = decoded(payload={"stores": ["x" * 100] * 300})["data"]
    assert data["payload"] == {}
    assert data["truncated"]
    assert data["message"] == "Three rows have no price."


texts = st.text(max_size=300)


@given(
    st.builds(
        lambda text, times: text * times,
        texts,
        st.integers(0, 100),
    ),
    st.builds(lambda text, times: text * times, texts, st.integers(0, 10)),
    st.dictionaries(texts, st.lists(texts, max_size=20), max_size=10),
)
def test_whatever_it_is_about_it_stays_below_the_limit_and_is_json(
    body: str, title: str, payload: dict[str, list[str]]
) -> None:
    given_fields = {"title": title, "store_name": title, "category": title, "action_url": "/" + title}
    content = webhook_content(body=body, payload=payload, **given_fields)
    made = webhook_body(content, base_url="https://" + "b" * 300)
    assert len(made) < MOST_BYTES
    assert msgspec.json.decode(made)["data"]["id"] == 41


def test_the_worst_of_all_characters_fit() -> None:
    worst = "\x01" * 20_000
    content = webhook_content(
        body=worst, title=worst, store_name=worst, category=worst, action_url="/" + "\x01" * 999, payload={"a": worst}
    )
    assert len(webhook_body(content, base_url="https://" + "b" * 1_900)) < MOST_BYTES


def test_a_retry_says_the_same_bytes_in_whatever_order_the_payload_was_read() -> None:
    first = webhook_body(webhook_content(payload={"a": 1, "b": {"c": 2, "d": 3}}))
    again = webhook_body(webhook_content(payload={"b": {"d": 3, "c": 2}, "a": 1}))
    assert first == again


def test_characters_that_nobody_can_store_do_not_stop_it() -> None:
    assert decoded(title="a\x00b\ud800", body="\ud800", payload={"\x00": "\ud800"})["data"]["title"]
