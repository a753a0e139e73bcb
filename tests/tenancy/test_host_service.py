import pytest

from backend.db.database import Database
from backend.tenancy import HostService, PlatformHost, Resolved, Unresolved
from backend.tenancy.resolution import Via
from tests.factories.tenancy import add_domain, add_merchant, add_store

PLATFORM = PlatformHost("letzshop.example")


async def resolve(database: Database, host: str, platform: PlatformHost = PLATFORM) -> Resolved | Unresolved:
    async with database.unit_of_work() as session:
        return await HostService(session, platform).resolve_host(host)


@pytest.mark.parametrize("host", ["shop.lu", "SHOP.lu", "shop.lu:8443", "shop.lu.", "shop.lu.:443"])
async def test_a_stores_domain_leads_to_it_however_it_is_spelled(database: Database, host: str) -> None:
    async with database.unit_of_work() as session:
        store = await add_store(session, name="Orion")
        await add_domain(session, store, domain="shop.lu")
    assert await resolve(database, host) == Resolved(store.id, "Orion", Via.STORE_DOMAIN)


async def test_a_merchants_domain_leads_to_its_only_active_store(database: Database) -> None:
    async with database.unit_of_work() as session:
        merchant = await add_merchant(session)
        store = await add_store(session, merchant_id=merchant.id, name="Orion")
        await add_store(session, merchant_id=merchant.id, is_active=False)
        await add_store(session)
        await add_domain(session, merchant, domain="rewards.lu")
    assert await resolve(database, "rewards.lu") == Resolved(store.id, "Orion", Via.MERCHANT_DOMAIN)
    async with database.unit_of_work() as session:
        await add_store(session, merchant_id=merchant.id)
    assert await resolve(database, "rewards.lu") is Unresolved.SEVERAL_STORES


async def test_a_subdomain_of_the_platform_leads_to_its_store(database: Database) -> None:
    async with database.unit_of_work() as session:
        store = await add_store(session, name="Orion", subdomain="orion")
    assert await resolve(database, "Orion.Letzshop.Example:8000") == Resolved(store.id, "Orion", Via.SUBDOMAIN)
    assert await resolve(database, "a.orion.letzshop.example") is Unresolved.UNKNOWN_SUBDOMAIN
    assert await resolve(database, "vega.letzshop.example") is Unresolved.UNKNOWN_SUBDOMAIN
    assert await resolve(database, "orion.letzshop.example", PlatformHost(None)) is Unresolved.UNKNOWN_DOMAIN


@pytest.mark.parametrize(
    ("host", "why"),
    [("letzshop.example", Unresolved.PLATFORM_HOST), ("rewards.letzshop.example", Unresolved.UNKNOWN_SUBDOMAIN)],
)
async def test_a_platform_host_is_never_taken_for_a_custom_domain(
    database: Database, host: str, why: Unresolved
) -> None:
    """As it was once: rewardflow.lu, the platform's own, led to a store."""
    async with database.unit_of_work() as session:
        await add_domain(session, await add_store(session), domain=host)
    assert await resolve(database, host) is why


@pytest.mark.parametrize("host", ["", "[::1]:8000", "192.0.2.1", "::1", "a b", "shop_1.lu"])
async def test_what_is_no_name_leads_nowhere(database: Database, host: str) -> None:
    assert await resolve(database, host) is Unresolved.NOT_A_HOST_NAME


async def test_only_what_is_open_all_the_way_is_reached(database: Database) -> None:
    async with database.unit_of_work() as session:
        closed = await add_store(session, is_active=False)
        gone = await add_store(session, merchant_id=(await add_merchant(session, is_active=False)).id)
        await add_domain(session, closed, domain="closed.lu")
        await add_domain(session, gone, domain="gone.lu")
        await add_domain(session, await add_store(session), domain="unverified.lu", is_verified=False)
        await add_domain(session, await add_store(session), domain="off.lu", is_active=False)
    assert {
        host: await resolve(database, host) for host in ("closed.lu", "gone.lu", "unverified.lu", "off.lu", "none.lu")
    } == {
        "closed.lu": Unresolved.STORE_INACTIVE,
        "gone.lu": Unresolved.MERCHANT_INACTIVE,
        "unverified.lu": Unresolved.DOMAIN_UNVERIFIED,
        "off.lu": Unresolved.DOMAIN_INACTIVE,
        "none.lu": Unresolved.UNKNOWN_DOMAIN,
    }


async def test_the_effective_domain_is_the_stores_then_the_merchants_then_the_platforms(database: Database) -> None:
    async with database.unit_of_work() as session:
        merchant = await add_merchant(session)
        store = await add_store(session, merchant_id=merchant.id, subdomain="orion")
        hosts = HostService(session, PLATFORM)
        assert await HostService(session, PlatformHost(None)).effective_domain(store) is None
        assert await hosts.effective_domain(store) == "orion.letzshop.example"
        await add_domain(session, merchant, domain="merchant.lu", is_primary=True)
        assert await hosts.effective_domain(store) == "merchant.lu"
        await add_domain(session, store, domain="shop.lu")
        assert await hosts.effective_domain(store) == "shop.lu"
        assert await hosts.resolve_host("shop.lu") == Resolved(store.id, store.name, Via.STORE_DOMAIN)
