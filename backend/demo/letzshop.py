"""The demo's stores, connected to the simulated Letzshop."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.settings import Settings
from backend.letzshop import CredentialsService, Wanted

# After the imports, so that most pieces find their product.
FIRST_AFTER = timedelta(seconds=60)
SPACING = timedelta(seconds=5)
EVERY_MINUTES = 5


async def connect_to_letzshop(session: AsyncSession, clock: Clock, settings: Settings, store_ids: list[int]) -> None:
    """Give each store the key of the shop whose orders are of its generated feed."""
    assert settings.letzshop_url is not None
    credentials = CredentialsService(session, clock, settings)
    for position, store_id in enumerate(store_ids):
        wanted = Wanted(
            api_key=f"sim-{position + 1}",
            endpoint_url=settings.letzshop_url,
            sync_interval_minutes=EVERY_MINUTES,
            auto_sync_enabled=True,
            default_carrier=None,
        )
        await credentials.save(store_id, wanted, first_sync_after=FIRST_AFTER + position * SPACING)
