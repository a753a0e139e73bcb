"""Letzshop's GraphQL API, typed: one POST per call, the key in a header only, every failure a named outcome."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar

import httpx
import msgspec

from backend.core.clock import Clock
from backend.core.egress import EgressError, EgressNameError
from backend.core.fields import JsonObject, one_line
from backend.letzshop import wire
from backend.letzshop.answer import Answer, read_answer
from backend.letzshop.failure import LetzshopError, Outcome
from backend.letzshop.redaction import without_key

PartT = TypeVar("PartT")

PAGE_SIZE = 100
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
# A server that sends a byte now and then would otherwise hold a call for ever; seconds.
LONGEST_CALL = 60.0
_MOST_BYTES = 32 << 20

SHIPMENTS = files(__package__).joinpath("queries/shipments.graphql").read_text()
CONFIRM_UNITS = files(__package__).joinpath("queries/confirm_units.graphql").read_text()
SET_TRACKING = files(__package__).joinpath("queries/set_tracking.graphql").read_text()


@dataclass(frozen=True, slots=True)
class ShipmentPage:
    """Part of a list of shipments, each node as it came; `complaints` when Letzshop sent only part of it."""

    nodes: tuple[Any, ...]  # Any: JSON
    end_cursor: str | None
    has_next_page: bool
    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitsConfirmed:
    """The new state of each unit, and what was refused."""

    states: dict[str, str]
    errors: tuple[wire.UnitError, ...]


class _ConfirmedUnit(msgspec.Struct):
    id: str
    state: str


class _Confirmed(msgspec.Struct, rename="camel"):
    inventory_units: list[_ConfirmedUnit | None] | None = None
    errors: list[wire.UnitError] | None = None


class _Tracked(msgspec.Struct):
    errors: list[wire.UnitError] | None = None


class LetzshopClient:
    """Calls of one store; `http` is made by the egress guard and closed by whoever made it."""

    def __init__(self, http: httpx.AsyncClient, endpoint_url: str, api_key: str, clock: Clock) -> None:
        self._http = http
        self._endpoint_url = endpoint_url
        self._api_key = api_key
        self._clock = clock

    async def shipments(self, *, state: str, after: str | None, first: int | None = None) -> ShipmentPage:
        """One page of the shipments in a state; LetzshopError when nothing of it came."""
        answer = await self._call(SHIPMENTS, {"state": state, "first": first or PAGE_SIZE, "after": after})
        found = _part(answer, "shipments", wire.Shipments)
        return ShipmentPage(
            tuple(found.nodes), found.page_info.end_cursor, found.page_info.has_next_page, answer.complaints
        )

    async def confirm_units(self, available: Sequence[str], unavailable: Sequence[str]) -> UnitsConfirmed:
        """Confirm units, or reject them as not available; what the mutation is called is not published (ADR 8)."""
        units = [{"id": unit, "isAvailable": True} for unit in available]
        units += [{"id": unit, "isAvailable": False} for unit in unavailable]
        answer = await self._call(CONFIRM_UNITS, {"units": units})
        done = _part(answer, "confirmInventoryUnits", _Confirmed)
        states = {unit.id: unit.state for unit in done.inventory_units or [] if unit is not None}
        return UnitsConfirmed(states, tuple(done.errors or ()))

    async def set_tracking(self, shipment_id: str, *, provider: str, code: str) -> tuple[wire.UnitError, ...]:
        """Tell where a parcel can be followed; what was refused."""
        answer = await self._call(SET_TRACKING, {"shipment": shipment_id, "code": code, "provider": provider})
        return tuple(_part(answer, "setShipmentTracking", _Tracked).errors or ())

    async def _call(self, query: str, variables: JsonObject) -> Answer:
        try:
            async with asyncio.timeout(LONGEST_CALL):
                status, headers, body = await self._post({"query": query, "variables": variables})
        except EgressNameError as error:
            raise LetzshopError(Outcome.TRANSIENT, f"Letzshop could not be reached: {error.detail}") from error
        except EgressError as error:
            refused = f"Letzshop's address is refused: {error.detail}"
            raise LetzshopError(Outcome.REJECTED, refused, is_answer=False) from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise LetzshopError(Outcome.TRANSIENT, "Letzshop did not answer in time.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = one_line(str(error)) or type(error).__name__
            raise LetzshopError(Outcome.TRANSIENT, f"Letzshop could not be reached: {reason}.") from error
        return read_answer(status, headers, without_key(body, self._api_key), now=self._clock.now())

    async def _post(self, content: JsonObject) -> tuple[int, httpx.Headers, bytes]:
        headers = {"Authorization": f"Bearer {self._api_key}", "Content-Type": "application/json"}
        body = bytearray()
        async with self._http.stream(
            "POST", self._endpoint_url, content=msgspec.json.encode(content), headers=headers
        ) as answer:
            async for block in answer.aiter_bytes():
                body += block
                if len(body) > _MOST_BYTES:
                    raise LetzshopError(Outcome.REJECTED, f"Letzshop's answer is longer than {_MOST_BYTES:,} bytes.")
        return answer.status_code, answer.headers, bytes(body)


def _part(answer: Answer, name: str, shape: type[PartT]) -> PartT:
    try:
        return msgspec.convert(answer.data.get(name), shape)
    except msgspec.ValidationError as error:
        said = f" ({answer.complaints[0]})" if answer.complaints else ""
        raise LetzshopError(Outcome.REJECTED, f"Letzshop's answer has another shape: {name}: {error}{said}") from error
