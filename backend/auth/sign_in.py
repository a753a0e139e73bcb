"""Signing in: admit, verify, then open a session or count a failure.

Three units of work, so that a refused request's rollback cannot take its failure back, and no connection is held while
passwords are hashed.
"""

from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.audit import record
from backend.auth.errors import InvalidCredentialsError, WrongPasswordError
from backend.auth.events import LoginFlood
from backend.auth.login_gate import Admission, LoginGate, LoginThrottledError
from backend.auth.models import User
from backend.auth.passwords import PASSWORDS, Passwords
from backend.auth.repository import SessionRepository, UserRepository
from backend.auth.service import normal_email
from backend.auth.throttle import FLOOD_COUNTS, Scope
from backend.core.clock import Clock
from backend.core.secrets import random_token, token_hash
from backend.db.database import Database
from backend.jobs import publish

log = structlog.get_logger()

_LONGEST_USER_AGENT = 300


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where an attempt comes from."""

    address: str | None
    user_agent: str | None = None
    request_id: str | None = None


class SignIn:
    def __init__(self, database: Database, clock: Clock, *, passwords: Passwords = PASSWORDS) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords

    async def login(
        self, *, email: str, password: str, visitor: Visitor, previous_token: str | None = None
    ) -> tuple[User, str]:
        """The user and the token of a new session; raises InvalidCredentialsError or LoginThrottledError.

        The session of `previous_token`, which the browser had until now, ends.
        """
        user, admission = await self._verified(normal_email(email), password, visitor, action="auth.login")
        rehashed = await self._rehashed(user, password)
        token = random_token()
        async with self._database.unit_of_work() as session:
            # Locked: a password or an account that is changed at this moment ends the new session too, or refuses it.
            current = await session.get_one(User, user.id, with_for_update=True)
            if not await self._is_still(current, user.password_hash, password):
                raise InvalidCredentialsError
            if rehashed is not None and current.password_hash == user.password_hash:
                current.password_hash = rehashed
            await LoginGate(session, self._clock.now()).succeeded(user.email, visitor.address, admission)
            sessions = SessionRepository(session)
            if previous_token is not None:
                await sessions.end_token(token_hash(previous_token))
            await sessions.open(
                user_id=user.id,
                token_hash=token_hash(token),
                address=visitor.address,
                user_agent=visitor.user_agent and visitor.user_agent[:_LONGEST_USER_AGENT],
            )
            await self._audit(session, user, "auth.login", visitor, outcome="done")
        return current, token

    async def reauthenticate(self, *, user_id: int, password: str, visitor: Visitor) -> None:
        """Ask a signed-in user for the password again, throttled like a sign-in."""
        async with self._database.unit_of_work() as session:
            email = (await session.get_one(User, user_id)).email
        try:
            user, admission = await self._verified(email, password, visitor, action="auth.reauthenticate")
        except InvalidCredentialsError as error:
            raise WrongPasswordError.field("current_password", "is wrong") from error
        async with self._database.unit_of_work() as session:
            await LoginGate(session, self._clock.now()).succeeded(user.email, visitor.address, admission)

    async def _verified(self, email: str, password: str, visitor: Visitor, *, action: str) -> tuple[User, Admission]:
        admission = await self._admitted(email, visitor)
        async with self._database.unit_of_work() as session:
            user = await UserRepository(session).get_by_email(email)
        is_right = await self._passwords.verify(user.password_hash if user else None, password)
        if user is None or not is_right or not user.is_active:
            await self._failed(email, user, admission, visitor, action=action)
            raise InvalidCredentialsError
        return user, admission

    async def _is_still(self, current: User, verified_hash: str, password: str) -> bool:
        """Whether what was verified a moment ago still holds."""
        if not current.is_active:
            return False
        # Another sign-in may have hashed the same password anew.
        return current.password_hash == verified_hash or await self._passwords.verify(current.password_hash, password)

    async def _admitted(self, email: str, visitor: Visitor) -> Admission:
        async def admit(session: AsyncSession) -> Admission:
            return await LoginGate(session, self._clock.now()).admit(email, visitor.address)

        try:
            return await self._database.retrying(admit)
        except LoginThrottledError as error:
            log.warning("login_throttled", address=visitor.address, retry_after=error.retry_after)
            raise

    async def _failed(
        self, email: str, user: User | None, admission: Admission, visitor: Visitor, *, action: str
    ) -> None:
        del email  # not written anywhere: people type passwords into the e-mail field
        async with self._database.unit_of_work() as session:
            await self._audit(session, user, action, visitor, outcome="failed")
            for scope, failures in admission.failures.items():
                if failures in FLOOD_COUNTS:
                    await publish(
                        session,
                        LoginFlood(
                            scope="address" if scope is Scope.ADDRESS else "account",
                            email=user.email if user else None,
                            address=visitor.address,
                            failure_count=failures,
                        ),
                    )

    async def _audit(
        self, session: AsyncSession, user: User | None, action: str, visitor: Visitor, *, outcome: str
    ) -> None:
        await record(
            session,
            actor_kind="anonymous" if user is None else "user",
            actor_id=None if user is None else user.id,
            actor_name="unknown" if user is None else user.email,
            action=action,
            outcome=outcome,
            address=visitor.address,
            request_id=visitor.request_id,
        )

    async def _rehashed(self, user: User, password: str) -> str | None:
        """A new hash when Argon2's parameters have changed since the stored one."""
        return await self._passwords.hash(password) if self._passwords.is_outdated(user.password_hash) else None
