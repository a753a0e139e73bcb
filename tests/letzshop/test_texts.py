from hypothesis import given
from hypothesis import strategies as st

from backend.letzshop.texts import localised

languages = st.sampled_from(["en", "fr", "de", "lb"])
texts = st.dictionaries(languages, st.none() | st.sampled_from(["", " ", "Bague", "Ring"]))


def test_the_order_s_own_language_comes_first_then_english_french_german() -> None:
    names = {"en": "Ring", "fr": "Bague", "de": "Ring (Gold)"}
    assert localised(names, "fr") == "Bague"
    assert localised({**names, "fr": None}, "fr") == "Ring"
    assert localised({"en": None, "fr": " ", "de": "Ring (Gold)"}, "en") == "Ring (Gold)"
    assert localised({"lb": "Rank"}, None) == "Rank"


def test_no_text_at_all_is_none() -> None:
    assert localised({"en": None, "fr": ""}, "fr") is None
    assert localised({}, None) is None


@given(texts, st.none() | languages)
def test_a_text_is_found_whenever_there_is_one(names: dict[str, str | None], locale: str | None) -> None:
    found = localised(names, locale)
    assert (found is None) == (not any((text or "").strip() for text in names.values()))
