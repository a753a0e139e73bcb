import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.letzshop.trade_id import NONE, read_trade_id


@pytest.mark.parametrize(
    ("number", "parser", "kind"),
    [
        ("4006381333931", "gtin13", "gtin13"),
        ("036000291452", "gtin12", "gtin12"),
        ("96385074", "gtin8", "gtin8"),
        ("10012345678902", "gtin14", "gtin14"),
        ("9783161484100", "isbn13", "isbn13"),
        ("080442957X", "isbn10", "isbn10"),
    ],
)
def test_each_parser_of_letzshop_is_read_with_its_check_digit(number: str, parser: str, kind: str) -> None:
    assert read_trade_id(number, parser) == (number, kind, None)


def test_leading_zeros_that_were_lost_on_the_way_are_put_back() -> None:
    assert read_trade_id("36000291452", "gtin12") == ("036000291452", "gtin12", None)


def test_a_wrong_check_digit_is_no_number_and_says_so() -> None:
    found = read_trade_id("4006381333932", "gtin13")
    assert (found.number, found.kind) == (None, None)
    assert found.problem == '"4006381333932" is not a valid gtin13'


@pytest.mark.parametrize("number", [None, "", "  "])
def test_a_variant_may_have_no_number(number: str | None) -> None:
    assert read_trade_id(number, "gtin13") is NONE


def test_an_unknown_parser_does_not_matter_when_the_number_speaks_for_itself() -> None:
    assert read_trade_id("4006381333931", "something new").kind == "gtin13"


@given(st.text(max_size=60), st.sampled_from(["gtin8", "gtin12", "gtin13", "gtin14", "isbn10", "isbn13", None]))
def test_whatever_comes_is_a_number_a_reason_or_nothing(number: str, parser: str | None) -> None:
    found = read_trade_id(number, parser)
    assert (found.number is None) == (found.kind is None)
    assert found.number is None or found.problem is None
