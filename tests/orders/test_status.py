import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.orders import OrderStatus
from backend.orders.status import StatusReason, status_after

STATUSES = st.sampled_from(OrderStatus)
PENDING, PROCESSING, CANCELLED, SHIPPED, DELIVERED, REFUNDED = OrderStatus


@pytest.mark.parametrize(
    ("present", "incoming", "after"),
    [
        (PENDING, PROCESSING, PROCESSING),
        (PENDING, CANCELLED, CANCELLED),
        (PENDING, SHIPPED, SHIPPED),
        (PROCESSING, CANCELLED, CANCELLED),
        (PROCESSING, SHIPPED, SHIPPED),
        (CANCELLED, PROCESSING, PROCESSING),
        (SHIPPED, DELIVERED, DELIVERED),
    ],
)
def test_the_marketplace_is_followed_forward(present: OrderStatus, incoming: OrderStatus, after: OrderStatus) -> None:
    assert status_after(present, incoming) == (after, StatusReason.FOLLOWED)


@pytest.mark.parametrize(
    ("present", "incoming"),
    [
        (PROCESSING, PENDING),
        (SHIPPED, PENDING),
        (SHIPPED, PROCESSING),
        (SHIPPED, CANCELLED),
        (DELIVERED, SHIPPED),
        (DELIVERED, CANCELLED),
        (REFUNDED, PROCESSING),
        (REFUNDED, CANCELLED),
        (CANCELLED, PENDING),
    ],
)
def test_what_is_known_here_and_later_stays(present: OrderStatus, incoming: OrderStatus) -> None:
    assert status_after(present, incoming) == (present, StatusReason.LATER_HERE)


@given(present=STATUSES, incoming=STATUSES)
def test_it_is_one_of_both_and_saying_it_again_changes_nothing(present: OrderStatus, incoming: OrderStatus) -> None:
    after, reason = status_after(present, incoming)
    assert after in {present, incoming}
    assert (reason is StatusReason.FOLLOWED) == (after is not present)
    assert status_after(after, incoming).status is after


@given(said=st.lists(STATUSES, max_size=12))
def test_no_sequence_brings_back_what_has_left(said: list[OrderStatus]) -> None:
    present = PENDING
    for incoming in said:
        before, present = present, status_after(present, incoming).status
        if before in {SHIPPED, DELIVERED, REFUNDED}:
            assert present in {SHIPPED, DELIVERED, REFUNDED}
        assert present is not PENDING or before is PENDING
