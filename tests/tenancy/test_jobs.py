from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

import pytest
from sqlalchemy import delete

from backend.db.database import Database
from backend.jobs import Subscriptions, enqueue
from backend.notifications import jobs as notification_jobs
from backend.tenancy.domain_models import Domain
from backend.tenancy.domain_owner import OwnerKind, owner_of
from backend.tenancy.domain_service import enqueue_check
from backend.tenancy.jobs import RECHECK_DOMAINS, job_kinds
from backend.tenancy.txt_lookup import DnsResolver
from backend.tenancy.verification import record_value
from backend.wiring import subscriptions as wired_subscriptions
from tests.factories.tenancy import add_domain, add_merchant, add_store
from tests.support.jobs import RunnerMaker
from tests.support.times import FrozenClock
from tests.tenancy.dns_server import FakeDns, dns_server

RECORD = "_tocsin-verify.shop.lu"


class Check(Protocol):
    async def __call__(self, domain: Domain, *, is_asked: bool = ...) -> Domain: ...


KINDS = pytest.mark.parametrize("kind", list(OwnerKind))


@pytest.fixture
def subscriptions() -> Subscriptions:
    return wired_subscriptions()


@pytest.fixture
def dns_fake() -> FakeDns:
    return FakeDns({"shop.lu": []})


async def a_domain(database: Database, kind: OwnerKind = OwnerKind.STORE, **columns: object) -> Domain:
    async with database.unit_of_work() as session:
        merchant = await add_merchant(session, name="WizaCorp")
        store = await add_store(session, name="Orion", merchant_id=merchant.id)
        return await add_domain(
            session, store if kind is OwnerKind.STORE else merchant, **({"domain": "shop.lu"} | columns)
        )


@pytest.fixture
def check(belled: Database, make_runner: RunnerMaker, dns_fake: FakeDns) -> Check:
    """A function that runs one check of a domain, and gives the domain as it is afterwards."""

    async def run(domain: Domain, *, is_asked: bool = False) -> Domain:
        async with belled.unit_of_work() as session:
            await enqueue_check(session, owner_of(domain).kind, domain.id, is_asked=is_asked)
        await make_runner(*job_kinds(dns_fake), *notification_jobs.JOB_KINDS).run_due()
        async with belled.unit_of_work() as session:
            return await session.get_one(type(domain), domain.id)

    return run


async def notices(database: Database) -> list[tuple[str, str, int | None]]:
    rows = await database.reads.fetch("select title, message, store_id from admin_notifications order by id")
    return [(row["title"], row["message"], row["store_id"]) for row in rows]


@KINDS
async def test_a_domain_whose_record_is_there_is_verified(
    belled: Database, check: Check, dns_fake: FakeDns, clock: FrozenClock, kind: OwnerKind
) -> None:
    domain = await a_domain(belled, kind, is_verified=False, verified_at=None, last_error="before")
    dns_fake.records[RECORD] = [record_value(domain.verification_token)]
    domain = await check(domain, is_asked=True)
    assert (domain.is_verified, domain.verified_at, domain.last_checked_at) == (True, clock.now(), clock.now())
    assert domain.last_error is None
    assert await notices(belled) == []


async def test_the_whole_way_to_a_real_dns_server_and_back(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock
) -> None:
    domain = await a_domain(belled, is_verified=False)
    async with dns_server({RECORD: [f'"{record_value(domain.verification_token)}"']}) as port:
        async with belled.unit_of_work() as session:
            await enqueue_check(session, OwnerKind.STORE, domain.id, is_asked=True)
        await make_runner(*job_kinds(DnsResolver(["127.0.0.1"], port=port))).run_due()
    async with belled.unit_of_work() as session:
        assert (await session.get_one(type(domain), domain.id)).is_verified


@KINDS
async def test_a_verified_domain_whose_record_is_gone_is_a_store_issue_once(
    belled: Database, check: Check, kind: OwnerKind
) -> None:
    domain = await a_domain(belled, kind)
    for _ in range(3):
        domain = await check(domain)
    assert (domain.is_verified, domain.verified_at) == (False, None)
    assert domain.last_error == "There is no TXT record at _tocsin-verify.shop.lu."
    name, store_id = ("Orion", owner_of(domain).id) if kind is OwnerKind.STORE else ("WizaCorp", None)
    message = "The domain shop.lu is not verified. There is no TXT record at _tocsin-verify.shop.lu."
    assert await notices(belled) == [(f"{name}: domain verification failed", message, store_id)]
    (row,) = await belled.reads.fetch("select type, priority, notification_metadata::text from admin_notifications")
    assert (row["type"], row["priority"]) == ("store_issue", "normal")
    assert '"issue_type": "domain_verification_failed"' in row["notification_metadata"]


async def test_after_a_recovery_the_next_streak_is_told_again(
    belled: Database, check: Check, dns_fake: FakeDns
) -> None:
    domain = await a_domain(belled)
    for records in ({}, {RECORD: [record_value(domain.verification_token)]}, {RECORD: ["another"]}):
        dns_fake.records = {"shop.lu": [], **records}
        domain = await check(domain)
    assert len(await notices(belled)) == 2
    assert domain.last_error == "The TXT record at _tocsin-verify.shop.lu has another value: another"


async def test_a_first_check_that_fails_is_told_only_when_somebody_asked(belled: Database, check: Check) -> None:
    domain = await a_domain(belled, is_verified=False)
    await check(domain)
    assert await notices(belled) == []
    for _ in range(2):
        await check(domain, is_asked=True)
    assert len(await notices(belled)) == 1


async def test_two_dns_failures_change_nothing_and_the_third_is_told(
    belled: Database, check: Check, dns_fake: FakeDns
) -> None:
    domain = await a_domain(belled)
    dns_fake.failure = "timed out"
    for count in (1, 2):
        domain = await check(domain)
        assert (domain.is_verified, domain.dns_failures, await notices(belled)) == (True, count, [])
    assert domain.last_error == "DNS could not be asked for shop.lu: timed out"
    domain = await check(domain)
    assert not domain.is_verified
    assert len(await notices(belled)) == 1


async def test_a_domain_that_is_removed_before_or_during_its_check_ends_the_job_quietly(
    belled: Database, make_runner: RunnerMaker, check: Check
) -> None:
    domain = await a_domain(belled)

    class RemovingDns(FakeDns):
        async def txt(self, name: str) -> Sequence[str]:
            async with belled.unit_of_work() as session:
                await session.execute(delete(type(domain)))
            return await super().txt(name)

    for _ in ("during", "before"):
        async with belled.unit_of_work() as session:
            await enqueue_check(session, OwnerKind.STORE, domain.id, is_asked=True)
        await make_runner(*job_kinds(RemovingDns())).run_due()
    rows = await belled.reads.fetch("select state from jobs")
    assert [row["state"] for row in rows] == ["done", "done"]


class TestRecheck:
    async def rechecked(self, database: Database, make_runner: RunnerMaker, dns_fake: FakeDns) -> list[str]:
        dns_fake.asked.clear()
        async with database.unit_of_work() as session:
            await enqueue(session, RECHECK_DOMAINS, {})
        await make_runner(*job_kinds(dns_fake), *notification_jobs.JOB_KINDS).run_due()
        return sorted(name.removeprefix("_tocsin-verify.") for name in dns_fake.asked if name.startswith("_"))

    async def test_a_round_takes_along_what_is_due(
        self, belled: Database, make_runner: RunnerMaker, dns_fake: FakeDns, clock: FrozenClock
    ) -> None:
        now = clock.now()
        columns_of: dict[str, dict[str, object]] = {
            "new.lu": {"is_verified": False, "last_checked_at": now - timedelta(hours=6)},
            "old.lu": {
                "is_verified": False,
                "last_checked_at": now - timedelta(hours=6),
                "created_at": now - timedelta(days=8),
            },
            "fresh.lu": {"last_checked_at": now - timedelta(hours=18)},
            "daily.lu": {"last_checked_at": now - timedelta(hours=24)},
            "never.lu": {},
        }
        for domain, columns in columns_of.items():
            await a_domain(belled, OwnerKind.MERCHANT, domain=domain, **columns)
        assert await self.rechecked(belled, make_runner, dns_fake) == ["daily.lu", "never.lu", "new.lu"]
        assert await self.rechecked(belled, make_runner, dns_fake) == ["daily.lu", "never.lu", "new.lu"]
        clock.advance(timedelta(days=8))
        assert len(await self.rechecked(belled, make_runner, dns_fake)) == 5
        assert await self.rechecked(belled, make_runner, dns_fake) == []

    async def test_what_is_not_in_use_is_left_alone(
        self, belled: Database, make_runner: RunnerMaker, dns_fake: FakeDns
    ) -> None:
        async with belled.unit_of_work() as session:
            closed = await add_merchant(session, is_active=False)
            await add_domain(session, closed)
            await add_domain(session, await add_store(session, merchant_id=closed.id))
            await add_domain(session, await add_store(session, is_active=False))
            await add_domain(session, await add_store(session), is_active=False)
        assert await self.rechecked(belled, make_runner, dns_fake) == []
