from typing import Any

import msgspec
from litestar import Controller, Request, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.problem import problems
from backend.core.roles import Role
from backend.delivery.escalation_schemas import EscalationIn, EscalationOut
from backend.delivery.escalation_service import EscalationService
from backend.delivery.precondition import ChangedSinceReadError

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class EscalationController(Controller):
    path = "/api/v1/admin/delivery/escalation"
    tags = ("delivery",)

    @get(
        "",
        operation_id="get_escalation",
        summary="Who is told next of a critical alert that nobody acknowledges",
        opt={"role": Role.VIEWER},
    )
    async def get_escalation(self, session: NamedDependency[AsyncSession]) -> EscalationOut:
        return await EscalationService(session).policy()

    @put(
        "",
        operation_id="set_escalation",
        summary="Replace the whole policy; steps in the order of their times",
        opt={"role": Role.ADMIN, "audit": "escalation.change"},
        responses=problems(ChangedSinceReadError),
    )
    async def set_escalation(
        self, request: AnyRequest, data: JSONBody[EscalationIn], session: NamedDependency[AsyncSession]
    ) -> EscalationOut:
        service = EscalationService(session)
        await service.replace(data.steps, read_at=data.updated_at)
        request.state.audit_detail = {"steps": msgspec.to_builtins(data.steps)}
        return await service.policy()
