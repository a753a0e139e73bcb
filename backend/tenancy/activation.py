"""What follows when stores are switched on or off: schedules stop, and others hear of it."""

from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from backend.jobs import publish, stop_all
from backend.tenancy.events import StoreActivated, StoreDeactivated


async def stop_schedules(session: AsyncSession, store_ids: Collection[int]) -> list[str]:
    """Stop all schedules of these stores, by convention named `store:{id}:<what>`; the names of those that ran."""
    return await stop_all(session, *(f"store:{store_id}:" for store_id in store_ids))


async def announce(session: AsyncSession, store_ids: Sequence[int], *, is_active: bool) -> None:
    """Publish that these stores count as active from now on, or no longer do."""
    event = StoreActivated if is_active else StoreDeactivated
    await publish(session, *(event(store_id=store_id) for store_id in store_ids))
