import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.mail.unsubscribe import UnsubscribeTokens, Unsubscription

WISH = Unsubscription(user_id=2, category="import_failure")
TOKENS = UnsubscribeTokens(("a key",))


@given(user_id=st.integers(min_value=1, max_value=2**63 - 1), category=st.from_regex(r"[a-z_]{1,40}", fullmatch=True))
def test_a_token_says_who_wants_no_more_of_what(user_id: int, category: str) -> None:
    wish = Unsubscription(user_id, category)
    token = TOKENS.make(wish)
    assert TOKENS.read(token) == wish
    assert token.replace("-", "").replace("_", "").isalnum()


def test_a_token_of_the_key_before_is_still_good_after_a_rotation() -> None:
    rotated = UnsubscribeTokens(("new key", "a key"))
    assert rotated.read(TOKENS.make(WISH)) == WISH
    assert TOKENS.read(rotated.make(WISH)) is None


def test_a_token_of_another_key_is_none() -> None:
    assert UnsubscribeTokens(("another",)).read(TOKENS.make(WISH)) is None
    assert UnsubscribeTokens(()).read(TOKENS.make(WISH)) is None


@given(st.data())
def test_a_token_with_any_bit_changed_is_none(data: st.DataObject) -> None:
    token = TOKENS.make(WISH)
    signed = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    bit = data.draw(st.integers(min_value=0, max_value=len(signed) * 8 - 1))
    signed[bit // 8] ^= 1 << bit % 8
    assert TOKENS.read(base64.urlsafe_b64encode(bytes(signed)).decode().rstrip("=")) is None


@given(st.text())
def test_any_other_text_is_none(text: str) -> None:
    assert TOKENS.read(text) is None


@pytest.mark.parametrize("token", ["", "a", "=", "a" * 1000, "ä", "a b", "!!!!"])
def test_what_is_no_token_at_all_is_none(token: str) -> None:
    assert TOKENS.read(token) is None
