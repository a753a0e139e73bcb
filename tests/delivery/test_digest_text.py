import pytest

from backend.delivery.digest_text import body, title
from backend.delivery.digest_window import Frequency
from backend.delivery.preferences import Language
from backend.delivery.summary import Group, Line
from tests.factories.delivery import item, summary_of


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("frequency", [one for one in Frequency if one is not Frequency.NONE])
def test_each_language_has_a_title_for_each_digest(language: Language, frequency: Frequency) -> None:
    assert title(frequency, language)


def test_it_counts_and_then_names_what_is_weightiest_in_each_store() -> None:
    summary = summary_of(
        [
            *(Line(1, Group.OPEN, item(number)) for number in range(1, 6)),
            Line(1, Group.HEALED, item(6, by="import 5")),
            Line(None, Group.HANDLED, item(7, by="Anne")),
        ],
        unlisted={(1, Group.OPEN): 10},
    )
    assert body(summary, Language.EN).split("\n") == [
        "Still open: 15 · Healed by itself: 1 · Handled: 1",
        "",
        "Moulin",
        "Still open: Notice 5; Notice 4; Notice 3; and 12 more",
        "Healed by itself: Notice 6 (by import 5)",
        "",
        "Platform",
        "Handled: Notice 7 (by Anne)",
    ]


def test_it_speaks_the_readers_language() -> None:
    summary = summary_of([Line(1, Group.HANDLED, item(by="Anne"))])
    assert body(summary, Language.DE) == "Bearbeitet: 1\n\nMoulin\nBearbeitet: Notice 1 (von Anne)"


def test_many_stores_and_long_titles_are_cut() -> None:
    summary = summary_of([Line(store_id, Group.OPEN, item(store_id, title="x" * 300)) for store_id in range(1, 31)])
    text = body(summary, Language.EN)
    assert text.endswith("and more in 22 other stores")
    assert len(text) < 1_500
