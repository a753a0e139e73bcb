from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.kinds import CATEGORIES
from backend.delivery.silence_matching import NEVER_SILENCED, Matcher, Silence, Subject, silencing
from backend.notifications import Priority

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ids = st.integers(1, 5)
sets_of_ids = st.frozensets(ids, max_size=3)
words = st.text(st.sampled_from("abßSİ "), max_size=6)
categories = st.sampled_from(CATEGORIES)
priorities = st.sampled_from([priority.value for priority in Priority])
subjects = st.builds(
    Subject,
    category=categories,
    priority=priorities,
    title=words,
    message=words,
    stores=st.dictionaries(ids, st.none() | ids, max_size=3),
)
matchers = st.builds(
    Matcher,
    store_ids=sets_of_ids,
    merchant_ids=sets_of_ids,
    types=st.frozensets(categories, max_size=3),
    priorities=st.frozensets(priorities, max_size=2),
    phrase=st.none() | words,
)


def subject(**fields: object) -> Subject:
    usual: dict[str, object] = {
        "category": "import_failure",
        "priority": "high",
        "title": "Product import failed for Moulin",
        "message": "The FEED is empty.",
        "stores": {1: 10},
    }
    return Subject(**(usual | fields))  # type: ignore[arg-type]  # the test's own fields


@pytest.mark.parametrize(
    "matcher",
    [
        Matcher(store_ids=frozenset({1, 2})),
        Matcher(merchant_ids=frozenset({10})),
        Matcher(store_ids=frozenset({9}), merchant_ids=frozenset({10})),
        Matcher(types=frozenset({"import_failure", "security"})),
        Matcher(priorities=frozenset({"high"})),
        Matcher(phrase="mOULIN"),
        Matcher(phrase="feed is"),
        Matcher(store_ids=frozenset({1}), types=frozenset({"import_failure"}), phrase="feed"),
    ],
)
def test_alternatives_within_a_field_and_all_fields_together(matcher: Matcher) -> None:
    assert matcher.matches(subject())


@pytest.mark.parametrize(
    "matcher",
    [
        Matcher(store_ids=frozenset({2})),
        Matcher(merchant_ids=frozenset({1})),
        Matcher(types=frozenset({"security"})),
        Matcher(priorities=frozenset({"critical"})),
        Matcher(phrase="moulin the"),
        Matcher(store_ids=frozenset({1}), types=frozenset({"security"}), phrase="feed"),
    ],
)
def test_one_field_that_does_not_match_is_enough(matcher: Matcher) -> None:
    assert not matcher.matches(subject())


def test_silencing_one_store_does_not_hide_an_alert_over_others_too() -> None:
    over_two = subject(stores={1: 10, 2: 20})
    assert not Matcher(store_ids=frozenset({1})).matches(over_two)
    assert not Matcher(merchant_ids=frozenset({10})).matches(over_two)
    assert Matcher(store_ids=frozenset({1, 2})).matches(over_two)
    assert Matcher(store_ids=frozenset({1}), merchant_ids=frozenset({20})).matches(over_two)


def test_what_is_of_no_store_is_hidden_by_no_store() -> None:
    assert not Matcher(store_ids=frozenset({1})).matches(subject(stores={}))
    assert Matcher(phrase="feed").matches(subject(stores={}))


def test_a_phrase_does_not_reach_from_the_title_into_the_message() -> None:
    assert not Matcher(phrase="moulin\nthe").matches(subject())
    assert not Matcher(phrase="moulinthe").matches(subject())


def test_the_warning_that_a_silence_ends_is_never_hidden() -> None:
    (category,) = NEVER_SILENCED
    assert not Matcher(phrase="moulin").matches(subject(category=category))
    assert not Matcher(types=frozenset({category})).matches(subject(category=category))


@given(subjects)
def test_an_empty_matcher_takes_everything_but_the_warning(told: Subject) -> None:
    assert Matcher().is_empty
    assert Matcher().matches(told) == (told.category not in NEVER_SILENCED)


@given(matchers, subjects, st.none() | words, sets_of_ids, st.frozensets(categories), st.frozensets(priorities))
def test_a_field_more_never_takes_more(
    matcher: Matcher,
    told: Subject,
    phrase: str | None,
    places: frozenset[int],
    types: frozenset[str],
    ranks: frozenset[str],
) -> None:
    narrower = Matcher(
        store_ids=matcher.store_ids if matcher.names_places else places,
        merchant_ids=matcher.merchant_ids,
        types=matcher.types or types,
        priorities=matcher.priorities or ranks,
        phrase=matcher.phrase or phrase,
    )
    assert matcher.matches(told) or not narrower.matches(told)


@given(matchers, subjects, sets_of_ids)
def test_an_alternative_more_never_takes_less(matcher: Matcher, told: Subject, more: frozenset[int]) -> None:
    wider = Matcher(
        store_ids=matcher.store_ids | more if matcher.names_places else matcher.store_ids,
        merchant_ids=matcher.merchant_ids,
        types=matcher.types,
        priorities=matcher.priorities,
        phrase=matcher.phrase,
    )
    assert wider.matches(told) or not matcher.matches(told)


@given(matchers, subjects, ids)
def test_a_store_that_joins_and_is_not_silenced_wakes_the_whole(matcher: Matcher, told: Subject, joined: int) -> None:
    stranger = joined + 100
    wider = Subject(
        category=told.category,
        priority=told.priority,
        title=told.title,
        message=told.message,
        stores={**told.stores, stranger: None},
    )
    assert not matcher.names_places or not matcher.matches(wider)


def silence(number: int, *, begins: int = -1, ends: int = 1, phrase: str = "feed") -> Silence:
    return Silence(
        id=number,
        matcher=Matcher(phrase=phrase),
        starts_at=NOW + timedelta(hours=begins),
        ends_at=NOW + timedelta(hours=ends),
        comment="moving",
    )


def test_of_several_silences_it_is_the_one_that_ends_last() -> None:
    found = silencing([silence(1, ends=2), silence(2, ends=5), silence(3, ends=4)], subject(), NOW)
    assert found is not None
    assert (found.id, found.detail.text) == (2, "Silence 2 until 2026-03-02 14:00 UTC: moving")


def test_a_silence_holds_from_its_start_up_to_before_its_end() -> None:
    assert silencing([silence(1, begins=0)], subject(), NOW) is not None
    assert silencing([silence(1, begins=1, ends=2)], subject(), NOW) is None
    assert silencing([silence(1, ends=0)], subject(), NOW) is None
    assert silencing([silence(1, phrase="elsewhere")], subject(), NOW) is None


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3), st.sampled_from(["feed", "no"])), max_size=6))
def test_something_is_hidden_just_when_a_silence_that_runs_takes_it(drawn: list[tuple[int, int, str]]) -> None:
    silences = [silence(n, begins=begins, ends=ends, phrase=phrase) for n, (begins, ends, phrase) in enumerate(drawn)]
    running = [ends for begins, ends, phrase in drawn if begins <= 0 < ends and phrase == "feed"]
    found = silencing(silences, subject(), NOW)
    assert (found.ends_at if found else None) == (NOW + timedelta(hours=max(running)) if running else None)
