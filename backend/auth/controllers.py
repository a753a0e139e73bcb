from collections.abc import Sequence

import structlog
from litestar import Controller, Request, Response, delete, get, post, put
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.cookies import expired_cookie, session_cookie, session_cookie_name
from backend.auth.errors import InvalidCredentialsError, SessionNotFoundError, WrongPasswordError
from backend.auth.login_gate import LoginThrottledError
from backend.auth.models import User, UserSession
from backend.auth.schemas import LoginIn, MeOut, PasswordChangeIn, SessionOut
from backend.auth.service import AuthService
from backend.auth.sign_in import SignIn, Visitor
from backend.core.clock import Clock
from backend.core.errors import ForbiddenError
from backend.core.paging import Page
from backend.core.parameters import PathId
from backend.core.principal import Principal
from backend.core.problem import problems
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database

AnyRequest = Request[Principal, None, State]


class AuthController(Controller):
    path = "/api/v1/auth"
    tags = ("auth",)

    @post(
        "/login",
        status_code=200,
        operation_id="login",
        summary="Sign in",
        opt={"public": True, "audit": "auth.login"},
        responses=problems(InvalidCredentialsError, LoginThrottledError),
    )
    async def login(
        self,
        request: AnyRequest,
        data: JSONBody[LoginIn],
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> Response[MeOut]:
        user, token = await SignIn(database, clock).login(
            email=data.email,
            password=data.password,
            visitor=visitor_of(request),
            previous_token=request.cookies.get(session_cookie_name(settings.server)),
        )
        return Response(_me(user), cookies=[session_cookie(settings.server, token)])

    @post(
        "/logout",
        status_code=204,
        operation_id="logout",
        summary="Sign out",
        opt={"role": Role.VIEWER, "audit": "auth.logout"},
    )
    async def logout(
        self,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
        settings: NamedDependency[Settings],
    ) -> Response[None]:
        user_id, session_id = person(principal)
        await AuthService(session, clock).logout(user_id=user_id, session_id=session_id)
        return Response(None, cookies=[expired_cookie(settings.server)])

    @get("/me", operation_id="get_me", summary="Who is asking", opt={"role": Role.VIEWER})
    async def me(
        self,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> MeOut:
        if principal.user_id is None:
            return MeOut(kind="key", id=principal.id, name=principal.name, email=None, role=principal.role)
        return _me(await AuthService(session, clock).get_user(principal.user_id))

    @put(
        "/password",
        status_code=204,
        operation_id="change_password",
        summary="Change my password; my other sessions end",
        opt={"role": Role.VIEWER, "audit": "auth.password.change"},
        responses=problems(WrongPasswordError, LoginThrottledError),
    )
    async def change_password(
        self,
        request: AnyRequest,
        data: JSONBody[PasswordChangeIn],
        session: NamedDependency[AsyncSession],
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> None:
        user_id, session_id = person(principal)
        await SignIn(database, clock).reauthenticate(
            user_id=user_id, password=data.current_password, visitor=visitor_of(request)
        )
        await AuthService(session, clock).change_password(user_id=user_id, session_id=session_id, new=data.new_password)

    @get(
        "/sessions",
        operation_id="list_my_sessions",
        summary="Where I am signed in",
        opt={"role": Role.VIEWER},
    )
    async def list_sessions(
        self,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> Page[SessionOut]:
        user_id, session_id = person(principal)
        return _sessions(await AuthService(session, clock).list_sessions(user_id), current=session_id)

    @delete(
        "/sessions/{session_id:int}",
        operation_id="end_my_session",
        summary="End one of my sessions",
        opt={"role": Role.VIEWER, "audit": "auth.session.end"},
        responses=problems(SessionNotFoundError),
    )
    async def end_session(
        self,
        session_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> None:
        user_id, _ = person(principal)
        await AuthService(session, clock).kill_session(user_id=user_id, session_id=session_id)


def visitor_of(request: AnyRequest) -> Visitor:
    """Where a request comes from. Forwarded headers never decide: the server in front of us is the visitor then."""
    return Visitor(
        address=request.client.host if request.client else None,
        user_agent=request.headers.get("user-agent"),
        request_id=structlog.contextvars.get_contextvars().get("request_id"),
    )


def person(principal: Principal) -> tuple[int, int]:
    """The ids of a signed-in person and of their session; raises ForbiddenError for a machine."""
    if principal.user_id is None or principal.session_id is None:
        raise ForbiddenError("An API key has neither sessions nor a password.")
    return principal.user_id, principal.session_id


def _me(user: User) -> MeOut:
    return MeOut(kind="user", id=user.id, name=user.name, email=user.email, role=Role(user.role))


def _sessions(found: Sequence[UserSession], *, current: int) -> Page[SessionOut]:
    return Page(
        items=[
            SessionOut(
                id=row.id,
                is_current=row.id == current,
                created_at=row.created_at,
                last_seen_at=row.last_seen_at,
                expires_at=row.expires_at,
                address=row.address,
                user_agent=row.user_agent,
            )
            for row in found
        ],
        # All of them: a person has few.
        next_cursor=None,
    )
