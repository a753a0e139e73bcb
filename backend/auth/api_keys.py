from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.authenticate import KEY_PREFIX
from backend.auth.errors import ApiKeyNotFoundError
from backend.auth.models import ApiKey
from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.core.roles import Role
from backend.core.secrets import random_token, token_hash

# How long a rotated secret still works, so that machines can be given the new one.
ROTATION_OVERLAP = timedelta(hours=1)


class ApiKeyService:
    """Machines' keys, within the caller's transaction; a secret is returned once and stored as a hash."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def create(
        self, *, name: str, role: Role, expires_at: datetime | None, created_by: int | None
    ) -> tuple[ApiKey, str]:
        """The key's row and its secret."""
        if expires_at is not None and expires_at <= self._clock.now():
            raise InvalidInputError.field("expires_at", "must be in the future")
        secret = random_token(KEY_PREFIX)
        key = ApiKey(
            name=name,
            role=role,
            key_hash=token_hash(secret),
            last_four=secret[-4:],
            expires_at=expires_at,
            created_by_user_id=created_by,
            created_at=self._clock.now(),
        )
        self._session.add(key)
        await self._session.flush()
        return key, secret

    async def list(self, *, limit: int, before_id: int | None = None) -> Sequence[ApiKey]:
        """Newest first, those that are over as well."""
        statement = select(ApiKey).order_by(ApiKey.id.desc()).limit(limit)
        if before_id is not None:
            statement = statement.where(ApiKey.id < before_id)
        found = await self._session.scalars(statement)
        return found.all()

    async def rotate(self, key_id: int, *, overlap: timedelta = ROTATION_OVERLAP) -> tuple[ApiKey, str]:
        """Give the key a new secret; the present one lives on for `overlap`, an older one ends now."""
        key = await self._usable(key_id)
        secret = random_token(KEY_PREFIX)
        key.previous_hash = key.key_hash
        key.previous_expires_at = await self._database_now() + overlap
        key.key_hash = token_hash(secret)
        key.last_four = secret[-4:]
        key.rotated_at = self._clock.now()
        await self._session.flush()
        return key, secret

    async def revoke(self, key_id: int) -> None:
        """End a key at once, the previous secret as well."""
        key = await self._usable(key_id)
        key.revoked_at = self._clock.now()
        await self._session.flush()

    async def _usable(self, key_id: int) -> ApiKey:
        key = await self._session.scalar(
            select(ApiKey).where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None)).with_for_update()
        )
        if key is None:
            raise ApiKeyNotFoundError(f"There is no API key {key_id} in use.")
        return key

    async def _database_now(self) -> datetime:
        # Keys expire by the database's clock, which every process shares.
        now: datetime = (await self._session.execute(select(func.tocsin_now()))).scalar_one()
        return now
