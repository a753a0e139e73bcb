from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.reads import Fetch
from backend.delivery.models import Silence as SilenceRow
from backend.delivery.silence_matching import Matcher, Silence

_ACTIVE = "select * from silences where ends_at > $1 and starts_at <= $1 and ended_at is null order by id"
_ENDING = """
select * from silences
where ends_at > $1::timestamptz and ends_at <= $1 + $2::interval and ends_at - starts_at > $3::interval
  and starts_at <= $1 and ended_at is null and warned_at is null
order by id
"""

Row = Any  # Any: a database row, read by column name


class SilenceRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def locked(self, silence_id: int) -> SilenceRow | None:
        return await self._session.get(SilenceRow, silence_id, with_for_update=True, populate_existing=True)


class Ending(NamedTuple):
    """A silence that ends soon."""

    id: int
    matcher: Matcher
    starts_at: datetime
    ends_at: datetime
    comment: str
    created_by_user_id: int | None

    @property
    def only_store(self) -> int | None:
        """The one store that it is about."""
        return next(iter(self.matcher.store_ids)) if self.matcher.is_of_one_store else None


async def ending_silences(fetch: Fetch, *, now: datetime, before: timedelta, longer_than: timedelta) -> list[Ending]:
    """Those that end within `before` and were not warned of; nothing is locked."""
    return [
        Ending(
            id=row["id"],
            matcher=_matcher_of(row),
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            comment=row["comment"],
            created_by_user_id=row["created_by_user_id"],
        )
        for row in await fetch(_ENDING, now, before, longer_than)
    ]


async def active_silences(fetch: Fetch, now: datetime) -> list[Silence]:
    """Those that hide something now, in one read."""
    return [
        Silence(
            id=row["id"],
            matcher=_matcher_of(row),
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            comment=row["comment"],
        )
        for row in await fetch(_ACTIVE, now)
    ]


def _matcher_of(row: Row) -> Matcher:
    return Matcher(
        store_ids=frozenset(row["store_ids"]),
        merchant_ids=frozenset(row["merchant_ids"]),
        types=frozenset(row["types"]),
        priorities=frozenset(row["priorities"]),
        phrase=row["phrase"],
    )
