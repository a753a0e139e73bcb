import asyncio

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import SystemClock
from backend.core.errors import InvalidInputError
from backend.db.database import Database
from backend.tenancy.domain_models import Domain
from backend.tenancy.domain_owner import Owner, OwnerKind
from backend.tenancy.domain_schemas import DomainPatch
from backend.tenancy.domain_service import DomainService, enqueue_check
from backend.tenancy.errors import DomainNotFoundError, MerchantNotFoundError, StoreNotFoundError, TakenError
from backend.tenancy.platform_host import PlatformHost
from tests.factories.tenancy import add_domain, add_store

PLATFORM = PlatformHost("letzshop.example")
KINDS = pytest.mark.parametrize("kind", list(OwnerKind))


@pytest_asyncio.fixture
async def owners(database: Database) -> dict[OwnerKind, Owner]:
    async with database.unit_of_work() as session:
        store = await add_store(session)
        return {
            OwnerKind.STORE: Owner(OwnerKind.STORE, store.id),
            OwnerKind.MERCHANT: Owner(OwnerKind.MERCHANT, store.merchant_id),
        }


async def add(database: Database, owner: Owner, name: str, *, is_primary: bool | None = None) -> Domain:
    async with database.unit_of_work() as session:
        return await service(session).add(owner, name, is_primary=is_primary)


def service(session: AsyncSession) -> DomainService:
    return DomainService(session, SystemClock(), PLATFORM)


async def primaries(database: Database, owner: Owner) -> list[str]:
    async with database.unit_of_work() as session:
        return [domain.domain for domain in await service(session).list(owner, after=0, limit=50) if domain.is_primary]


@KINDS
async def test_a_domain_begins_unverified_with_a_token_of_its_own(
    database: Database, owners: dict[OwnerKind, Owner], kind: OwnerKind
) -> None:
    one, other = [await add(database, owners[kind], name) for name in ("https://Shop.LU/", "other.lu")]
    assert (one.domain, one.is_verified, one.is_active, one.ssl_status) == ("shop.lu", False, True, "pending")
    assert one.verification_token != other.verification_token
    assert len(one.verification_token) <= 100


@KINDS
async def test_the_first_domain_is_primary_and_a_new_primary_takes_its_place(
    database: Database, owners: dict[OwnerKind, Owner], kind: OwnerKind
) -> None:
    owner = owners[kind]
    await add(database, owner, "first.lu")
    second = await add(database, owner, "second.lu")
    assert await primaries(database, owner) == ["first.lu"]
    await add(database, owner, "third.lu", is_primary=True)
    assert await primaries(database, owner) == ["third.lu"]
    async with database.unit_of_work() as session:
        await service(session).change(owner, second.id, DomainPatch(is_primary=True))
    assert await primaries(database, owner) == ["second.lu"]
    async with database.unit_of_work() as session:
        await service(session).change(owner, second.id, DomainPatch(is_primary=False))
    assert await primaries(database, owner) == []


async def test_a_stores_primary_domain_is_no_matter_of_another_store(
    database: Database, owners: dict[OwnerKind, Owner]
) -> None:
    async with database.unit_of_work() as session:
        other = Owner(OwnerKind.STORE, (await add_store(session)).id)
    await add(database, owners[OwnerKind.STORE], "one.lu")
    await add(database, other, "two.lu")
    await add(database, owners[OwnerKind.MERCHANT], "three.lu")
    for owner, name in ((owners[OwnerKind.STORE], "one.lu"), (other, "two.lu")):
        assert await primaries(database, owner) == [name]


async def test_of_many_that_become_primary_at_once_one_is(database: Database, owners: dict[OwnerKind, Owner]) -> None:
    owner = owners[OwnerKind.STORE]
    domains = [await add(database, owner, f"shop{number}.lu") for number in range(6)]

    async def choose(domain: Domain) -> None:
        async with database.unit_of_work() as session:
            await service(session).change(owner, domain.id, DomainPatch(is_primary=True))

    await asyncio.gather(*(choose(domain) for domain in domains))
    assert len(await primaries(database, owner)) == 1


@pytest.mark.parametrize("first", list(OwnerKind))
@pytest.mark.parametrize("second", list(OwnerKind))
async def test_a_domain_of_anybody_is_taken_for_everybody(
    database: Database, owners: dict[OwnerKind, Owner], first: OwnerKind, second: OwnerKind
) -> None:
    await add(database, owners[first], "shop.lu")
    with pytest.raises(TakenError) as refused:
        await add(database, owners[second], "SHOP.lu:443")
    assert [error.path for error in refused.value.errors] == ["domain"]


async def test_of_two_owners_who_add_one_domain_at_once_one_gets_it(
    database: Database, owners: dict[OwnerKind, Owner]
) -> None:
    for attempt in range(10):
        both = (add(database, owner, f"shop{attempt}.lu") for owner in owners.values())
        outcomes = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(isinstance(outcome, Domain) for outcome in outcomes) == [False, True]
        assert sum(isinstance(outcome, TakenError) for outcome in outcomes) == 1


async def test_the_database_itself_keeps_a_name_to_one_owner_while_both_are_uncommitted(
    database_url: str, database: Database, owners: dict[OwnerKind, Owner]
) -> None:
    of_store = "insert into store_domains (store_id, domain, verification_token) values ($1, 'shop.lu', 'a')"
    of_merchant = "insert into merchant_domains (merchant_id, domain, verification_token) values ($1, 'shop.lu', 'b')"
    one, other = await asyncpg.connect(database_url), await asyncpg.connect(database_url)
    try:
        transaction = one.transaction()
        await transaction.start()
        await one.execute(of_store, owners[OwnerKind.STORE].id)
        waiting = asyncio.create_task(other.execute(of_merchant, owners[OwnerKind.MERCHANT].id))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await transaction.commit()
        with pytest.raises(asyncpg.UniqueViolationError):
            await waiting
        await other.execute(of_merchant.replace("shop.lu", "own.lu"), owners[OwnerKind.MERCHANT].id)
        with pytest.raises(asyncpg.UniqueViolationError):
            await other.execute("update merchant_domains set domain = 'shop.lu'")
    finally:
        await one.close()
        await other.close()


async def test_a_removed_domain_is_free_for_others(database: Database, owners: dict[OwnerKind, Owner]) -> None:
    domain = await add(database, owners[OwnerKind.STORE], "shop.lu")
    async with database.unit_of_work() as session:
        await service(session).remove(owners[OwnerKind.STORE], domain.id)
    assert (await add(database, owners[OwnerKind.MERCHANT], "shop.lu")).domain == "shop.lu"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("letzshop.example", "belongs to this platform"),
        ("https://Orion.Letzshop.Example/", "belongs to this platform"),
        ("a.b.letzshop.example", "belongs to this platform"),
        ("192.0.2.1", "IP address"),
        ("shop", "two parts"),
    ],
)
async def test_the_platforms_own_hosts_and_what_is_no_domain_are_refused(
    database: Database, owners: dict[OwnerKind, Owner], typed: str, why: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        await add(database, owners[OwnerKind.STORE], typed)
    assert [error.path for error in refused.value.errors] == ["domain"]
    assert why in refused.value.errors[0].message


async def test_a_domain_is_found_with_its_owner_only(database: Database, owners: dict[OwnerKind, Owner]) -> None:
    async with database.unit_of_work() as session:
        other = await add_store(session)
        domain = await add_domain(session, other)
    async with database.unit_of_work() as session:
        for owner in (owners[OwnerKind.STORE], Owner(OwnerKind.MERCHANT, other.merchant_id)):
            with pytest.raises(DomainNotFoundError):
                await service(session).get(owner, domain.id)
        with pytest.raises(StoreNotFoundError):
            await service(session).list(Owner(OwnerKind.STORE, 4711), after=0, limit=50)
        with pytest.raises(MerchantNotFoundError):
            await service(session).add(Owner(OwnerKind.MERCHANT, 4711), "shop.lu")


async def test_one_unasked_check_waits_at_a_time_but_an_asked_one_always_comes(database: Database) -> None:
    async with database.unit_of_work() as session:
        for is_asked in (False, False, True, True):
            await enqueue_check(session, OwnerKind.STORE, 7, is_asked=is_asked)
        await enqueue_check(session, OwnerKind.MERCHANT, 7, is_asked=False)
    rows = await database.reads.fetch("select payload::text, exclusive_key from jobs order by id")
    assert [row["payload"].count("true") for row in rows] == [0, 1, 1, 0]
    assert len({row["exclusive_key"] for row in rows}) == 2
