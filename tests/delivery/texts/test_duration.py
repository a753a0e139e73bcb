import pytest

from backend.delivery.texts import words_for
from backend.delivery.texts.duration import duration


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 min"), (119, "119 min"), (120, "2 h"), (47 * 60 + 59, "47 h"), (48 * 60, "2 days"), (7 * 1440, "7 days")],
)
def test_it_is_said_in_one_unit(minutes: int, said: str) -> None:
    assert duration(minutes, words_for("en")) == said
