"""Who may pass: the one guard in front of every route. Deny by default: a route that declares nothing is refused."""

from dataclasses import dataclass

from litestar.handlers.base import BaseRouteHandler

from backend.app.request_context import Connection, bind_request
from backend.app.same_origin import refuse_cross_site
from backend.auth import Principal, authenticate_key, authenticate_session, session_cookie_name
from backend.core.errors import ForbiddenError, UnauthenticatedError
from backend.core.roles import Role, may
from backend.core.settings import Settings

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_BEARER = "Bearer "


@dataclass(frozen=True, slots=True)
class RouteAccess:
    """What a route declares in `opt`: public, or the least role, and whether machines that only raise things may."""

    is_public: bool
    role: Role | None
    ingest: bool
    audit: str | None

    @classmethod
    def of(cls, handler: BaseRouteHandler) -> "RouteAccess":
        opt = handler.opt
        return cls(
            is_public=bool(opt.get("public")),
            role=opt.get("role"),
            ingest=bool(opt.get("ingest")),
            audit=opt.get("audit"),
        )


async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
    """Authenticate, refuse cross-site writes, check the role; leaves the Principal in the connection's state."""
    settings: Settings = connection.app.state.settings
    bind_request(connection)
    if connection.scope.get("method") not in _SAFE_METHODS:
        refuse_cross_site(connection.headers, settings.server)
    access = RouteAccess.of(handler)
    if access.is_public:
        return
    principal = await authenticate(connection, settings)
    if principal is None:
        raise UnauthenticatedError("Sign in, or send an API key as a Bearer token.")
    connection.state.principal = principal
    if access.role is None or not may(principal.role, access.role, ingest=access.ingest):
        raise ForbiddenError(f"The role {principal.role} may not do this.")


async def authenticate(connection: Connection, settings: Settings) -> Principal | None:
    """Who is asking, by Bearer key or by session cookie; None when neither is good."""
    reads = connection.app.state.database.reads
    authorization = connection.headers.get("authorization")
    if authorization is not None:
        if not authorization.startswith(_BEARER):
            return None
        return await authenticate_key(reads, authorization.removeprefix(_BEARER))
    token = connection.cookies.get(session_cookie_name(settings.server))
    return await authenticate_session(reads, token) if token else None
