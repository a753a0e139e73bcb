import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.gtin import GtinKind, comparable, read_gtin, spellings


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


class TestComparable:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("96385074", "00000096385074"),
            ("036000291452", "00036000291452"),
            ("0036000291452", "00036000291452"),
            ("3491500000473", "03491500000473"),
            ("03491500000473", "03491500000473"),
            ("10012345678902", "10012345678902"),
            ("0306406152", "09780306406157"),
            ("978-0-306-40615-7", "09780306406157"),
            ("080442957x", "09780804429573"),
            ("3491500000474", None),
            ("", None),
            (None, None),
        ],
    )
    def test_one_item_has_one_spelling(self, text: str | None, number: str | None) -> None:
        assert comparable(text) == number

    def test_a_book_may_be_written_in_both_its_numbers(self) -> None:
        assert set(spellings("09780804429573")) == {"9780804429573", "09780804429573", "080442957X"}

    def test_a_short_number_may_be_written_at_any_length(self) -> None:
        assert spellings("00000096385074") == ["96385074", "000096385074", "0000096385074", "00000096385074"]

    @given(bodies)
    def test_every_spelling_is_of_the_same_item_and_the_one_that_was_written_is_among_them(self, body: str) -> None:
        written = with_check_digit(body)
        number = comparable(written)
        assert number is not None
        assert written in spellings(number)
        assert {comparable(spelling) for spelling in spellings(number)} == {number}

    @given(st.text(alphabet="0123456789", min_size=9, max_size=9))
    def test_so_is_every_book(self, body: str) -> None:
        check = -sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), body, strict=True)) % 11
        isbn = f"{body}{'X' if check == 10 else check}"
        number = comparable(isbn)
        assert number is not None
        assert isbn in spellings(number)
        assert {comparable(spelling) for spelling in spellings(number)} == {number}
