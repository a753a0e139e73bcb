import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.gtin import GtinKind, read_gtin


def with_check_digit(body: str) -> str:
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


bodies = st.one_of(*(st.text(alphabet="0123456789", min_size=n, max_size=n) for n in (7, 11, 12, 13))).filter(
    lambda body: body.strip("0")
)


class TestReadGtin:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("3491500000473", GtinKind.GTIN13),
            ("96385074", GtinKind.GTIN8),
            ("036000291452", GtinKind.GTIN12),
            ("10012345678902", GtinKind.GTIN14),
            ("9780306406157", GtinKind.ISBN13),
            ("9791034900015", GtinKind.ISBN13),
            ("9790060115615", GtinKind.GTIN13),
            ("0306406152", GtinKind.ISBN10),
            ("080442957X", GtinKind.ISBN10),
            ("080442957x", GtinKind.ISBN10),
        ],
    )
    def test_names_the_kind(self, text: str, kind: GtinKind) -> None:
        gtin = read_gtin(text)
        assert gtin is not None
        assert gtin.kind is kind

    def test_drops_spaces_and_hyphens(self) -> None:
        gtin = read_gtin(" 978-0-306-40615-7 ")
        assert gtin is not None
        assert gtin.number == "9780306406157"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "3491500000474",
            "123",
            "4.01235E+12",
            "3491500000473.0",
            "0000000000000",
            "\uff10" * 13,
            "X",
            "349150000047A",
        ],
    )
    def test_malformed_numbers_are_none(self, text: str) -> None:
        assert read_gtin(text) is None

    @given(bodies)
    def test_a_right_check_digit_is_accepted(self, body: str) -> None:
        assert read_gtin(with_check_digit(body)) is not None

    @given(bodies, st.integers(1, 9))
    def test_a_wrong_check_digit_is_refused(self, body: str, shift: int) -> None:
        right = with_check_digit(body)
        assert read_gtin(f"{body}{(int(right[-1]) + shift) % 10}") is None

    @given(st.text(max_size=20))
    def test_any_text_gives_a_number_or_none(self, text: str) -> None:
        gtin = read_gtin(text)
        assert gtin is None or gtin.number.strip("0123456789X") == ""
