import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.letzshop.order_status import order_status
from backend.orders import OrderStatus

states = st.sampled_from(["unconfirmed", "confirmed", "declined", "returned"])


@pytest.mark.parametrize(
    ("shipment", "units", "has_tracking", "expected"),
    [
        ("unconfirmed", ["unconfirmed"], False, OrderStatus.PENDING),
        ("confirmed", ["confirmed", "declined"], False, OrderStatus.PROCESSING),
        ("confirmed", ["declined", "declined"], False, OrderStatus.CANCELLED),
        ("unconfirmed", ["declined"], False, OrderStatus.CANCELLED),
        ("confirmed", ["confirmed"], True, OrderStatus.SHIPPED),
        ("completed", ["confirmed"], False, OrderStatus.PROCESSING),
        ("unconfirmed", [], False, OrderStatus.PENDING),
    ],
)
def test_letzshop_s_states_have_one_meaning_here(
    shipment: str, units: list[str], has_tracking: bool, expected: OrderStatus
) -> None:
    assert order_status(shipment, units, has_tracking=has_tracking) is expected


@given(states, st.lists(states, min_size=1), st.booleans())
def test_an_order_is_cancelled_exactly_when_every_piece_is_declined(
    shipment: str, units: list[str], has_tracking: bool
) -> None:
    status = order_status(shipment, units, has_tracking=has_tracking)
    assert (status is OrderStatus.CANCELLED) == (set(units) == {"declined"})
