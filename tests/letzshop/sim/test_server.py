"""The simulator as a server: what whoever has no key for Letzshop can rely on."""

from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.resources import files
from typing import Any

import httpx
import pytest
import pytest_asyncio
from graphql import parse, validate

from backend.letzshop.client import CONFIRM_UNITS, SET_TRACKING, SHIPMENTS
from backend.letzshop.sim.faults import Fault
from backend.letzshop.sim.resolvers import schema
from tests.letzshop.conftest import Letzshop
from tests.support.times import FrozenClock

QUERY = """
query ($state: ShipmentState!, $after: String) {
  shipments(state: $state, first: 10, after: $after) {
    nodes { id state order { total } inventoryUnits { id state } } pageInfo { hasNextPage endCursor }
  }
}
"""


@pytest_asyncio.fixture
async def http(letzshop: Letzshop) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": "Bearer sim-1"}
    async with httpx.AsyncClient(base_url=letzshop.url.removesuffix("/graphql"), headers=headers) as client:
        yield client


async def ask(http: httpx.AsyncClient, state: str = "confirmed", after: str | None = None) -> httpx.Response:
    return await http.post("/graphql", json={"query": QUERY, "variables": {"state": state, "after": after}})


async def every(http: httpx.AsyncClient, state: str) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        found = (await ask(http, state, after)).json()["data"]["shipments"]
        nodes += found["nodes"]
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            return nodes


@pytest.mark.parametrize("query", [SHIPMENTS, CONFIRM_UNITS, SET_TRACKING])
def test_every_query_of_ours_is_valid_for_its_schema(query: str) -> None:
    assert validate(schema(), parse(query)) == []


def test_its_schema_has_the_published_words() -> None:
    sdl = files("backend.letzshop.sim").joinpath("schema.graphql").read_text()
    for word in ("company", "tradeId", "_brand", "completedAt", "inventoryUnits", "union BrandOrUnknown"):
        assert word in sdl


async def test_each_key_is_a_shop_of_its_own_and_pages_give_each_shipment_once(http: httpx.AsyncClient) -> None:
    confirmed, unconfirmed = await every(http, "confirmed"), await every(http, "unconfirmed")
    ids = [each["id"] for each in confirmed + unconfirmed]
    assert len(set(ids)) == len(ids) == 24
    assert {each["state"] for each in unconfirmed} == {"unconfirmed"}
    other = await http.post(
        "/graphql",
        json={"query": QUERY, "variables": {"state": "confirmed"}},
        headers={"Authorization": "Bearer sim-2"},
    )
    assert other.json()["data"]["shipments"]["nodes"][0]["id"] not in ids


async def test_the_same_seed_gives_the_same_orders(http: httpx.AsyncClient, letzshop: Letzshop) -> None:
    before = await every(http, "confirmed")
    letzshop.simulator.shops.clear()
    assert await every(http, "confirmed") == before


async def test_new_orders_come_in_as_time_passes(
    http: httpx.AsyncClient, letzshop: Letzshop, clock: FrozenClock
) -> None:
    letzshop.simulator.live_every = 60.0
    before = len(await every(http, "unconfirmed"))
    clock.advance(timedelta(minutes=5))
    assert len(await every(http, "unconfirmed")) == before + 5


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.BAD_KEY, 401),
        (Fault.RATE_LIMIT, 429),
        (Fault.BAD_GATEWAY, 502),
        (Fault.MALFORMED, 200),
        (Fault.REJECTED, 200),
    ],
)
async def test_faults_are_set_and_end_over_http(fault: Fault, status: int, http: httpx.AsyncClient) -> None:
    assert (await http.post("/faults", json={"fault": fault, "times": 1})).status_code == 204
    broken = await ask(http)
    assert broken.status_code == status
    assert "nodes" not in broken.text
    assert "nodes" in (await ask(http)).text


async def test_a_fault_may_meet_one_shop_alone(http: httpx.AsyncClient) -> None:
    await http.post("/faults", json={"fault": "bad_gateway", "key": "sim-2"})
    assert (await ask(http)).status_code == 200
    other = await http.post("/graphql", json={"query": QUERY}, headers={"Authorization": "Bearer sim-2"})
    assert other.status_code == 502


async def test_a_partial_answer_has_data_and_an_error_for_each_missing_shipment(
    http: httpx.AsyncClient, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.PARTIAL)
    answer = (await ask(http, "unconfirmed")).json()
    missing = [number for number, node in enumerate(answer["data"]["shipments"]["nodes"]) if node is None]
    assert missing
    assert [error["path"][:3] for error in answer["errors"]] == [["shipments", "nodes", number] for number in missing]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"not json", 400), (b'{"query": "{ nothing }"}', 400), (b'{"query": "query {"}', 400)],
)
async def test_what_is_no_query_of_its_schema_is_refused(body: bytes, status: int, http: httpx.AsyncClient) -> None:
    assert (await http.post("/graphql", content=body)).status_code == status


async def test_a_cursor_of_somebody_s_own_making_is_an_error(http: httpx.AsyncClient) -> None:
    answer = (await ask(http, "confirmed", "%%%")).json()
    assert answer["errors"][0]["message"] == "The cursor is not valid."


async def test_a_key_that_is_not_of_the_simulator_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/graphql", json={"query": QUERY}, headers={"Authorization": "Bearer real"})
    assert answer.status_code == 401
