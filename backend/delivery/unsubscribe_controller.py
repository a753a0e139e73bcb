"""Turning off one kind of mail: one click in a mail program (RFC 8058), or a page that asks first."""

from typing import Any

from litestar import Controller, MediaType, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncSession

from backend.audit import record
from backend.auth import UserNotFoundError
from backend.core.clock import Clock
from backend.core.page_nonce import csp_nonce
from backend.core.settings import Settings
from backend.delivery.mail.leaving_page import Step, leaving_page
from backend.delivery.mail.unsubscribe import UnsubscribeTokens, Unsubscription
from backend.delivery.preference_service import PreferenceService

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters

_DEFAULT_LANGUAGE = "en"


class UnsubscribeController(Controller):
    """Nobody is signed in: the token in the address is the right to do this, and nothing else."""

    path = "/api/v1/delivery/unsubscribe"
    include_in_schema = False

    @get("/{token:str}", opt={"public": True})
    async def ask(
        self,
        token: FromPath[str],
        request: AnyRequest,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> Response[str]:
        wish = UnsubscribeTokens(settings.secret_keys).read(token)
        chosen = await PreferenceService(session, clock, settings).of(wish.user_id) if wish else None
        language = chosen.preferences.language if chosen else _DEFAULT_LANGUAGE
        return _page(request, wish, Step.ASKED, language)

    @post("/{token:str}", status_code=200, opt={"public": True, "audit": "preferences.unsubscribe"})
    async def unsubscribe(
        self,
        token: FromPath[str],
        request: AnyRequest,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> Response[str]:
        wish = UnsubscribeTokens(settings.secret_keys).read(token)
        if wish is None:
            return _page(request, None, Step.DONE, _DEFAULT_LANGUAGE)
        preferences = PreferenceService(session, clock, settings)
        try:
            name = await preferences.turn_off_mail(wish.user_id, wish.category)
        except UserNotFoundError:
            return _page(request, None, Step.DONE, _DEFAULT_LANGUAGE)
        await record(
            session,
            actor_kind="user",
            actor_id=wish.user_id,
            actor_name=name,
            action="preferences.unsubscribe",
            target=str(wish.user_id),
            address=request.client.host if request.client else None,
            detail={"category": wish.category},
        )
        return _page(request, wish, Step.DONE, (await preferences.of(wish.user_id)).preferences.language)


def _page(request: AnyRequest, wish: Unsubscription | None, step: Step, language: str) -> Response[str]:
    content = leaving_page(wish, step, language=language, nonce=csp_nonce(request.scope))
    headers = {"Cache-Control": "no-store"}
    return Response(content, media_type=MediaType.HTML, headers=headers, status_code=200 if wish else 404)
