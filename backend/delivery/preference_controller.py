from typing import Any

from litestar import Controller, Request, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal, UserNotFoundError
from backend.core.clock import Clock
from backend.core.egress import EgressError
from backend.core.errors import UnprocessableError
from backend.core.parameters import PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.reads import Reads
from backend.delivery.precondition import ChangedSinceReadError
from backend.delivery.preference_schemas import PreferencesIn, PreferencesOut
from backend.delivery.preference_service import PreferenceService, check_chat

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class KeysHaveNoPreferencesError(UnprocessableError):
    code = "keys_have_no_preferences"
    title = "An API key has no preferences"

    def __init__(self) -> None:
        super().__init__("Only a signed-in person has preferences.")


class PreferenceController(Controller):
    """What each person wants to be told: their own choice, or an admin's for them."""

    path = "/api/v1/admin"
    tags = ("preferences",)

    @get(
        "/preferences",
        operation_id="get_my_preferences",
        summary="What I want to be told, by which channel and when",
        opt={"role": Role.VIEWER},
        responses=problems(KeysHaveNoPreferencesError),
    )
    async def get_mine(
        self,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
        principal: NamedDependency[Principal],
    ) -> PreferencesOut:
        return await PreferenceService(session, clock, settings).shown(person_of(principal))

    @put(
        "/preferences",
        operation_id="replace_my_preferences",
        summary="Replace my preferences; what is absent takes its default",
        opt={"role": Role.VIEWER, "audit": "preferences.change"},
        responses=problems(KeysHaveNoPreferencesError, ChangedSinceReadError, EgressError),
    )
    async def replace_mine(
        self,
        request: AnyRequest,
        data: JSONBody[PreferencesIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
        principal: NamedDependency[Principal],
    ) -> PreferencesOut:
        user_id = person_of(principal)
        # The session has taken no connection yet: none waits for a look-up.
        await check_chat(settings, data)
        service = PreferenceService(session, clock, settings)
        return await _replaced(request, service, reads, user_id, data)

    @get(
        "/users/{user_id:int}/preferences",
        operation_id="get_preferences_of_user",
        summary="What a person wants to be told",
        opt={"role": Role.ADMIN},
        responses=problems(UserNotFoundError),
    )
    async def get_of_user(
        self,
        user_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> PreferencesOut:
        return await PreferenceService(session, clock, settings).shown(user_id)

    @put(
        "/users/{user_id:int}/preferences",
        operation_id="replace_preferences_of_user",
        summary="Replace a person's preferences; what is absent takes its default",
        opt={"role": Role.ADMIN, "audit": "preferences.change"},
        responses=problems(UserNotFoundError, ChangedSinceReadError, EgressError),
    )
    async def replace_of_user(
        self,
        request: AnyRequest,
        user_id: PathId,
        data: JSONBody[PreferencesIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> PreferencesOut:
        # The session has taken no connection yet: none waits for a look-up.
        await check_chat(settings, data)
        service = PreferenceService(session, clock, settings)
        return await _replaced(request, service, reads, user_id, data)


def person_of(principal: Principal) -> int:
    if principal.user_id is None:
        raise KeysHaveNoPreferencesError
    return principal.user_id


async def _replaced(
    request: AnyRequest, service: PreferenceService, reads: Reads, user_id: int, wanted: PreferencesIn
) -> PreferencesOut:
    changed = await service.replace(user_id, wanted, reads)
    request.state.audit_detail = {"user_id": user_id, "changed": changed}
    return await service.shown(user_id)
