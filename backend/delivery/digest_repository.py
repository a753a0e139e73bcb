"""The windows that digests were made for: what makes each of them one digest, whoever makes it and however often."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.delivery.models import DigestWindow

# The newest one says where the next begins; the others are kept for whoever asks.
_KEPT_FOR = timedelta(days=90)

_TAKE_TURN = text("select pg_advisory_xact_lock(hashtextextended('digest', :user_id))")


class DigestRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def last_ends(self, user_ids: Collection[int]) -> dict[int, datetime]:
        """Up to when each person's digests were made; without those who are new."""
        rows = await self._session.execute(
            select(DigestWindow.user_id, func.max(DigestWindow.ends_at))
            .where(DigestWindow.user_id.in_(user_ids))
            .group_by(DigestWindow.user_id)
        )
        return dict(rows.tuples().all())

    async def take_turn(self, user_id: int) -> None:
        """Wait until nobody else makes this person's digest; until the transaction ends."""
        await self._session.execute(_TAKE_TURN, {"user_id": user_id})

    async def begin(self, user_id: int, at: datetime) -> None:
        """Let a new person's first window begin here; one that is there already stays."""
        statement = insert(DigestWindow).values(user_id=user_id, starts_at=at, ends_at=at)
        await self._session.execute(statement.on_conflict_do_nothing(index_elements=["user_id", "ends_at"]))

    async def add(self, user_id: int, start: datetime, end: datetime, message_id: int | None) -> None:
        """Raises when it is there already: whoever has the turn has looked."""
        self._session.add(DigestWindow(user_id=user_id, starts_at=start, ends_at=end, message_id=message_id))
        await self._session.flush()
        await self._session.execute(
            delete(DigestWindow).where(DigestWindow.user_id == user_id, DigestWindow.ends_at < end - _KEPT_FOR)
        )
