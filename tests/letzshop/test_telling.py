import pytest

from backend.letzshop.failure import Outcome
from backend.letzshop.run_kinds import RunKind
from backend.letzshop.telling import failure_key, outage_key, store_key, whether_to_tell


def test_an_outage_belongs_to_the_endpoint_and_all_else_to_the_store() -> None:
    url = "https://letzshop.lu/graphql"
    assert failure_key(RunKind.SYNC, 3, url, Outcome.TRANSIENT) == outage_key(url)
    for outcome in (Outcome.CREDENTIALS, Outcome.REJECTED, Outcome.PARTIAL, None):
        assert failure_key(RunKind.SYNC, 3, url, outcome) == store_key(RunKind.SYNC, 3)
    assert store_key(RunKind.SYNC, 3) != store_key(RunKind.HISTORY, 3)


@pytest.mark.parametrize("is_outage", [True, False])
@pytest.mark.parametrize("is_alert_new", [True, False])
@pytest.mark.parametrize("did_fail_before", [True, False])
def test_whoever_asked_for_a_run_is_told_of_its_failure(
    is_outage: bool, is_alert_new: bool, did_fail_before: bool
) -> None:
    assert whether_to_tell(
        is_on_demand=True, is_outage=is_outage, is_alert_new=is_alert_new, did_fail_before=did_fail_before
    ).is_told


@pytest.mark.parametrize("did_fail_before", [True, False])
def test_an_outage_rings_once_however_many_stores_it_meets(did_fail_before: bool) -> None:
    def told(*, is_alert_new: bool) -> bool:
        return whether_to_tell(
            is_on_demand=False, is_outage=True, is_alert_new=is_alert_new, did_fail_before=did_fail_before
        ).is_told

    assert told(is_alert_new=True)
    assert not told(is_alert_new=False)


def test_a_store_that_goes_on_failing_rings_once() -> None:
    first = whether_to_tell(is_on_demand=False, is_outage=False, is_alert_new=True, did_fail_before=False)
    second = whether_to_tell(is_on_demand=False, is_outage=False, is_alert_new=False, did_fail_before=True)
    assert (first.is_told, second.is_told) == (True, False)
