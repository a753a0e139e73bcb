from typing import Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.parameters import PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.letzshop import run_reads
from backend.letzshop.errors import NotConnectedError, NotFromLetzshopError, NothingToConfirmError
from backend.letzshop.fulfilment import FulfilmentService
from backend.letzshop.schemas import ConfirmIn, RunOut, TrackingIn
from backend.orders import ExceptionsUnsettledError, NotTrackableError, OrderNotFoundError

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters

_ALWAYS = (OrderNotFoundError, NotConnectedError, NotFromLetzshopError)


class FulfilmentController(Controller):
    path = "/api/v1/admin/letzshop/orders/{order_id:int}"
    tags = ("letzshop",)

    @post(
        "/confirm",
        operation_id="confirm_letzshop_order",
        status_code=202,
        opt={"role": Role.OPERATOR, "audit": "letzshop.order.confirm", "idempotent": True},
        responses=problems(*_ALWAYS, ExceptionsUnsettledError, NothingToConfirmError),
        description="Queues it; the run that sends it is visible under /letzshop/runs and can be tried again.",
    )
    async def confirm(
        self,
        request: AnyRequest,
        order_id: PathId,
        data: JSONBody[ConfirmIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> RunOut:
        run = await FulfilmentService(session, clock).confirm(
            order_id, available=data.available, unavailable=data.unavailable, user_id=principal.user_id
        )
        request.state.audit_detail = {"order_id": order_id, "run_id": run.id, "request": run.request}
        return await run_reads.one_run(reads, run)

    @post(
        "/tracking",
        operation_id="track_letzshop_order",
        status_code=202,
        opt={"role": Role.OPERATOR, "audit": "letzshop.order.track", "idempotent": True},
        responses=problems(*_ALWAYS, NotTrackableError),
        description="Queues it; the run that sends it is visible under /letzshop/runs and can be tried again.",
    )
    async def track(
        self,
        request: AnyRequest,
        order_id: PathId,
        data: JSONBody[TrackingIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> RunOut:
        run = await FulfilmentService(session, clock).track(
            order_id, provider=data.provider, number=data.number, user_id=principal.user_id
        )
        request.state.audit_detail = {"order_id": order_id, "run_id": run.id, "request": run.request}
        return await run_reads.one_run(reads, run)
