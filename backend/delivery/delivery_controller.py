from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.fields import Id
from backend.core.paging import DEFAULT_LIMIT, MAX_LIMIT, Page
from backend.core.parameters import PageLimit, PathId, with_zone
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads, fetch_within
from backend.delivery.delivery_errors import (
    DeliveryNotFoundError,
    DeliveryUnfinishedError,
    DestinationDeletedError,
)
from backend.delivery.delivery_filters import DeliveryFilters
from backend.delivery.delivery_reads import delivery_page, one_delivery
from backend.delivery.delivery_schemas import (
    DeliveryDetailOut,
    DeliveryOut,
    DeliveryStatsOut,
    ReplayDeadIn,
    ReplayedOut,
)
from backend.delivery.delivery_service import DeliveryService
from backend.delivery.delivery_statistics import delivery_stats
from backend.delivery.destination_errors import DestinationOffError
from backend.delivery.kinds import Channel, DeliveryStatus, MessageKind
from backend.delivery.whose import whose

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class DeliveryController(Controller):
    """What was sent to whom, how each try went, and once more."""

    path = "/api/v1/admin/delivery"
    tags = ("delivery",)

    @get(
        "/deliveries",
        operation_id="list_deliveries",
        summary="Deliveries, newest first; a viewer sees their own",
        opt={"role": Role.VIEWER},
    )
    async def list_deliveries(
        self,
        reads: NamedDependency[Reads],
        principal: NamedDependency[Principal],
        id: FromQuery[Annotated[list[Id], msgspec.Meta(max_length=MAX_LIMIT)] | None] = None,  # noqa: A002 - its name there
        status: FromQuery[list[DeliveryStatus] | None] = None,
        channel: FromQuery[list[Channel] | None] = None,
        destination_id: FromQuery[list[Id] | None] = None,
        notification_id: FromQuery[Id | None] = None,
        alert_id: FromQuery[Id | None] = None,
        store_id: FromQuery[Id | None] = None,
        user_id: FromQuery[Id | None] = None,
        kind: FromQuery[list[MessageKind] | None] = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        sent_last_24h: FromQuery[bool | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[DeliveryOut]:
        filters = DeliveryFilters(
            id=tuple(sorted(id or ())),
            status=tuple(sorted(status or ())),
            channel=tuple(sorted(channel or ())),
            destination_id=tuple(sorted(destination_id or ())),
            notification_id=notification_id,
            alert_id=alert_id,
            store_id=store_id,
            user_id=user_id,
            whose=whose(principal),
            kind=tuple(sorted(kind or ())),
            since=with_zone(since, "since"),
            until=with_zone(until, "until"),
            sent_last_24h=sent_last_24h,
        )
        return await delivery_page(reads, filters, limit=limit, cursor=cursor)

    @get(
        "/deliveries/{delivery_id:int}",
        operation_id="get_delivery",
        summary="One delivery with its message, every try and what was decided",
        opt={"role": Role.VIEWER},
        responses=problems(DeliveryNotFoundError),
    )
    async def get_delivery(
        self, delivery_id: PathId, reads: NamedDependency[Reads], principal: NamedDependency[Principal]
    ) -> DeliveryDetailOut:
        found = await one_delivery(reads, delivery_id)
        only = whose(principal)
        if only is not None and (found.user is None or found.user.id != only):
            raise DeliveryNotFoundError(delivery_id)
        return found

    @post(
        "/deliveries/{delivery_id:int}/replay",
        operation_id="replay_delivery",
        summary="Send one that has finished once more, with a fresh budget of tries",
        status_code=200,
        opt={"role": Role.OPERATOR, "audit": "delivery.replay", "idempotent": True},
        responses=problems(
            DeliveryNotFoundError, DeliveryUnfinishedError, DestinationOffError, DestinationDeletedError
        ),
    )
    async def replay(
        self,
        request: AnyRequest,
        delivery_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
    ) -> DeliveryDetailOut:
        delivery = await DeliveryService(session).replay(delivery_id)
        request.state.audit_detail = {"delivery_id": delivery.id, "destination_id": delivery.destination_id}
        return await one_delivery(reads, delivery_id, within=fetch_within(session))

    @post(
        "/deliveries/replay-dead",
        operation_id="replay_dead_deliveries",
        summary="Send dead letters once more: all, or those of a destination, a channel or a time",
        status_code=200,
        opt={"role": Role.OPERATOR, "audit": "delivery.replay_dead", "idempotent": True},
    )
    async def replay_dead(
        self,
        request: AnyRequest,
        session: NamedDependency[AsyncSession],
        data: JSONBody[ReplayDeadIn | None] = None,
    ) -> ReplayedOut:
        wanted = data or ReplayDeadIn()
        replayed = await DeliveryService(session).replay_dead(
            destination_id=wanted.destination_id,
            channel=wanted.channel,
            since=with_zone(wanted.since, "since"),
            until=with_zone(wanted.until, "until"),
        )
        request.state.audit_detail = {"filters": msgspec.to_builtins(wanted), **msgspec.to_builtins(replayed)}
        return replayed

    @get(
        "/stats",
        operation_id="delivery_stats",
        summary="What waits, what is dead and what was sent of late, by destination",
        opt={"role": Role.VIEWER},
    )
    async def stats(self, reads: NamedDependency[Reads]) -> DeliveryStatsOut:
        return await delivery_stats(reads)
