import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.letzshop.answer import read_answer
from backend.letzshop.failure import LetzshopError
from backend.letzshop.redaction import without_key

KEY = 'secret"/\\<&7-of-the-shop'

keys = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=4, max_size=40).filter(
    lambda key: "*" not in key
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def struck(content: Any) -> Any:  # Any: JSON
    return json.loads(without_key(json.dumps(content).encode(), KEY))


@pytest.mark.parametrize(
    ("content", "after"),
    [
        ({"errors": [{"message": f"Key {KEY} is wrong."}]}, {"errors": [{"message": "Key *** is wrong."}]}),
        ({"errors": [f"{KEY}?", {"message": {"bad": [KEY]}}]}, {"errors": ["***?", {"message": {"bad": ["***"]}}]}),
        ({"errors": f"no {KEY}"}, {"errors": "no ***"}),
        (
            {"data": {"setTracking": {"errors": [{"code": "BAD", "message": f"{KEY} {KEY}"}]}}},
            {"data": {"setTracking": {"errors": [{"code": "BAD", "message": "*** ***"}]}}},
        ),
    ],
)
def test_the_key_is_struck_out_of_every_message(content: object, after: object) -> None:
    assert struck(content) == after


def test_a_key_that_is_spelled_with_escapes_is_found() -> None:
    spelled = "".join(f"\\u{ord(character):04x}" for character in KEY)
    assert KEY not in without_key(f'{{"errors": [{{"message": "{spelled}"}}]}}'.encode(), KEY).decode()
    assert b"***" in without_key(f'{{"errors": [{{"message": "{spelled}"}}]}}'.encode(), KEY)


def test_data_and_codes_are_left_as_they_are() -> None:
    content = {"data": {"shipments": {"nodes": [{"id": KEY}]}}, "errors": [{"extensions": {"code": KEY}}]}
    assert struck(content) == content


@pytest.mark.parametrize("body", [b"", b"<html>errors</html>", b'{"errors": [', b'{"data": 1e999}', b'"errors"'])
def test_what_is_no_answer_or_has_no_errors_stays_byte_for_byte(body: bytes) -> None:
    assert without_key(body, KEY) == body


@given(keys, texts, json_values)
def test_whatever_stands_around_it_no_message_tells_the_key(key: str, around: str, data: object) -> None:
    content = {"data": {"a": data}, "errors": [{"message": around.join(["", key, key])}]}
    answer = json.loads(without_key(json.dumps(content).encode(), key))
    assert key not in answer["errors"][0]["message"]


@given(json_values)
def test_without_the_key_an_answer_stays_byte_for_byte(data: object) -> None:
    body = json.dumps({"data": data, "errors": [{"message": "Not today."}]}).encode()
    assert without_key(body, KEY) == body


def test_a_message_that_is_cut_for_its_length_has_no_part_of_the_key() -> None:
    body = json.dumps({"errors": [{"message": "x" * 290 + KEY}]}).encode()
    with pytest.raises(LetzshopError) as caught:
        read_answer(200, {}, without_key(body, KEY), now=datetime(2026, 11, 1, tzinfo=UTC))
    assert str(caught.value).endswith("x***")
