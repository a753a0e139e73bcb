from hypothesis import given
from hypothesis import strategies as st

from backend.jobs.lifecycle import Park, Retry, after_failure

budgets = st.integers(min_value=1, max_value=50)


@given(budgets, st.data())
def test_a_job_is_retried_while_its_budget_lasts(budget: int, data: st.DataObject) -> None:
    failures = data.draw(st.integers(min_value=1, max_value=100))
    decision = after_failure(failures, budget, is_permanent=False, chance=0.5)
    assert isinstance(decision, Retry) == (failures < budget)


@given(budgets, st.integers(min_value=1, max_value=100))
def test_a_permanent_failure_parks_at_once(budget: int, failures: int) -> None:
    decision = after_failure(failures, budget, is_permanent=True, chance=0.5)
    assert decision == Park("it cannot succeed when tried again")


def test_a_decision_says_why() -> None:
    assert after_failure(2, 5, is_permanent=False, chance=0).reason == "failure 2 of at most 5"
    assert after_failure(5, 5, is_permanent=False, chance=0).reason == "it failed 5 times"
