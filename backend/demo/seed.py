"""Seeds the demo platform into an empty database; a second call finds it and does nothing."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import AuthService
from backend.core.clock import Clock, SystemClock
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.demo.imports import FIRST_AFTER, SPACING, demo_schedule
from backend.demo.letzshop import connect_to_letzshop
from backend.demo.platform import MERCHANTS
from backend.demo.timeline import Past
from backend.jobs.schedules import database_now, declare
from backend.tenancy import TenancyService

_IS_EMPTY = text(
    "select not exists (select from merchants) and not exists (select from admin_notifications)"
    " and not exists (select from platform_alerts)"
)


async def seed_demo(session: AsyncSession, settings: Settings) -> list[str]:
    """What was done, in lines for the terminal; nothing in a platform that has merchants, notifications or alerts."""
    if not await session.scalar(_IS_EMPTY):
        return []
    clock = SystemClock()
    stores = await _create_platform(TenancyService(session, clock))
    past = Past(session, clock, store_ids=list(stores.values()), admin_id=await _an_admin(session, clock))
    await past.play(list(stores))
    await _schedule_imports(session, list(stores.values()))
    if settings.letzshop_url is not None:
        await connect_to_letzshop(session, clock, settings, list(stores.values()))
    return [f"Seeded a demo platform: {len(MERCHANTS)} merchants with {len(stores)} stores; imports start in seconds."]


async def _an_admin(session: AsyncSession, clock: Clock) -> int | None:
    """Somebody who handled what the history says was handled."""
    users = await AuthService(session, clock).list_users(limit=100)
    return next((user.id for user in users if user.is_active and user.role == Role.ADMIN), None)


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
