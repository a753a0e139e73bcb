from typing import Annotated, Any

from litestar import Controller, Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads, fetch_within
from backend.delivery import silence_reads as shown
from backend.delivery.silence_errors import SilenceEndedError, SilenceNotFoundError
from backend.delivery.silence_matching import Matcher
from backend.delivery.silence_preview import preview
from backend.delivery.silence_schemas import (
    MatchersIn,
    SilenceIn,
    SilenceOut,
    SilencePreviewIn,
    SilencePreviewOut,
)
from backend.delivery.silence_service import SilenceService
from backend.delivery.silence_terms import SilenceState, checked_matcher

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class SilenceController(Controller):
    path = "/api/v1/admin/silences"
    tags = ("silences",)

    @get(
        "/",
        operation_id="list_silences",
        summary="Silences, newest first; those that have ended stay",
        opt={"role": Role.VIEWER},
    )
    async def list_silences(
        self,
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        # Litestar keeps `state` for itself.
        state_: Annotated[list[SilenceState] | None, QueryParameter(name="state")] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[SilenceOut]:
        return await shown.silence_page(reads, state_ or (), now=clock.now(), limit=limit, cursor=cursor)

    @post(
        "/",
        operation_id="create_silence",
        summary="Deliver nothing that matches, for a while",
        opt={"role": Role.OPERATOR, "audit": "silence.create", "idempotent": True},
    )
    async def create_silence(
        self,
        request: AnyRequest,
        data: JSONBody[SilenceIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> SilenceOut:
        made = await SilenceService(session, clock).create(
            _matcher(data.matchers),
            starts_at=data.starts_at,
            ends_at=data.ends_at,
            comment=data.comment,
            user_id=principal.user_id,
        )
        request.state.audit_detail = {"silence_id": made.id, "comment": made.comment}
        return await shown.one_silence(reads, made.id, now=clock.now(), within=fetch_within(session))

    @post(
        "/preview",
        operation_id="preview_silence",
        summary="What a silence would hide now, and would have hidden in the last 30 days",
        status_code=200,
        opt={"role": Role.OPERATOR},
    )
    async def preview_silence(
        self,
        data: JSONBody[SilencePreviewIn],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> SilencePreviewOut:
        return await preview(reads, _matcher(data.matchers), now=clock.now())

    @get(
        "/{silence_id:int}",
        operation_id="get_silence",
        summary="One silence",
        opt={"role": Role.VIEWER},
        responses=problems(SilenceNotFoundError),
    )
    async def get_silence(
        self, silence_id: PathId, reads: NamedDependency[Reads], clock: NamedDependency[Clock]
    ) -> SilenceOut:
        return await shown.one_silence(reads, silence_id, now=clock.now())

    @delete(
        "/{silence_id:int}",
        operation_id="end_silence",
        summary="End a silence now, or before it begins",
        opt={"role": Role.OPERATOR, "audit": "silence.end"},
        responses=problems(SilenceNotFoundError, SilenceEndedError),
    )
    async def end_silence(
        self,
        silence_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> None:
        await SilenceService(session, clock).end(silence_id, user_id=principal.user_id)


def _matcher(given: MatchersIn) -> Matcher:
    return checked_matcher(
        store_ids=given.store_ids,
        merchant_ids=given.merchant_ids,
        types=given.types,
        priorities=given.priorities,
        text=given.text,
    )
