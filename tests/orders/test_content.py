from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.orders import IncomingAddress, IncomingItem, IncomingOrder, IncomingUnit, OrderStatus
from backend.orders.content import common_state, contents
from tests.factories.orders import ORDERED_AT, address, incoming, item

ORDER = incoming("a", item(1, pieces=2), item(2), billing_address=address())
# What a field may say instead of what it says above.
OTHER = {"status": OrderStatus.SHIPPED, "order_date": ORDERED_AT + timedelta(seconds=1), "external_data": {"x": 1}}


def hash_of(order: IncomingOrder) -> bytes:
    (content,) = contents([order])
    return content.hash


def with_other(record: Any, name: str) -> Any:  # Any: one of the records of an order
    value = getattr(record, name)
    other = OTHER.get(name, value + 1 if isinstance(value, int) else f"{value} other")
    return replace(record, **{name: other})


def names(record: type[Any], *nested: str) -> list[str]:  # Any: see above
    return [field.name for field in fields(record) if field.name not in nested]


@pytest.mark.parametrize("name", names(IncomingOrder, "items", "shipping_address", "billing_address"))
def test_the_hash_covers_every_field_of_an_order(name: str) -> None:
    assert hash_of(with_other(ORDER, name)) != hash_of(ORDER)


@pytest.mark.parametrize("name", names(IncomingAddress))
@pytest.mark.parametrize("kind", ["shipping_address", "billing_address"])
def test_and_of_its_addresses(kind: str, name: str) -> None:
    said: dict[str, Any] = {kind: with_other(address(), name)}  # Any: values of several fields
    assert hash_of(replace(ORDER, **said)) != hash_of(ORDER)
    said[kind] = None
    assert hash_of(replace(ORDER, **said)) != hash_of(ORDER)


@pytest.mark.parametrize("name", names(IncomingItem, "units"))
def test_and_of_its_items(name: str) -> None:
    first, *others = ORDER.items
    assert hash_of(replace(ORDER, items=(with_other(first, name), *others))) != hash_of(ORDER)


@pytest.mark.parametrize("name", names(IncomingUnit))
def test_and_of_their_units(name: str) -> None:
    first, *others = ORDER.items
    unit, *rest = first.units
    changed = replace(first, units=(with_other(unit, name), *rest))
    assert hash_of(replace(ORDER, items=(changed, *others))) != hash_of(ORDER)
    assert hash_of(replace(ORDER, items=(replace(first, units=(unit,)), *others))) != hash_of(ORDER)


@given(chance=st.randoms())
def test_in_what_sequence_things_are_said_means_nothing(chance: Any) -> None:  # Any: Hypothesis's random
    order = replace(ORDER, external_data={"a": 1, "b": {"c": 2, "d": 3}})
    items = [replace(found, units=tuple(chance.sample(found.units, len(found.units)))) for found in order.items]
    chance.shuffle(items)
    same = replace(order, items=tuple(items), external_data={"b": {"d": 3, "c": 2}, "a": 1})
    assert hash_of(same) == hash_of(order)


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 9)), max_size=12))
def test_each_shipment_comes_once_as_it_was_said_last_in_the_order_of_ids(said: list[tuple[str, int]]) -> None:
    found = contents([incoming(shipment, total_amount_cents=cents) for shipment, cents in said])
    assert [content.shipment_id for content in found] == sorted({shipment for shipment, _ in said})
    assert {content.shipment_id: content.order.total_amount_cents for content in found} == dict(said)


def test_a_variant_that_is_said_twice_is_one_item_with_the_units_of_both() -> None:
    (content,) = contents([incoming("a", item(1), replace(item(2), external_variant_id="v1"))])
    (merged,) = content.order.items
    assert [unit.external_id for unit in merged.units] == ["iu_1_0", "iu_2_0"]


def test_names_that_differ_by_what_cannot_be_stored_are_the_same() -> None:
    (content,) = contents([incoming("a", item(1), replace(item(2), external_variant_id="v\x001"))])
    assert [found.external_variant_id for found in content.order.items] == ["v1"]


@pytest.mark.parametrize(
    ("states", "common"), [([], None), (["confirmed"], "confirmed"), (["a", "a"], "a"), (["a", "b"], "mixed")]
)
def test_units_have_a_state_in_common_or_are_mixed(states: list[str], common: str | None) -> None:
    assert common_state(states) == common
