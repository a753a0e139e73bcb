import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.controllers import AnyRequest
from backend.auth.errors import EmailTakenError, LastAdminError, UserNotFoundError
from backend.auth.schemas import CreatedUserOut, GeneratedPasswordOut, UserIn, UserOut, UserPatch
from backend.auth.service import AuthService, UserChanges, generated_password
from backend.core.clock import Clock
from backend.core.paging import DEFAULT_LIMIT, Page, decode_cursor, page_of
from backend.core.parameters import PageLimit, PathId
from backend.core.problem import problems
from backend.core.roles import Role

_LIST = "users"


class UserController(Controller):
    path = "/api/v1/admin/users"
    tags = ("users",)

    @get("", operation_id="list_users", summary="People, oldest first", opt={"role": Role.ADMIN})
    async def list_users(
        self,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[UserOut]:
        after_id = decode_cursor(cursor, int, scope=_LIST) or 0
        users = await AuthService(session, clock).list_users(limit=limit + 1, after_id=after_id)
        items = [msgspec.convert(user, UserOut, from_attributes=True) for user in users]
        return page_of(items, limit, lambda user: user.id, scope=_LIST)

    # No Idempotency-Key where the reply holds a secret: it would be kept in plain text for a day.
    @post(
        "",
        operation_id="create_user",
        summary="Add a person; without a password one is generated and shown this once",
        opt={"role": Role.ADMIN, "audit": "user.create", "idempotent": False},
        responses=problems(EmailTakenError),
    )
    async def create_user(
        self,
        request: AnyRequest,
        data: JSONBody[UserIn],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
    ) -> CreatedUserOut:
        generated = generated_password() if data.password is None else None
        user = await AuthService(session, clock).create_user(
            email=data.email, name=data.name, role=Role(data.role), password=data.password or generated or ""
        )
        request.state.audit_detail = {"user_id": user.id, "email": user.email, "role": user.role}
        shown = msgspec.structs.asdict(msgspec.convert(user, UserOut, from_attributes=True))
        return CreatedUserOut(**shown, generated_password=generated)

    @patch(
        "/{user_id:int}",
        operation_id="update_user",
        summary="Change a person's e-mail address, name or role, or disable them",
        opt={"role": Role.ADMIN, "audit": "user.update"},
        responses=problems(UserNotFoundError, EmailTakenError, LastAdminError),
    )
    async def update_user(
        self,
        request: AnyRequest,
        user_id: PathId,
        data: JSONBody[UserPatch],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
    ) -> UserOut:
        given, service = msgspec.to_builtins(data), AuthService(session, clock)
        former = (await service.get_user(user_id)).email
        user = await service.update_user(user_id, msgspec.convert(given, UserChanges))
        # The former address is kept nowhere else.
        moved = {"email": {"from": former, "to": user.email}} if user.email != former else {}
        request.state.audit_detail = given | moved
        return msgspec.convert(user, UserOut, from_attributes=True)

    @post(
        "/{user_id:int}/reset-password",
        status_code=200,
        operation_id="reset_password",
        summary="Give a person a new password, shown this once; their sessions end",
        opt={"role": Role.ADMIN, "audit": "user.reset_password", "idempotent": False},
        responses=problems(UserNotFoundError),
    )
    async def reset_password(
        self, user_id: PathId, session: NamedDependency[AsyncSession], clock: NamedDependency[Clock]
    ) -> GeneratedPasswordOut:
        generated = generated_password()
        await AuthService(session, clock).set_password(user_id, generated)
        return GeneratedPasswordOut(generated_password=generated)

    @delete(
        "/{user_id:int}/sessions",
        operation_id="end_sessions_of_user",
        summary="Sign a person out everywhere",
        opt={"role": Role.ADMIN, "audit": "user.end_sessions"},
        responses=problems(UserNotFoundError),
    )
    async def end_sessions(
        self, user_id: PathId, session: NamedDependency[AsyncSession], clock: NamedDependency[Clock]
    ) -> None:
        await AuthService(session, clock).kill_sessions(user_id)
