from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.authenticate import ABSOLUTE_LIMIT, IDLE_LIMIT
from backend.auth.models import User, UserSession
from backend.core.roles import Role

_LIVE = (
    UserSession.ended_at.is_(None),
    UserSession.expires_at > func.tocsin_now(),
    UserSession.last_seen_at > func.tocsin_now() - IDLE_LIMIT,
)


class UserRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, user_id: int) -> User | None:
        return await self._session.get(User, user_id)

    async def get_by_email(self, email: str) -> User | None:
        found: User | None = await self._session.scalar(select(User).where(User.email == email))
        return found

    async def add(self, user: User) -> bool:
        """Whether the user could be added; not when the e-mail address is taken."""
        values = {
            "email": user.email,
            "name": user.name,
            "role": user.role,
            "password_hash": user.password_hash,
            "created_at": user.created_at,
            "updated_at": user.updated_at,
        }
        statement = insert(User).values(values).on_conflict_do_nothing(index_elements=["email"]).returning(User.id)
        user_id = await self._session.scalar(statement)
        if user_id is None:
            return False
        user.id = user_id
        return True

    async def move(self, user: User, email: str) -> bool:
        """Whether the user could take the e-mail address; not when it is another's."""
        try:
            async with self._session.begin_nested():
                user.email = email
        except IntegrityError:
            return False
        return True

    async def list(self, *, limit: int, after_id: int) -> Sequence[User]:
        found = await self._session.scalars(select(User).where(User.id > after_id).order_by(User.id).limit(limit))
        return found.all()

    async def any_exists(self) -> bool:
        return await self._session.scalar(select(User.id).limit(1)) is not None

    async def lock_active_admins(self) -> Sequence[User]:
        """Every active admin, locked so that two of them cannot take each other out at once."""
        found = await self._session.scalars(
            select(User)
            .where(User.role == Role.ADMIN, User.is_active)
            .order_by(User.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return found.all()


class SessionRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def open(self, *, user_id: int, token_hash: bytes, address: str | None, user_agent: str | None) -> int:
        statement = (
            insert(UserSession)
            .values(
                user_id=user_id,
                token_hash=token_hash,
                expires_at=func.tocsin_now() + ABSOLUTE_LIMIT,
                address=address,
                user_agent=user_agent,
            )
            .returning(UserSession.id)
        )
        return (await self._session.execute(statement)).scalar_one()

    async def live(self, user_id: int) -> Sequence[UserSession]:
        found = await self._session.scalars(
            select(UserSession).where(UserSession.user_id == user_id, *_LIVE).order_by(UserSession.id.desc())
        )
        return found.all()

    async def end(self, *, user_id: int, session_id: int) -> bool:
        """Whether there was such a session to end."""
        return await self._end(UserSession.user_id == user_id, UserSession.id == session_id) > 0

    async def end_token(self, token_hash: bytes) -> None:
        await self._end(UserSession.token_hash == token_hash)

    async def end_all(self, user_id: int, *, keep: int | None = None) -> int:
        """End a person's sessions, but for the one to keep; how many ended."""
        return await self._end(UserSession.user_id == user_id, UserSession.id.is_distinct_from(keep))

    async def remove_old(self, *, ended_for: timedelta) -> int:
        removed = await self._session.execute(
            delete(UserSession).where(UserSession.expires_at < func.tocsin_now() - ended_for).returning(UserSession.id)
        )
        return len(removed.all())

    async def _end(self, *where: ColumnElement[bool]) -> int:
        ended = await self._session.scalars(
            update(UserSession)
            .where(UserSession.ended_at.is_(None), *where)
            .values(ended_at=func.tocsin_now())
            .returning(UserSession.id)
            .execution_options(synchronize_session=False)
        )
        return len(ended.all())
