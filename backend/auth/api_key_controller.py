import msgspec
from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.api_keys import ApiKeyService
from backend.auth.controllers import AnyRequest
from backend.auth.errors import ApiKeyNotFoundError
from backend.auth.models import ApiKey
from backend.auth.schemas import ApiKeyIn, ApiKeyOut, ShownApiKeyOut
from backend.core.clock import Clock
from backend.core.paging import DEFAULT_LIMIT, Page, decode_cursor, page_of
from backend.core.parameters import PageLimit, PathId
from backend.core.principal import Principal
from backend.core.problem import problems
from backend.core.roles import Role

_LIST = "api_keys"


class ApiKeyController(Controller):
    path = "/api/v1/admin/api-keys"
    tags = ("API keys",)

    @get("", operation_id="list_api_keys", summary="API keys, newest first", opt={"role": Role.ADMIN})
    async def list_keys(
        self,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[ApiKeyOut]:
        before_id = decode_cursor(cursor, int, scope=_LIST)
        keys = await ApiKeyService(session, clock).list(limit=limit + 1, before_id=before_id)
        items = [msgspec.convert(key, ApiKeyOut, from_attributes=True) for key in keys]
        return page_of(items, limit, lambda key: key.id, scope=_LIST)

    # No Idempotency-Key where the reply holds a secret: it would be kept in plain text for a day.
    @post(
        "",
        operation_id="create_api_key",
        summary="Make a key for a machine; it is shown this once",
        opt={"role": Role.ADMIN, "audit": "api_key.create", "idempotent": False},
    )
    async def create_key(
        self,
        request: AnyRequest,
        data: JSONBody[ApiKeyIn],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> ShownApiKeyOut:
        key, secret = await ApiKeyService(session, clock).create(
            name=data.name, role=data.role, expires_at=data.expires_at, created_by=principal.user_id
        )
        request.state.audit_detail = {"api_key_id": key.id, "name": key.name, "role": key.role}
        return _shown(key, secret)

    @post(
        "/{key_id:int}/rotate",
        status_code=200,
        operation_id="rotate_api_key",
        summary="Give a key a new secret; the present one works for another hour",
        opt={"role": Role.ADMIN, "audit": "api_key.rotate", "idempotent": False},
        responses=problems(ApiKeyNotFoundError),
    )
    async def rotate_key(
        self, key_id: PathId, session: NamedDependency[AsyncSession], clock: NamedDependency[Clock]
    ) -> ShownApiKeyOut:
        return _shown(*await ApiKeyService(session, clock).rotate(key_id))

    @delete(
        "/{key_id:int}",
        operation_id="revoke_api_key",
        summary="End a key at once",
        opt={"role": Role.ADMIN, "audit": "api_key.revoke"},
        responses=problems(ApiKeyNotFoundError),
    )
    async def revoke_key(
        self, key_id: PathId, session: NamedDependency[AsyncSession], clock: NamedDependency[Clock]
    ) -> None:
        await ApiKeyService(session, clock).revoke(key_id)


def _shown(key: ApiKey, secret: str) -> ShownApiKeyOut:
    shown = msgspec.structs.asdict(msgspec.convert(key, ApiKeyOut, from_attributes=True))
    return ShownApiKeyOut(**shown, key=secret)
