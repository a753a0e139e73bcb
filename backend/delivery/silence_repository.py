from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.reads import Fetch
from backend.delivery.models import Silence as SilenceRow
from backend.delivery.silence_matching import Matcher, Silence

_ACTIVE = "select * from silences where ends_at > $1 and starts_at <= $1 and ended_at is null order by id"


class SilenceRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def locked(self, silence_id: int) -> SilenceRow | None:
        return await self._session.get(SilenceRow, silence_id, with_for_update=True, populate_existing=True)

    async def ending(self, *, now: datetime, before: timedelta, longer_than: timedelta) -> Sequence[SilenceRow]:
        """Those that end within `before` and were not warned of; locked, what another worker holds is left to it."""
        found = await self._session.scalars(
            select(SilenceRow)
            .where(
                SilenceRow.ends_at > now,
                SilenceRow.ends_at <= now + before,
                SilenceRow.ends_at - SilenceRow.starts_at > longer_than,
                SilenceRow.starts_at <= now,
                SilenceRow.ended_at.is_(None),
                SilenceRow.warned_at.is_(None),
            )
            .order_by(SilenceRow.id)
            .with_for_update(skip_locked=True)
        )
        return found.all()


async def active_silences(fetch: Fetch, now: datetime) -> list[Silence]:
    """Those that hide something now, in one read."""
    return [
        Silence(
            id=row["id"],
            matcher=matcher_of(row["store_ids"], row["merchant_ids"], row["types"], row["priorities"], row["phrase"]),
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            comment=row["comment"],
        )
        for row in await fetch(_ACTIVE, now)
    ]


def matcher_of(
    store_ids: Sequence[int],
    merchant_ids: Sequence[int],
    types: Sequence[str],
    priorities: Sequence[str],
    phrase: str | None,
) -> Matcher:
    """The matcher of a stored silence."""
    return Matcher(
        store_ids=frozenset(store_ids),
        merchant_ids=frozenset(merchant_ids),
        types=frozenset(types),
        priorities=frozenset(priorities),
        phrase=phrase,
    )
