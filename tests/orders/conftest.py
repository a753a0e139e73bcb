from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

import backend.alerts  # noqa: F401 - notifications refer to alerts by their table's name
from backend.db.database import Database
from backend.orders import IncomingOrder, Taken
from backend.tenancy import Store
from tests.factories.orders import add_product, take
from tests.factories.tenancy import add_store
from tests.support.times import FrozenClock


@pytest_asyncio.fixture
async def store(database: Database) -> Store:
    async with database.unit_of_work() as session:
        return await add_store(session, name="Moulin de Hesper")


@dataclass
class Shop:
    """One store: orders come, products come, and what became of them is looked up in the database."""

    database: Database
    clock: FrozenClock
    store_id: int

    async def take(self, *orders: IncomingOrder) -> tuple[int, int, int]:
        """Created, updated, unchanged; committed."""
        async with self.database.unit_of_work() as session:
            taken: Taken = await take(session, self.clock, self.store_id, *orders)
        return taken.created, taken.updated, taken.unchanged

    async def product(self, sku: str, **fields: Any) -> int:  # Any: a product's values
        async with self.database.unit_of_work() as session:
            return await add_product(session, self.store_id, sku, **fields)

    async def rows(self, sql: str, *arguments: object) -> list[dict[str, Any]]:  # Any: database values
        return [dict(row) for row in await self.database.reads.fetch(sql, *arguments)]

    async def orders(self) -> list[dict[str, Any]]:  # Any: database values
        return await self.rows("select * from orders order by store_id, external_shipment_id")

    async def order(self) -> Mapping[str, Any]:  # Any: database values
        (only,) = await self.orders()
        return only

    async def items(self) -> list[dict[str, Any]]:  # Any: database values
        return await self.rows("select * from order_items order by order_id, external_variant_id")

    async def exceptions(self) -> list[dict[str, Any]]:  # Any: database values
        return await self.rows("select * from order_item_exceptions order by id")

    async def notifications(self) -> list[dict[str, Any]]:  # Any: database values
        return await self.rows("select * from admin_notifications order by id")


@pytest.fixture
def shop(database: Database, clock: FrozenClock, store: Store) -> Shop:
    return Shop(database, clock, store.id)
