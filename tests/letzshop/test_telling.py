import pytest

from backend.letzshop.run_kinds import RunKind
from backend.letzshop.telling import store_key, whether_to_tell


def test_what_is_wrong_with_a_store_is_told_apart_by_kind_and_order() -> None:
    keys = {
        store_key(RunKind.SYNC, 3),
        store_key(RunKind.HISTORY, 3),
        store_key(RunKind.FULFILMENT, 3, 1),
        store_key(RunKind.FULFILMENT, 3, 2),
    }
    assert len(keys) == 4


@pytest.mark.parametrize("is_outage", [True, False])
@pytest.mark.parametrize("is_alert_new", [True, False])
@pytest.mark.parametrize("is_reason_new", [True, False])
@pytest.mark.parametrize("is_on_demand", [True, False])
def test_what_is_asked_for_or_new_rings_and_what_goes_on_only_counts(
    is_on_demand: bool, is_outage: bool, is_alert_new: bool, is_reason_new: bool
) -> None:
    verdict = whether_to_tell(
        is_on_demand=is_on_demand, is_outage=is_outage, is_alert_new=is_alert_new, is_reason_new=is_reason_new
    )
    # Each store meets a known outage for the first time once: that is no news.
    is_news = is_alert_new or (is_reason_new and not is_outage)
    assert verdict.is_told is (is_on_demand or is_news)
    assert verdict.reason
