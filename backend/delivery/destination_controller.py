from typing import Any

import msgspec
from litestar import Controller, Request, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.egress import EgressError
from backend.core.paging import DEFAULT_LIMIT, Page, decode_cursor, page_of
from backend.core.parameters import PageLimit, PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database
from backend.delivery.destination_address import check_address
from backend.delivery.destination_errors import DestinationNotFoundError, DestinationOffError, NoSigningSecretError
from backend.delivery.destination_schemas import (
    DestinationIn,
    DestinationOut,
    DestinationPatch,
    DestinationTestOut,
    ShownDestinationOut,
)
from backend.delivery.destination_service import DestinationService
from backend.delivery.destination_testing import send_test
from backend.delivery.kinds import Channel, DeliveryStatus
from backend.delivery.models import Destination

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters

_LIST = "destinations"


class DestinationController(Controller):
    """Where deliveries go that are nobody's own: webhooks, chat rooms and mail addresses of teams."""

    path = "/api/v1/admin/delivery/destinations"
    tags = ("delivery",)

    @get(
        "",
        operation_id="list_destinations",
        summary="Shared destinations, newest first",
        opt={"role": Role.OPERATOR},
    )
    async def list_destinations(
        self,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
        kind: FromQuery[list[Channel] | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[DestinationOut]:
        rows = await DestinationService(session, clock, settings).page(
            limit=limit + 1, before_id=decode_cursor(cursor, int, scope=_LIST), kinds=kind or ()
        )
        return page_of([_shown(row) for row in rows], limit, lambda row: row.id, scope=_LIST)

    # No Idempotency-Key where the reply holds a secret: it would be kept in plain text for a day.
    @post(
        "",
        operation_id="create_destination",
        summary="Add a destination; a webhook's signing secret is shown this once",
        opt={"role": Role.ADMIN, "audit": "destination.create", "idempotent": False},
        responses=problems(EgressError),
    )
    async def create_destination(
        self,
        request: AnyRequest,
        data: JSONBody[DestinationIn],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
        principal: NamedDependency[Principal],
    ) -> ShownDestinationOut:
        # The session has taken no connection yet: none waits for a look-up.
        await check_address(settings, data.kind, data.url)
        row, secret = await DestinationService(session, clock, settings).create(data, created_by=principal.user_id)
        request.state.audit_detail = {"destination_id": row.id, **_named(row)}
        return _with_secret(row, secret)

    @get(
        "/{destination_id:int}",
        operation_id="get_destination",
        opt={"role": Role.OPERATOR},
        responses=problems(DestinationNotFoundError),
    )
    async def get_destination(
        self,
        destination_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> DestinationOut:
        return _shown(await DestinationService(session, clock, settings).get(destination_id))

    @patch(
        "/{destination_id:int}",
        operation_id="change_destination",
        summary="Change a destination; its signing secret stays",
        opt={"role": Role.ADMIN, "audit": "destination.change"},
        responses=problems(DestinationNotFoundError, EgressError),
    )
    async def change_destination(
        self,
        request: AnyRequest,
        destination_id: PathId,
        data: JSONBody[DestinationPatch],
        session: NamedDependency[AsyncSession],
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> DestinationOut:
        if isinstance(data.url, str):
            async with database.unit_of_work() as first:
                present = await DestinationService(first, clock, settings).get(destination_id)
                kind = Channel(present.kind)
            await check_address(settings, kind, data.url)
        row = await DestinationService(session, clock, settings).change(destination_id, data)
        changed = {name: value for name, value in msgspec.to_builtins(data).items() if name != "url"}
        request.state.audit_detail = {**_named(row), "is_url_new": isinstance(data.url, str), "changed": changed}
        return _shown(row)

    @delete(
        "/{destination_id:int}",
        operation_id="delete_destination",
        summary="Send nothing there any more; what was sent stays in the log",
        opt={"role": Role.ADMIN, "audit": "destination.delete"},
        responses=problems(DestinationNotFoundError),
    )
    async def delete_destination(
        self,
        request: AnyRequest,
        destination_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> None:
        request.state.audit_detail = _named(await DestinationService(session, clock, settings).delete(destination_id))

    @post(
        "/{destination_id:int}/rotate-secret",
        status_code=200,
        operation_id="rotate_destination_secret",
        summary="Give a webhook a new signing secret; the present one stays valid for a day",
        opt={"role": Role.ADMIN, "audit": "destination.rotate_secret", "idempotent": False},
        responses=problems(DestinationNotFoundError, NoSigningSecretError),
    )
    async def rotate_secret(
        self,
        request: AnyRequest,
        destination_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> ShownDestinationOut:
        row, secret = await DestinationService(session, clock, settings).rotate_secret(destination_id)
        request.state.audit_detail = _named(row)
        return _with_secret(row, secret)

    @post(
        "/{destination_id:int}/enable",
        status_code=200,
        operation_id="enable_destination",
        summary="Send there again at once, whatever failed before",
        opt={"role": Role.ADMIN, "audit": "destination.enable"},
        responses=problems(DestinationNotFoundError),
    )
    async def enable_destination(
        self,
        request: AnyRequest,
        destination_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> DestinationOut:
        row = await DestinationService(session, clock, settings).enable(destination_id)
        request.state.audit_detail = _named(row)
        return _shown(row)

    @post(
        "/{destination_id:int}/test",
        status_code=202,
        operation_id="test_destination",
        summary="Send a test message there, on the way of all others",
        opt={"role": Role.ADMIN, "audit": "destination.test", "idempotent": True},
        responses=problems(DestinationNotFoundError, DestinationOffError),
    )
    async def test_destination(
        self,
        request: AnyRequest,
        destination_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
        principal: NamedDependency[Principal],
    ) -> DestinationTestOut:
        row = await DestinationService(session, clock, settings).get(destination_id, for_update=True)
        delivery = await send_test(session, clock, row, asked_by=principal.name)
        request.state.audit_detail = {**_named(row), "delivery_id": delivery.id}
        return DestinationTestOut(delivery_id=delivery.id, status=DeliveryStatus(delivery.status))


def _named(row: Destination) -> dict[str, str]:
    """For the audit log: its address as it is shown, its secrets never."""
    return {"kind": row.kind, "name": row.name, "shown_address": row.shown_address}


def _shown(row: Destination) -> DestinationOut:
    return msgspec.convert(row, DestinationOut, from_attributes=True)


def _with_secret(row: Destination, secret: str | None) -> ShownDestinationOut:
    return ShownDestinationOut(**msgspec.structs.asdict(_shown(row)), secret=secret)
