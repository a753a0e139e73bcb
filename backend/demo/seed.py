"""Seeds the demo platform into an empty database; a second call finds it and does nothing."""

from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import AuthService
from backend.core.clock import SystemClock
from backend.core.settings import Settings
from backend.db.database import Database
from backend.demo.imports import FIRST_AFTER, SPACING, demo_schedule
from backend.demo.platform import MERCHANTS
from backend.demo.timeline import Past
from backend.jobs.schedules import database_now, declare
from backend.tenancy import TenancyService


async def seed_demo(database: Database, settings: Settings) -> list[str]:
    """What was done, in lines for the terminal; never writes into a platform that has merchants already."""
    clock = SystemClock()
    async with database.unit_of_work() as session:
        tenancy = TenancyService(session, clock)
        if not await tenancy.is_empty():
            return []
        stores = await _create_platform(tenancy)
        admin = await AuthService(session, clock).get_user_by_email(settings.first_admin.email)
        past = Past(session, clock, store_ids=list(stores.values()), admin_id=admin.id)
        await past.play(list(stores))
        await _schedule_imports(session, list(stores.values()))
    return [f"Seeded a demo platform: {len(MERCHANTS)} merchants with {len(stores)} stores; imports start in seconds."]


async def _create_platform(tenancy: TenancyService) -> dict[str, int]:
    """Create merchants and stores; store ids by name, in the order of the plan."""
    stores: dict[str, int] = {}
    for merchant in MERCHANTS:
        created = await tenancy.create_merchant(name=merchant.name, contact_email=merchant.contact_email)
        for store in merchant.stores:
            row = await tenancy.create_store(
                merchant_id=created.id, name=store.name, store_code=store.code, subdomain=store.subdomain
            )
            stores[store.name] = row.id
    return stores


async def _schedule_imports(session: AsyncSession, store_ids: list[int]) -> None:
    starts = await database_now(session) + FIRST_AFTER
    for position, store_id in enumerate(store_ids):
        schedule = demo_schedule(store_id, position)
        await declare(session, schedule, first_run_at=starts + position * SPACING)
