import string
from datetime import date
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.alerts.fingerprint import VERSION, fingerprint, masked

WORDS = st.lists(
    st.text(alphabet=string.ascii_lowercase, min_size=3, max_size=9).filter(lambda word: word not in {"the", "and"}),
    min_size=2,
    max_size=6,
)
NUMBERS = st.integers(0, 10**9).map(str) | st.floats(0, 1e6, allow_nan=False).map(lambda number: f"{number:.2f}")
# Years of four digits: others are not written so.
TIMES = st.dates(date(1000, 1, 1)).map(lambda day: f"{day}T09:41:07Z") | st.times().map(
    lambda at: at.strftime("%H:%M:%S")
)
IDS = st.uuids().map(str) | st.integers(10**5, 10**9).map(lambda number: f"LS-{number}")
QUOTED = st.text(alphabet=string.ascii_letters + " ", min_size=1, max_size=12).map(lambda name: f'"{name}"')
PATHS = st.lists(st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=8), min_size=1, max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)
URLS = PATHS.map(lambda path: f"https://feeds.example{path}")


@pytest.mark.parametrize(
    "kind",
    [NUMBERS, TIMES, IDS, QUOTED, PATHS, URLS],
    ids=["number", "time", "id", "name", "path", "url"],
)
@given(data=st.data())
def test_titles_that_differ_in_what_varies_between_occurrences_are_the_same_alert(
    kind: st.SearchStrategy[str], data: st.DataObject
) -> None:
    before, after = data.draw(WORDS), data.draw(WORDS)
    one, other = data.draw(kind), data.draw(kind)

    def title(part: str) -> str:
        return " ".join([*before, part, *after])

    assert fingerprint("system", title(one)) == fingerprint("system", title(other))


@given(WORDS, WORDS)
def test_titles_of_other_words_are_other_alerts(one: list[str], other: list[str]) -> None:
    assume(one != other)
    assert fingerprint("system", " ".join(one)) != fingerprint("system", " ".join(other))


@given(st.text(max_size=60))
def test_masking_twice_changes_nothing_more(title: str) -> None:
    assert masked(title) == " ".join(masked(title).split())


@given(st.text(max_size=40), st.text(max_size=40), st.text(min_size=1, max_size=40))
def test_the_callers_key_decides_whatever_the_titles_say(one: str, other: str, key: str) -> None:
    assert fingerprint("integration", one, key) == fingerprint("integration", other, key)


def test_another_key_is_another_alert() -> None:
    assert fingerprint("integration", "Import failed", "import:1") != fingerprint(
        "integration", "Import failed", "import:2"
    )


def test_numbers_within_a_key_are_not_masked_and_a_key_is_never_taken_for_a_title() -> None:
    assert fingerprint("system", "x", "disk 1") != fingerprint("system", "x", "disk 2")
    assert fingerprint("system", "disk") != fingerprint("system", "x", "disk")


def test_another_type_is_another_alert() -> None:
    assert fingerprint("system", "Disk is full") != fingerprint("capacity", "Disk is full")


def test_a_fingerprint_begins_with_its_version_and_its_type() -> None:
    assert fingerprint("system", "Disk is full").startswith(f"{VERSION}:system:")


def test_case_and_white_space_do_not_count() -> None:
    assert fingerprint("system", "Disk  is FULL ") == fingerprint("system", "disk is full")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Import 4711 failed after 3.5 s", "import <n> failed after <n> s"),
        ("Order LS-2024-00113 has 2 exceptions", "order <id> has <n> exceptions"),
        ("Job 0b9f7f0e-3b0a-4f5e-9d0c-1c2d3e4f5a6b died at 2026-03-02T09:00:00Z", "job <id> died at <time>"),
        ('Store "Épicerie du Coin" is down since 09:14', "store <name> is down since <time>"),
        ("Store 'Wäicht' is down", "store <name> is down"),
        ("The store's feed isn't there", "the store's feed isn't there"),
        ("Cannot read /var/lib/tocsin/uploads/a.tsv", "cannot read <path>"),
        ("Cannot fetch https://feeds.example/a.tsv?x=1", "cannot fetch <url>"),
        ("Disk sda1 at 91 %", "disk sda<n> at <n> %"),
        ("HTTP 502 from Letzshop", "http <n> from letzshop"),
    ],
)
def test_titles_of_the_platform_are_masked_as_an_operator_would(title: str, expected: str) -> None:
    assert masked(title) == expected


def test_uuids_are_masked_in_either_case() -> None:
    one = UUID("0b9f7f0e-3b0a-4f5e-9d0c-1c2d3e4f5a6b")
    assert masked(f"Job {one}") == masked(f"Job {str(one).upper()}")
