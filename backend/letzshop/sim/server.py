"""The simulator over HTTP: GraphQL at /graphql, faults at /faults."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from graphql import GraphQLSchema, default_harness, graphql_sync
from litestar import Litestar, Request, Response, get, post

from backend.letzshop.sim.faults import Fault, Faults
from backend.letzshop.sim.resolvers import Root, schema
from backend.letzshop.sim.shop import Shop

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters

_KEY_PREFIX = "sim-"
_RETRY_AFTER = "2"
# The same few queries come again and again: each is parsed and checked once.
_HARNESS = default_harness._replace(
    parse=lru_cache(default_harness.parse), validate=lru_cache(default_harness.validate)
)
_HTML = "<html><body><h1>Maintenance</h1></body></html>"


@dataclass(slots=True)
class Simulator:
    """Shops by API key, made when a key is first used; every key that begins with `sim-` is good."""

    clock: Callable[[], datetime]
    opening: int = 60
    live_every: float | None = 45.0
    slow_seconds: float = 20.0
    faults: Faults = field(default_factory=Faults)
    shops: dict[str, Shop] = field(default_factory=dict)
    calls: int = 0
    _schema: GraphQLSchema = field(default_factory=schema)
    _started: float = field(default_factory=time.monotonic)

    def shop(self, key: str) -> Shop:
        if key not in self.shops:
            self.shops[key] = Shop(key, opening=self.opening, live_every=self.live_every, clock=self.clock)
        return self.shops[key]

    async def answer(self, key: str, body: bytes) -> Response[Any]:  # Any: bytes or JSON
        """What a POST to /graphql is answered, the present fault included."""
        self.calls += 1
        fault = self.faults.take(key, elapsed=time.monotonic() - self._started)
        if fault is Fault.BAD_KEY or not key.startswith(_KEY_PREFIX):
            return Response({"errors": [{"message": "Invalid API key"}]}, status_code=401)
        if fault is Fault.RATE_LIMIT:
            return Response(
                {"errors": [{"message": "Too many requests"}]}, status_code=429, headers={"Retry-After": _RETRY_AFTER}
            )
        if fault is Fault.BAD_GATEWAY:
            return Response(_HTML, status_code=502, media_type="text/html")
        if fault is Fault.MALFORMED:
            return Response(_HTML, status_code=200, media_type="text/html")
        if fault is Fault.REJECTED:
            return Response(
                {"data": None, "errors": [{"message": "Something about this query is not accepted."}]}, status_code=200
            )
        if fault is Fault.SLOW:
            await asyncio.sleep(self.slow_seconds)
        return self._executed(key, body, is_partial=fault is Fault.PARTIAL)

    def _executed(self, key: str, body: bytes, *, is_partial: bool) -> Response[Any]:
        try:
            call = msgspec.json.decode(body, type=_Call)
        except msgspec.DecodeError:
            return Response({"errors": [{"message": "The body is not a GraphQL request."}]}, status_code=400)
        root = Root(self.shop(key), is_partial=is_partial)
        result = graphql_sync(
            self._schema, call.query, root_value=root, variable_values=call.variables, harness=_HARNESS
        )
        return Response(result.formatted, status_code=400 if result.data is None else 200)


class _Call(msgspec.Struct):
    query: str
    variables: dict[str, Any] | None = None  # Any: JSON


class _SetFault(msgspec.Struct, forbid_unknown_fields=True):
    """`key` limits it to one shop; `times` to so many calls."""

    fault: Fault
    key: str | None = None
    times: int | None = None


def create_simulator(simulator: Simulator) -> Litestar:
    @post("/graphql", status_code=200)
    async def graphql(request: AnyRequest) -> Response[Any]:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        return await simulator.answer(key, await request.body())

    @post("/faults", status_code=204)
    async def set_fault(request: AnyRequest) -> None:
        wanted = msgspec.json.decode(await request.body(), type=_SetFault)
        simulator.faults.set(wanted.fault, key=wanted.key, times=wanted.times)

    @get("/health", sync_to_thread=False)
    def health() -> dict[str, int]:
        return {"shops": len(simulator.shops), "calls": simulator.calls}

    return Litestar([graphql, set_fault, health], openapi_config=None)
