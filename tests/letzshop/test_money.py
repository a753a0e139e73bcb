from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.letzshop.money import MAX_CENTS, MoneyError, read_money

cents = st.integers(min_value=0, max_value=MAX_CENTS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (105.91, 10_591),
        (49, 4_900),
        ("49.99", 4_999),
        ("49,99", 4_999),
        ("99.99 EUR", 9_999),
        ("99,99EUR", 9_999),
        ("0", 0),
        (" 12.5 ", 1_250),
        ("49.995", 5_000),
        ("49.994", 4_999),
        (49.995, 5_000),
        (1e-7, 0),
        # A thousand separator would be unheard of in an API: three decimals are three decimals.
        ("1.234", 123),
    ],
)
def test_every_way_in_which_an_amount_may_be_written_is_read_to_the_cent(value: object, expected: int) -> None:
    assert read_money(value) == (expected, "EUR")


def test_a_currency_that_is_written_is_kept() -> None:
    assert read_money("10.00 CHF") == (1_000, "CHF")
    assert read_money("10.00 €") == (1_000, "EUR")


@pytest.mark.parametrize("value", [None, True, "", "free", "-1.00", "1.2.3", "1 234.00", [], {}, "21474836.48", "NaN"])
def test_what_is_not_an_amount_is_refused_and_quoted(value: object) -> None:
    with pytest.raises(MoneyError):
        read_money(value)


@given(cents, st.sampled_from([".", ","]), st.sampled_from(["", " EUR", "EUR", " €"]))
def test_two_decimals_are_read_as_they_stand(amount: int, separator: str, ending: str) -> None:
    assert read_money(f"{amount // 100}{separator}{amount % 100:02}{ending}")[0] == amount


@given(st.decimals(min_value=0, max_value=1_000_000, places=5))
def test_more_decimals_are_rounded_half_up(amount: Decimal) -> None:
    expected = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert read_money(format(amount, "f"))[0] == expected


@given(cents)
def test_a_number_means_what_its_shortest_text_means(amount: int) -> None:
    assert read_money(amount / 100)[0] == amount
