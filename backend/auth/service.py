from collections.abc import Sequence

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.audit import record_system
from backend.auth.errors import EmailTakenError, LastAdminError, SessionNotFoundError, UserNotFoundError
from backend.auth.events import EmailChanged
from backend.auth.models import User, UserSession
from backend.auth.password_policy import SHORTEST_FROM_ENVIRONMENT, refuse_weak, weakness
from backend.auth.passwords import PASSWORDS, Passwords
from backend.auth.repository import SessionRepository, UserRepository
from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.core.roles import Role
from backend.core.secrets import random_token
from backend.jobs.events import publish

# Any constant: processes that start together create one first admin.
_FIRST_ADMIN_LOCK = 7_403_118_220_041
_FIRST_ADMIN_NAME = "Admin"
_EMAIL_TAKEN = "There is a user with this e-mail address."
_GENERATED_LENGTH = 20  # 120 random bits

log = structlog.get_logger()


class UserChanges(msgspec.Struct, frozen=True):
    """What to change of a user; what is unset stays."""

    email: str | msgspec.UnsetType = msgspec.UNSET
    name: str | msgspec.UnsetType = msgspec.UNSET
    role: Role | msgspec.UnsetType = msgspec.UNSET
    is_active: bool | msgspec.UnsetType = msgspec.UNSET


class AuthService:
    """People and their sessions, within the caller's transaction; signing in is `SignIn`'s."""

    def __init__(self, session: AsyncSession, clock: Clock, *, passwords: Passwords = PASSWORDS) -> None:
        self._session = session
        self._clock = clock
        self._passwords = passwords
        self._users = UserRepository(session)
        self._sessions = SessionRepository(session)

    async def create_user(self, *, email: str, name: str, role: Role, password: str) -> User:
        """Raises InvalidInputError for a weak password and EmailTakenError."""
        if role is Role.INGEST:
            raise InvalidInputError.field("role", "ingest is for API keys only")
        refuse_weak(password, email=email, field="password")
        return await self._create(email=email, name=name, role=role, password=password)

    async def ensure_first_admin(self, *, email: str, password: str | None) -> str | None:
        """Create the first admin when there is no user; the password when one was generated, to be shown once."""
        await self._session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _FIRST_ADMIN_LOCK})
        if await self._users.any_exists():
            return None
        generated = None
        if password is None:
            password = generated = generated_password()
        else:
            _accept_from_environment(password, email)
        user = await self._create(email=email, name=_FIRST_ADMIN_NAME, role=Role.ADMIN, password=password)
        await record_system(self._session, "user.create", target=str(user.id))
        return generated

    async def get_user(self, user_id: int) -> User:
        user = await self._users.get(user_id)
        if user is None:
            raise UserNotFoundError(f"There is no user {user_id}.")
        return user

    async def get_user_by_email(self, email: str) -> User:
        user = await self._users.get_by_email(normal_email(email))
        if user is None:
            raise UserNotFoundError("There is no user with this e-mail address.")
        return user

    async def list_users(self, *, limit: int, after_id: int = 0) -> Sequence[User]:
        return await self._users.list(limit=limit, after_id=after_id)

    async def update_user(self, user_id: int, changes: UserChanges) -> User:
        """Raises EmailTakenError, and LastAdminError instead of leaving nobody in charge.

        A disabled user's sessions end at once; one who gets another address stays signed in.
        """
        admins = await self._users.lock_active_admins()
        user = await self.get_user(user_id)
        if isinstance(changes.email, str):
            await self._move(user, normal_email(changes.email))
        if isinstance(changes.name, str):
            user.name = changes.name
        if isinstance(changes.role, Role):
            user.role = changes.role
        if isinstance(changes.is_active, bool):
            user.is_active = changes.is_active
        if admins and not any(admin.is_active and admin.role == Role.ADMIN for admin in admins):
            raise LastAdminError(f"{user.email} is the last active admin.")
        user.updated_at = self._clock.now()
        await self._session.flush()
        if not user.is_active:
            await self._sessions.end_all(user_id)
        return user

    async def disable_user(self, user_id: int) -> User:
        return await self.update_user(user_id, UserChanges(is_active=False))

    async def set_password(self, user_id: int, password: str) -> None:
        """A reset by an admin: all sessions of the user end."""
        await self._change_password(await self.get_user(user_id), password, keep=None, field="password")

    async def change_password(self, *, user_id: int, session_id: int | None, new: str) -> None:
        """A change by the user, whom the caller has just asked for the old one: all other sessions end."""
        await self._change_password(await self.get_user(user_id), new, keep=session_id, field="new_password")

    async def list_sessions(self, user_id: int) -> Sequence[UserSession]:
        """Live sessions, newest first."""
        return await self._sessions.live(user_id)

    async def kill_session(self, *, user_id: int, session_id: int) -> None:
        """End one session of this user; another's is not found."""
        if not await self._sessions.end(user_id=user_id, session_id=session_id):
            raise SessionNotFoundError(f"There is no session {session_id}.")

    async def kill_sessions(self, user_id: int) -> int:
        """End all sessions of a user; how many ended."""
        await self.get_user(user_id)
        return await self._sessions.end_all(user_id)

    async def logout(self, *, user_id: int, session_id: int) -> None:
        await self._sessions.end(user_id=user_id, session_id=session_id)

    async def _create(self, *, email: str, name: str, role: Role, password: str) -> User:
        now = self._clock.now()
        user = User(
            email=normal_email(email),
            name=name,
            role=role,
            password_hash=await self._passwords.hash(password),
            is_active=True,
            created_at=now,
            updated_at=now,
        )
        if not await self._users.add(user):
            raise EmailTakenError(_EMAIL_TAKEN)
        return user

    async def _move(self, user: User, email: str) -> None:
        if email == user.email:
            return
        if not await self._users.move(user, email):
            raise EmailTakenError(_EMAIL_TAKEN)
        await publish(self._session, EmailChanged(user.id))

    async def _change_password(self, user: User, password: str, *, keep: int | None, field: str) -> None:
        refuse_weak(password, email=user.email, field=field)
        user.password_hash = await self._passwords.hash(password)
        user.updated_at = self._clock.now()
        await self._session.flush()
        await self._sessions.end_all(user.id, keep=keep)


def generated_password() -> str:
    return random_token()[:_GENERATED_LENGTH]


def normal_email(email: str) -> str:
    """As e-mail addresses are stored and looked up: people do not remember their capitals."""
    return email.strip().lower()


def _accept_from_environment(password: str, email: str) -> None:
    """The operator of the machine decides: only a very short password is refused, a weak one is complained of."""
    if len(password) < SHORTEST_FROM_ENVIRONMENT:
        raise InvalidInputError.field(
            "TOCSIN_ADMIN_PASSWORD", f"must have at least {SHORTEST_FROM_ENVIRONMENT} characters"
        )
    if (reason := weakness(password, email=email)) is not None:
        log.warning("weak_first_admin", variable="TOCSIN_ADMIN_PASSWORD", reason=reason)
