import copy
from typing import Any

import pytest

from backend.letzshop.shipment_reading import BrokenShipment, read_shipment
from backend.orders import IncomingOrder, OrderStatus

NODE: dict[str, Any] = {
    "id": "shp_1",
    "number": "H4312345",
    "state": "unconfirmed",
    "order": {
        "id": "ord_1",
        "number": "R532332163",
        "email": "Anne@Example.lu",
        "total": "99.99 EUR",
        "completedAt": "2026-01-05T10:11:12+01:00",
        "locale": "fr",
        "shipAddress": {
            "firstName": "Anne",
            "lastName": "Weber",
            "company": "Weber & Filles",
            "streetName": "Rue X",
            "streetNumber": "1",
            "city": "Luxembourg",
            "zipCode": "1111",
            "phone": None,
            "country": {"name": "Luxembourg", "iso": "LU"},
        },
        "billAddress": None,
    },
    "inventoryUnits": [
        {
            "id": f"iu_{number}",
            "state": "unconfirmed",
            "variant": {
                "id": "v1",
                "sku": "SKU-1",
                "mpn": None,
                "price": "49.995",
                "tradeId": {"number": "4012345678901", "parser": "gtin13"},
                "product": {"name": {"en": "Ring", "fr": "Bague", "de": None}, "_brand": {"name": "Or"}},
            },
        }
        for number in (1, 2)
    ],
    "tracking": None,
}


def node(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(NODE), **changes}


def read(shipment: dict[str, Any]) -> IncomingOrder:
    found = read_shipment(shipment)
    assert isinstance(found, IncomingOrder), found
    return found


def test_a_shipment_is_an_order_with_its_money_in_cents_and_its_customer_s_language() -> None:
    order = read(node())
    assert (order.external_shipment_id, order.external_order_number) == ("shp_1", "R532332163")
    assert (order.total_amount_cents, order.currency, order.customer_locale) == (9_999, "EUR", "fr")
    assert (order.status, order.customer_email) == (OrderStatus.PENDING, "anne@example.lu")
    assert order.order_date.isoformat() == "2026-01-05T10:11:12+01:00"


def test_units_of_one_variant_are_counted_since_there_is_no_quantity() -> None:
    (item,) = read(node()).items
    assert [unit.external_id for unit in item.units] == ["iu_1", "iu_2"]
    assert (item.name, item.unit_price_cents, item.brand) == ("Bague", 5_000, "Or")


def test_letzshop_s_own_word_for_a_firm_is_read_and_not_renamed() -> None:
    address = read(node()).shipping_address
    assert address is not None
    assert address.organisation == "Weber & Filles"
    assert read(node()).external_data["order"]["shipAddress"]["company"] == "Weber & Filles"


def test_the_unknown_member_of_the_brand_union_is_no_brand() -> None:
    shipment = node()
    for unit in shipment["inventoryUnits"]:
        unit["variant"]["product"]["_brand"] = {}
    assert read(shipment).items[0].brand is None


def test_a_number_with_a_wrong_check_digit_matches_nothing_but_does_not_break_the_order() -> None:
    shipment = node()
    shipment["inventoryUnits"][0]["variant"]["tradeId"]["number"] = "4012345678902"
    assert read(shipment).items[0].gtin is None


def test_tracking_makes_it_shipped() -> None:
    order = read(node(state="confirmed", tracking={"code": "LU123", "provider": "dhl"}))
    assert (order.status, order.tracking_number, order.tracking_provider) == (OrderStatus.SHIPPED, "LU123", "dhl")


@pytest.mark.parametrize(
    ("broken", "shipment_id", "says"),
    [
        (None, None, "left this shipment out"),
        ({"id": "shp_9"}, "shp_9", "order"),
        (node(order={**NODE["order"], "total": "viel"}), "shp_1", "viel"),
        (node(order={**NODE["order"], "completedAt": "yesterday"}), "shp_1", "yesterday"),
        (node(order={**NODE["order"], "completedAt": None}), "shp_1", "completedAt"),
        ([], None, "left this shipment out"),
    ],
)
def test_a_broken_shipment_says_which_and_why(broken: Any, shipment_id: str | None, says: str) -> None:
    found = read_shipment(broken)
    assert isinstance(found, BrokenShipment)
    assert found.shipment_id == shipment_id
    assert says in found.message


def test_a_moment_without_a_zone_is_utc() -> None:
    order = read(node(order={**NODE["order"], "completedAt": "2026-01-05T10:11:12"}))
    assert order.order_date.isoformat() == "2026-01-05T10:11:12+00:00"


def test_what_postgresql_cannot_hold_is_left_out_of_the_raw_data() -> None:
    order = read(node(note="a\x00b"))
    assert order.external_data["note"] == "ab"
