from collections.abc import Callable
from datetime import UTC, datetime

from backend.catalog import read_gtin
from backend.letzshop.shipment_reading import read_shipment
from backend.letzshop.sim.catalogue import catalogue
from backend.letzshop.sim.shop import Shop, seed_of
from backend.orders import IncomingOrder


def noon() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def shop(opening: int = 200, clock: Callable[[], datetime] = noon) -> Shop:
    return Shop("sim-3", opening=opening, live_every=None, clock=clock)


def test_the_number_at_the_end_of_a_key_is_the_seed_of_its_feed() -> None:
    assert (seed_of("sim-3"), seed_of("sim-ORION-12")) == (3, 12)
    assert seed_of("sim-anything") == seed_of("sim-anything") >= 1_000


def test_most_pieces_are_of_the_feed_that_a_store_can_import_and_some_are_not() -> None:
    known = {article.gtin for article in catalogue(3)}
    page, _, _ = shop().shipments(state="confirmed", first=1_000, after=None)
    numbers = [unit["variant"]["tradeId"]["number"] for each in page for unit in each["inventoryUnits"]]
    unknown = [number for number in numbers if number not in known]
    assert 0.02 < len(unknown) / len(numbers) < 0.15
    assert all(read_gtin(number) for number in numbers)


def test_every_made_up_shipment_can_be_read() -> None:
    page, _, _ = shop().shipments(state="confirmed", first=1_000, after=None)
    assert all(isinstance(read_shipment(each), IncomingOrder) for each in page)
