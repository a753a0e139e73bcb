from datetime import timedelta

from backend.demo.history import incidents, lone_notices
from backend.demo.platform import MERCHANTS

NAMES = [store.name for merchant in MERCHANTS for store in merchant.stores]


def test_the_past_is_the_same_on_every_machine() -> None:
    assert incidents(NAMES) == incidents(NAMES)
    assert list(lone_notices(NAMES)) == list(lone_notices(NAMES))


def test_some_weeks_are_told_and_something_is_still_open() -> None:
    past = incidents(NAMES)
    assert max(incident.ago for incident in past) > timedelta(days=14)
    assert {incident.ending for incident in past} == {"healed", "resolved", "open"}


def test_every_store_that_an_incident_names_exists() -> None:
    assert all(0 <= store < len(NAMES) for incident in incidents(NAMES) for store in incident.stores)
