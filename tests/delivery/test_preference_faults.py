import msgspec
import pytest

from backend.core.fields import JsonObject
from backend.delivery.kinds import CATEGORIES
from backend.delivery.preference_faults import faults
from backend.delivery.preference_schemas import PreferencesIn

STORE, MERCHANT = 12, 3


def paths(document: JsonObject) -> list[str]:
    wanted = msgspec.convert(document, PreferencesIn)
    return [fault.path for fault in faults(wanted, store_ids={STORE}, merchant_ids={MERCHANT})]


def override(**changes: object) -> JsonObject:
    return {"channel": "email", "min_priority": "low"} | changes


def test_nothing_is_wrong_with_nothing() -> None:
    assert paths({}) == []


def test_nothing_is_wrong_with_every_category_and_places_that_there_are() -> None:
    document = {
        "timezone": "Europe/Paris",
        "matrix": {category: {"email": "never", "chat": "low"} for category in CATEGORIES},
        "overrides": [override(store_id=STORE), override(merchant_id=MERCHANT, category="security")],
    }
    assert paths(document) == []


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"timezone": "Europe/Luxemburg"}, "timezone"),
        ({"matrix": {"imports": {"pager": "low"}}}, "matrix.imports"),
        ({"matrix": {"import_failure": {"pager": "low"}}}, "matrix.import_failure.pager"),
        ({"matrix": {"import_failure": {"webhook": "low"}}}, "matrix.import_failure.webhook"),
        ({"matrix": {"import_failure": {"email": "urgent"}}}, "matrix.import_failure.email"),
        ({"overrides": [override()]}, "overrides.0.store_id"),
        ({"overrides": [override(store_id=STORE, merchant_id=MERCHANT)]}, "overrides.0.store_id"),
        ({"overrides": [override(store_id=STORE), override(store_id=MERCHANT)]}, "overrides.1.store_id"),
        ({"overrides": [override(merchant_id=STORE)]}, "overrides.0.merchant_id"),
        ({"overrides": [override(store_id=STORE, category="imports")]}, "overrides.0.category"),
        ({"overrides": [override(store_id=STORE), override(store_id=STORE, min_priority="high")]}, "overrides.1"),
    ],
)
def test_each_fault_is_named_by_its_field(document: JsonObject, path: str) -> None:
    assert paths(document) == [path]


def test_all_faults_are_named_at_once() -> None:
    document = {"timezone": "here", "matrix": {"imports": {}}, "overrides": [override(store_id=1, category="x")]}
    assert paths(document) == ["timezone", "matrix.imports", "overrides.0.store_id", "overrides.0.category"]


def test_a_callers_own_key_is_cut() -> None:
    (path,) = paths({"matrix": {"x" * 5_000: {}}})
    assert len(path) < 200
