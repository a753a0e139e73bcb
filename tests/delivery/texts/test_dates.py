from datetime import UTC, datetime

import pytest

from backend.delivery.texts import LANGUAGES
from backend.delivery.texts.dates import date_and_time, short, zone

LUXEMBOURG = zone("Europe/Luxembourg")


@pytest.mark.parametrize(
    ("language", "long", "brief"),
    [
        ("en", "Sunday 22 November 2026, 14:05", "22 November, 14:05"),
        ("fr", "dimanche 22 novembre 2026 à 14:05", "22 novembre à 14:05"),
        ("de", "Sonntag, 22. November 2026, 14:05 Uhr", "22. November, 14:05 Uhr"),
    ],
)
def test_an_instant_is_written_as_people_do(language: str, long: str, brief: str) -> None:
    instant = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    assert date_and_time(instant, LANGUAGES[language], LUXEMBOURG) == long
    assert short(instant, LANGUAGES[language], LUXEMBOURG) == brief


def test_the_first_of_a_month_has_its_own_form_in_french() -> None:
    instant = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert date_and_time(instant, LANGUAGES["fr"], LUXEMBOURG) == "mardi 1er décembre 2026 à 09:00"


@pytest.mark.parametrize(("utc_hour", "local"), [(0, "01:30"), (1, "03:30")])
def test_the_clock_of_the_time_zone_counts_on_the_night_it_changes(utc_hour: int, local: str) -> None:
    instant = datetime(2026, 3, 29, utc_hour, 30, tzinfo=UTC)
    assert date_and_time(instant, LANGUAGES["en"], LUXEMBOURG) == f"Sunday 29 March 2026, {local}"


@pytest.mark.parametrize("instant", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_first_and_the_last_day_there_is_are_written_too(instant: datetime) -> None:
    assert str(instant.year) in date_and_time(instant, LANGUAGES["en"], zone("Pacific/Auckland"))
    assert str(instant.year) in date_and_time(instant, LANGUAGES["en"], zone("America/Adak"))


@pytest.mark.parametrize("name", ["Luxembourg/Nowhere", "", "../etc/passwd", "\x00"])
def test_a_time_zone_that_there_is_none_for_is_the_default(name: str) -> None:
    assert zone(name) == LUXEMBOURG
