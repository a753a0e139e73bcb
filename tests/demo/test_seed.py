from sqlalchemy import func, select, text

from backend.alerts import PlatformAlert
from backend.auth import AuthService
from backend.catalog import jobs as catalog_jobs
from backend.core.clock import SystemClock
from backend.core.settings import Settings
from backend.db.database import Database
from backend.demo import seed_demo
from backend.demo.imports import DEMO_IMPORT, FAILING_POSITION, JOB_KINDS
from backend.jobs import enqueue
from backend.notifications import AdminNotification
from backend.tenancy import Merchant, Store
from tests.factories.notifications import add_notification
from tests.support.jobs import RunnerMaker
from tests.support.times import FrozenClock


async def seed(database: Database, settings: Settings) -> list[str]:
    async with database.unit_of_work() as session:
        return await seed_demo(session, settings)


async def with_admin(database: Database, settings: Settings) -> None:
    async with database.unit_of_work() as session:
        await AuthService(session, SystemClock()).ensure_first_admin(
            email=settings.first_admin.email, password="a tocsin is an alarm bell"
        )


async def count(database: Database, model: type) -> int:
    async with database.unit_of_work() as session:
        found = await session.scalar(select(func.count()).select_from(model))
    return found or 0


async def test_an_empty_platform_gets_three_merchants_with_seven_stores_and_weeks_of_history(
    database: Database, settings: Settings
) -> None:
    await with_admin(database, settings)

    said = await seed(database, settings)

    assert said
    assert (await count(database, Merchant), await count(database, Store)) == (3, 7)
    assert await count(database, AdminNotification) > 50
    assert await count(database, PlatformAlert) > 15


async def test_newer_notifications_have_higher_ids(database: Database, settings: Settings) -> None:
    await with_admin(database, settings)
    await seed(database, settings)

    async with database.unit_of_work() as session:
        times = (await session.scalars(select(AdminNotification.created_at).order_by(AdminNotification.id))).all()

    assert list(times) == sorted(times)


async def test_every_store_has_a_scheduled_import_that_starts_within_a_minute(
    database: Database, settings: Settings
) -> None:
    await with_admin(database, settings)
    await seed(database, settings)

    async with database.unit_of_work() as session:
        due = await session.scalar(
            text("select count(*) from job_schedules where kind = :kind and next_run_at < now() + interval '1 minute'"),
            {"kind": DEMO_IMPORT},
        )

    assert due == 7


async def test_a_second_start_seeds_nothing(database: Database, settings: Settings) -> None:
    await with_admin(database, settings)
    await seed(database, settings)
    before = await count(database, AdminNotification)

    assert await seed(database, settings) == []
    assert await count(database, AdminNotification) == before


async def test_a_platform_that_has_a_merchant_is_never_seeded(database: Database, settings: Settings) -> None:
    await with_admin(database, settings)
    async with database.unit_of_work() as session:
        session.add(Merchant(name="Real", contact_email="real@example.com"))

    assert await seed(database, settings) == []
    assert await count(database, Store) == 0


async def test_a_platform_that_was_told_something_is_never_seeded(
    database: Database, settings: Settings, clock: FrozenClock
) -> None:
    await with_admin(database, settings)
    async with database.unit_of_work() as session:
        await add_notification(session, clock)

    assert await seed(database, settings) == []
    assert await count(database, Store) == 0


async def test_whoever_the_first_admin_was_the_demo_finds_somebody_or_nobody(
    database: Database, settings: Settings
) -> None:
    assert await seed(database, settings)
    assert await count(database, Store) == 7


async def test_one_stores_import_goes_wrong_and_its_next_one_heals_it(
    database: Database, settings: Settings, make_runner: RunnerMaker
) -> None:
    await with_admin(database, settings)
    await seed(database, settings)
    runner = make_runner(*JOB_KINDS, *catalog_jobs.JOB_KINDS)
    store_id = await database.reads.fetchval("select id from stores order by id offset $1 limit 1", FAILING_POSITION)

    for expected in (1, 0):
        async with database.unit_of_work() as session:
            await enqueue(session, DEMO_IMPORT, {"store_id": store_id, "position": FAILING_POSITION})
        # The demo's job starts the product import, which is a job of its own.
        await runner.run_due()
        await runner.run_due()

        failing = await database.reads.fetchval(
            """
            select count(*) from platform_alerts a join alert_stores s on s.alert_id = a.id
            where not a.is_resolved and s.store_id = $1 and a.title like 'Product import failing%'
            """,
            store_id,
        )
        assert failing == expected
