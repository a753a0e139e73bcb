from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.price import MAX_CENTS, PriceError, PriceProblem, read_price

cents = st.integers(min_value=0, max_value=MAX_CENTS)


def grouped(whole: int, separator: str) -> str:
    return f"{whole:,}".replace(",", separator)


class TestReadPrice:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("19,99", 1999),
            ("1.234,50 €", 123450),
            ("19.99 EUR", 1999),
            ("1,234.50", 123450),
            ("1 234,50", 123450),
            ("1'234.50", 123450),
            ("1\u2019234.50", 123450),
            ("1\u00a0234,50\u00a0€", 123450),
            ("1\u202f234,50 €", 123450),
            ("€ 12", 1200),
            ("12", 1200),
            ("12€", 1200),
            ("EUR 12.5", 1250),
            ("12 euros", 1200),
            (" 12.00 ", 1200),
            ("12,-", 1200),
            ("12,-- €", 1200),
            (".99", 99),
            ("0", 0),
            ("1.234.567", 123456700),
            ("1,234,567.5", 123456750),
            ("60.04 EUR", 6004),
        ],
    )
    def test_reads_the_ways_a_price_is_written(self, text: str, expected: int) -> None:
        assert read_price(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("0.995", 100), ("0.994", 99), ("1234.565", 123457), ("19.9950", 2000), ("1.2349", 123)],
    )
    def test_rounds_more_than_two_decimals_half_up(self, text: str, expected: int) -> None:
        assert read_price(text) == expected

    @pytest.mark.parametrize("text", ["1.234", "1,234", "12.345 EUR", "€ 999,000", "49.995"])
    def test_refuses_what_can_be_read_in_two_ways(self, text: str) -> None:
        with pytest.raises(PriceError, match="two ways") as caught:
            read_price(text)
        assert caught.value.problem is PriceProblem.AMBIGUOUS

    @pytest.mark.parametrize("text", ["-5", "-0.01", "- 5,00 €", "€ -5", "\u22125"])
    def test_refuses_a_negative_price(self, text: str) -> None:
        with pytest.raises(PriceError) as caught:
            read_price(text)
        assert caught.value.problem is PriceProblem.NEGATIVE

    @pytest.mark.parametrize("text", ["$5", "5 USD", "CHF 12.50", "12.00 £", "Fr. 5"])
    def test_refuses_another_currency(self, text: str) -> None:
        with pytest.raises(PriceError, match="only EUR") as caught:
            read_price(text)
        assert caught.value.problem is PriceProblem.CURRENCY

    @pytest.mark.parametrize("text", ["21474836.48", "99999999999999999999", "9.223.372.036.854.775.808"])
    def test_refuses_more_than_the_database_can_hold(self, text: str) -> None:
        with pytest.raises(PriceError) as caught:
            read_price(text)
        assert caught.value.problem is PriceProblem.TOO_LARGE

    @pytest.mark.parametrize(
        "text",
        [
            "", " ", "€", "NaN", "inf", "-", "abc", "1e5", "12.", "1..2", "1,2,3", "1.23.456", "12,34.56", "1 2",
            "1 23,00", "5 per kg", "EUR 5 EUR", "١٢", "\uff11\uff12", "12\x00", "1" * 5000, "1 EUR\n1", "+5", "--5-",
        ],
    )  # fmt: skip
    def test_refuses_everything_else_without_guessing(self, text: str) -> None:
        with pytest.raises(PriceError) as caught:
            read_price(text)
        assert len(str(caught.value)) < 120

    @given(cents, st.sampled_from([".", ","]), st.sampled_from(["", " EUR", " €", "€"]))
    def test_plain_amounts_come_back_whole(self, amount: int, decimal: str, currency: str) -> None:
        assert read_price(f"{amount // 100}{decimal}{amount % 100:02}{currency}") == amount

    @given(cents, st.sampled_from([(".", ","), (",", "."), (" ", ","), ("'", "."), ("\u202f", ","), (" ", ".")]))
    def test_grouped_amounts_come_back_whole(self, amount: int, marks: tuple[str, str]) -> None:
        group, decimal = marks
        assert read_price(f"{grouped(amount // 100, group)}{decimal}{amount % 100:02}") == amount

    @given(st.text(max_size=60))
    def test_any_text_gives_cents_in_range_or_a_named_error(self, text: str) -> None:
        with suppress(PriceError):
            assert 0 <= read_price(text) <= MAX_CENTS

    @given(st.text(alphabet="0123456789.,' -€EUR", max_size=14))
    def test_texts_that_look_like_prices_never_crash(self, text: str) -> None:
        with suppress(PriceError):
            assert 0 <= read_price(text) <= MAX_CENTS

    @given(st.integers(0, 9_999_999), st.text(alphabet="0123456789", min_size=4, max_size=8))
    def test_long_fractions_round_half_up(self, whole: int, fraction: str) -> None:
        exact = whole * 10 ** len(fraction) + int(fraction)
        unit = 10 ** (len(fraction) - 2)
        assert read_price(f"{whole}.{fraction}") == (2 * exact + unit) // (2 * unit)
