"""Merchants, stores and domains, valid by default; a test sets only what it is about."""

from polyfactory import Use
from polyfactory.factories.msgspec_factory import MsgspecFactory
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import SystemClock
from backend.core.secrets import random_token
from backend.tenancy import TenancyService
from backend.tenancy.domain_models import Domain
from backend.tenancy.domain_owner import Owner, OwnerKind
from backend.tenancy.models import Merchant, Store
from backend.tenancy.schemas import MerchantIn, StoreIn


def _counter(pattern: str) -> Use[[], str]:
    numbers = iter(range(1, 1_000_000))
    return Use(lambda: pattern.format(next(numbers)))


class MerchantInFactory(MsgspecFactory[MerchantIn]):
    __set_as_default_factory_for_type__ = False

    name = _counter("Boulangerie {}")
    contact_email = _counter("office{}@boulangerie.example")
    website = "https://boulangerie.example"
    owner_user_id = None


class StoreInFactory(MsgspecFactory[StoreIn]):
    name = _counter("Boulangerie {} Kirchberg")
    store_code = _counter("BAKERY{}")
    subdomain = _counter("bakery-{}")
    letzshop_csv_url_fr = "https://boulangerie.example/fr.csv"
    letzshop_csv_url_en = None
    letzshop_csv_url_de = None


async def add_merchant(session: AsyncSession, **columns: object) -> Merchant:
    values = {"name": MerchantInFactory.build().name, "contact_email": "office@boulangerie.example"} | columns
    return await TenancyService(session, SystemClock()).create_merchant(**values)  # type: ignore[arg-type]  # columns are the test's own


async def add_store(session: AsyncSession, **columns: object) -> Store:
    """A store, of a new merchant unless `merchant_id` is given."""
    given = StoreInFactory.build(merchant_id=1)
    values: dict[str, object] = {"name": given.name, "store_code": given.store_code, "subdomain": given.subdomain}
    if "merchant_id" not in columns:
        values["merchant_id"] = (await add_merchant(session)).id
    return await TenancyService(session, SystemClock()).create_store(**(values | columns))  # type: ignore[arg-type]  # columns are the test's own


_domain = _counter("shop{}.example")


async def add_domain(session: AsyncSession, owner: Merchant | Store, **columns: object) -> Domain:
    """An active, verified domain of a store or of a merchant, not the primary one unless it is said."""
    kind = OwnerKind.STORE if isinstance(owner, Store) else OwnerKind.MERCHANT
    now = SystemClock().now()
    usual: dict[str, object] = {
        "domain": _domain.to_value(),
        "is_primary": False,
        "is_verified": True,
        "verified_at": now,
        "verification_token": random_token(),
        "created_at": now,
        "updated_at": now,
    }
    domain = kind.domains(**Owner(kind, owner.id).reference, **(usual | columns))
    session.add(domain)
    await session.flush()
    return domain
