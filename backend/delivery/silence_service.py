from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.delivery.models import Silence as SilenceRow
from backend.delivery.silence_errors import SilenceEndedError, SilenceNotFoundError
from backend.delivery.silence_matching import Matcher
from backend.delivery.silence_repository import SilenceRepository
from backend.delivery.silence_terms import SilenceState, checked_period, state_of
from backend.tenancy import TenancyService


class SilenceService:
    """Silences within the caller's transaction; one that has ended stays as a record."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._repository = SilenceRepository(session)
        self._tenancy = TenancyService(session, clock)

    async def create(
        self,
        matcher: Matcher,
        *,
        starts_at: datetime | None,
        ends_at: datetime,
        comment: str,
        user_id: int | None,
    ) -> SilenceRow:
        """Begin or plan a silence; InvalidInputError for a period, a store or a merchant that cannot be."""
        now = self._clock.now()
        start, end = checked_period(starts_at, ends_at, now)
        if not comment.strip():
            raise InvalidInputError.field("comment", "say why it is silenced")
        _refuse_unknown("store", matcher.store_ids, await self._tenancy.names_of_stores(matcher.store_ids))
        _refuse_unknown("merchant", matcher.merchant_ids, await self._tenancy.names_of_merchants(matcher.merchant_ids))
        row = SilenceRow(
            store_ids=sorted(matcher.store_ids),
            merchant_ids=sorted(matcher.merchant_ids),
            types=sorted(matcher.types),
            priorities=sorted(matcher.priorities),
            phrase=matcher.phrase,
            starts_at=start,
            ends_at=end,
            comment=comment.strip(),
            created_by_user_id=user_id,
            created_at=now,
            updated_at=now,
        )
        self._session.add(row)
        await self._session.flush()
        return row

    async def end(self, silence_id: int, *, user_id: int | None) -> None:
        """End one before its time, also one that has not begun; SilenceNotFoundError, SilenceEndedError."""
        row = await self._repository.locked(silence_id)
        if row is None:
            raise SilenceNotFoundError(silence_id)
        now = self._clock.now()
        if state_of(row.starts_at, row.ends_at, row.ended_at, now) is SilenceState.ENDED:
            raise SilenceEndedError(silence_id)
        row.ended_at = row.updated_at = now
        row.ended_by_user_id = user_id
        await self._session.flush()


def _refuse_unknown(what: str, ids: Collection[int], known: Collection[int]) -> None:
    if unknown := sorted(set(ids) - set(known)):
        raise InvalidInputError.field(f"matchers.{what}_ids", f"there is no {what} {unknown[0]}")
