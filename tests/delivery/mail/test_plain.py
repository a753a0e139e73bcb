import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.mail.plain import block, line


@pytest.mark.parametrize(
    ("given_text", "one_line"),
    [
        ("Disk is full", "Disk is full"),
        ("a\r\nBcc: eve@example.com", "a Bcc: eve@example.com"),
        ("a\x00b\x07\x1b[31m", "ab[31m"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("gro.live\u202e exe", "gro.live exe"),
        ("  spaces\tand\n\nlines ", "spaces and lines"),
        ("\ud800", "?"),
    ],
)
def test_a_line_is_one_line_of_plain_text(given_text: str, one_line: str) -> None:
    assert line(given_text, 300) == one_line


def test_a_block_keeps_its_lines() -> None:
    assert block("one\r\ntwo\rthree\n\nfour\x00", 300) == "one\ntwo\nthree\n\nfour"


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_any_text_becomes_a_line_in_bounds_without_control_characters(text: str, most: int) -> None:
    plain = line(text, most)
    assert len(plain) <= most
    assert not [char for char in plain if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
