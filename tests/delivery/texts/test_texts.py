from dataclasses import fields
from string import Formatter

import pytest

from backend.delivery.kinds import CATEGORIES, MessageKind
from backend.delivery.texts import LANGUAGES, Wording, words_for
from backend.delivery.texts.en import ENGLISH
from backend.notifications import Priority

OTHERS = [words for words in LANGUAGES.values() if words is not ENGLISH]


def texts(words: Wording) -> dict[str, str]:
    """Each text by its path, the lists and dictionaries taken apart."""
    found: dict[str, str] = {}
    for name in (field.name for field in fields(words)):
        value = getattr(words, name)
        if isinstance(value, dict):
            found |= {f"{name}.{key}": text for key, text in value.items()}
        elif isinstance(value, tuple):
            found |= {f"{name}.{position}": text for position, text in enumerate(value)}
        else:
            found[name] = value
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_there_are_english_french_and_german() -> None:
    assert set(LANGUAGES) == {"en", "fr", "de"}


@pytest.mark.parametrize("words", OTHERS, ids=lambda words: words.language)
def test_each_language_says_everything_with_the_same_gaps(words: Wording) -> None:
    english, own = texts(ENGLISH), texts(words)
    assert set(own) == set(english)
    assert {name: placeholders(text) for name, text in own.items()} == {
        name: placeholders(text) for name, text in english.items()
    }


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=lambda words: words.language)
def test_each_language_names_every_priority_category_and_kind(words: Wording) -> None:
    assert set(words.priorities) == {priority.value for priority in Priority}
    assert set(words.categories) == set(CATEGORIES)
    assert set(words.kickers) == {kind.value for kind in MessageKind}
    assert (len(words.weekdays), len(words.months)) == (7, 12)
    assert all(text.strip() for text in texts(words).values())


@pytest.mark.parametrize(("language", "found"), [("fr", "fr"), ("fr-LU", "fr"), ("DE", "de"), ("lb", "en"), ("", "en")])
def test_a_language_without_texts_is_english(language: str, found: str) -> None:
    assert words_for(language).language == found
