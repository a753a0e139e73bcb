import pytest

from backend.letzshop.sim.faults import Fault, Faults, Plan

PLAN = Plan(Fault.BAD_GATEWAY, every=100.0, lasts=10.0)


@pytest.mark.parametrize(
    ("elapsed", "fault"),
    [(0, Fault.NONE), (89.9, Fault.NONE), (90, Fault.BAD_GATEWAY), (99.9, Fault.BAD_GATEWAY), (100, Fault.NONE)],
)
def test_a_planned_fault_comes_at_the_end_of_every_period(elapsed: float, fault: Fault) -> None:
    assert PLAN.fault_at(elapsed) is fault
    assert PLAN.fault_at(elapsed + 300) is fault


def test_a_fault_set_by_hand_beats_the_plan_until_it_is_over() -> None:
    faults = Faults(plan=PLAN)
    faults.set(Fault.SLOW, times=2)
    assert [faults.take("a", elapsed=95.0) for _ in range(3)] == [Fault.SLOW, Fault.SLOW, Fault.BAD_GATEWAY]


def test_a_fault_of_one_key_leaves_the_others_alone_and_one_for_all_replaces_it() -> None:
    faults = Faults()
    faults.set(Fault.BAD_KEY, key="a")
    assert (faults.take("a", elapsed=0), faults.take("b", elapsed=0)) == (Fault.BAD_KEY, Fault.NONE)
    faults.set(Fault.MALFORMED)
    assert (faults.take("a", elapsed=0), faults.take("b", elapsed=0)) == (Fault.MALFORMED, Fault.MALFORMED)
