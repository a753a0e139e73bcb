import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.fields import JsonObject
from backend.delivery.digest_window import Digest, Frequency
from backend.delivery.kinds import CATEGORIES
from backend.delivery.preference_document import completed
from backend.delivery.preferences import Language, Override, Preferences, Threshold
from backend.delivery.quiet_hours import QuietHours

ZONE = "America/New_York"
DEFAULTS = Preferences(timezone=ZONE)

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["high", "email", "UTC"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
fields = st.sampled_from(Preferences.__struct_fields__)


def test_an_empty_document_is_all_defaults() -> None:
    assert completed({}, timezone=ZONE) == DEFAULTS


def test_a_whole_document_comes_back_as_it_was_stored() -> None:
    chosen = Preferences(
        language=Language.FR,
        timezone="Europe/Paris",
        matrix=DEFAULTS.matrix | {"store_issue": {"email": Threshold.NEVER, "chat": Threshold.LOW}},
        overrides=(Override(channel="chat", min_priority=Threshold.LOW, merchant_id=3, category="security"),),
        quiet_hours=QuietHours(is_on=True, weekdays=[6, 7]),
        digest=Digest(frequency=Frequency.WEEKLY, at="17:30", weekday=5),
    )
    assert completed(msgspec.json.decode(msgspec.json.encode(chosen)), timezone=ZONE) == chosen


@given(st.dictionaries(fields, json))
def test_whatever_is_stored_gives_whole_preferences(document: JsonObject) -> None:
    """One person's broken document must not keep a message from everybody."""
    found = completed(document, timezone=ZONE)
    assert found.matrix.keys() == set(CATEGORIES)
    assert completed(msgspec.to_builtins(found), timezone=ZONE) == found


def test_a_category_that_came_later_takes_its_default() -> None:
    found = completed({"matrix": {"security_alert": {"email": "never"}}}, timezone=ZONE)
    assert found.matrix["security_alert"] == {"email": Threshold.NEVER, "chat": Threshold.HIGH}
    assert found.matrix["order_exception"]["email"] is Threshold.CRITICAL


def test_what_is_retired_is_left_out() -> None:
    overrides = [
        {"store_id": 1, "channel": "email", "min_priority": "low", "category": "retired"},
        {"store_id": 2, "channel": "pager", "min_priority": "low"},
        {"store_id": 3, "merchant_id": 3, "channel": "email", "min_priority": "low"},
        {"channel": "email", "min_priority": "low"},
        {"store_id": 4, "channel": "email", "min_priority": "low", "retired": True},
    ]
    document = {"matrix": {"retired": {"email": "low"}, "security": {"pager": "low"}}, "overrides": overrides}
    found = completed(document, timezone=ZONE)
    assert found.matrix == DEFAULTS.matrix
    assert [override.store_id for override in found.overrides] == [4]


@pytest.mark.parametrize("field", ["is_on", "end", "critical_ignores"])
def test_a_field_that_came_later_takes_its_default(field: str) -> None:
    stored = msgspec.to_builtins(QuietHours(start="21:00"))
    del stored[field]
    assert completed({"quiet_hours": stored}, timezone=ZONE).quiet_hours == QuietHours(start="21:00")


def test_a_time_zone_that_is_gone_is_the_platforms() -> None:
    assert completed({"timezone": "Mars/Olympus_Mons"}, timezone=ZONE).timezone == ZONE
