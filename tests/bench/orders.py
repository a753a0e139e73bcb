"""Orders into PostgreSQL, Letzshop's time apart, and the lists of a million of them ."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import asyncpg
import msgspec

import backend.wiring  # noqa: F401 - all models: foreign keys name tables of other packages
from backend.core.clock import SystemClock
from backend.db.database import Database, open_database
from backend.db.migrate import upgrade
from backend.embedded.services import Services
from backend.letzshop.shipment_reading import read_shipment
from backend.letzshop.sim.shop import Shop
from backend.orders import IncomingOrder, OrderService, Taken
from backend.tenancy import TenancyService
from tests.bench.load import Request, rate
from tests.bench.rounds import Rounds
from tests.bench.row import Row
from tests.bench.server import SELECT_ONE, running_api, session_of

ORDERS = 10_000
# As many as a page of Letzshop's brings.
CHUNK = 100
BUDGET = 2_000  # orders a second and worker
LISTED = 1_000_000
PAGE = 50
ORDER_LIST, EXCEPTION_LIST = "/api/v1/admin/orders", "/api/v1/admin/order-exceptions"

_PRODUCTS = """
insert into products (store_id, marketplace, marketplace_product_id, price_cents, gtin, gtin_type)
select $1, 'Letzshop', (u #>> '{variant,sku}'), 100, u #>> '{variant,tradeId,number}', 'gtin13'
from jsonb_array_elements($2::jsonb) s, jsonb_array_elements(s -> 'inventoryUnits') u
where u #>> '{variant,sku}' not like 'NEW-%'
on conflict do nothing
"""
_SEARCH = "ix_orders_search"
_FILL = """
insert into orders (store_id, order_number, channel, external_shipment_id, external_order_id, external_order_number,
    status, customer_email, customer_name, subtotal_cents, total_amount_cents, order_date, pending_exception_count)
select $1, 'H' || n, 'letzshop', 'shp_' || n, 'ord_' || n, 'R' || n,
    (array['processing', 'pending', 'shipped'])[1 + n % 3], 'person' || n % 50000 || '@example.lu', 'Anne ' || n % 997,
    4999, 4999, now() - make_interval(secs => n), (n % 10 = 0)::integer
from generate_series(1, $2::bigint) n
"""
_FILL_ITEMS = """
with items as (
    insert into order_items (order_id, product_id, external_variant_id, product_name, gtin, needs_product_match,
        quantity, unit_price_cents, total_price_cents, units)
    select o.id, $1, 'var_' || o.id, 'Bague', '4006381333931', true, 1, 4999, 4999, '[]'
    from orders o where o.store_id = $2
    returning id, order_id
)
insert into order_item_exceptions (order_item_id, order_id, store_id, original_product_name, exception_type, status)
select i.id, i.order_id, $2, 'Bague', 'product_not_found', 'pending' from items i join orders o on o.id = i.order_id
where o.pending_exception_count > 0
"""


def run(services: Services) -> list[Row]:
    upgrade(services.database_url)
    rows, caller = asyncio.run(_measure(services.database_url))
    with (
        tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder,
        running_api(services, Path(folder)) as api,
    ):
        paths = (SELECT_ONE, f"{ORDER_LIST}?limit={PAGE}", f"{EXCEPTION_LIST}?limit={PAGE}&status=pending")
        rounds = Rounds({path: partial(rate, api.port, [Request("GET", path, caller)]) for path in paths})
    _, orders, exceptions = paths
    return [
        *rows,
        rounds.row(f"orders, list of {PAGE} of {LISTED:,}", orders, against=SELECT_ONE, budget=0.3),
        rounds.row(f"pending exceptions, list of {PAGE}", exceptions, against=SELECT_ONE, budget=0.3),
    ]


async def _measure(url: str) -> tuple[list[Row], str]:
    async with open_database(url) as database:
        store_id, other_id = await _stores(database)
        orders = await _orders(database, store_id)
        new = await _take(database, store_id, orders, Taken(CHUNK, 0, 0))
        again = await _take(database, store_id, orders, Taken(0, 0, CHUNK))
        _, caller = await session_of(database, "person")
    await _fill(url, store_id, other_id)
    return [
        Row(f"{ORDERS:,} new orders, {CHUNK} a transaction", f"{new:,.0f}/s", f"{BUDGET:,}/s", new / BUDGET, 1),
        Row("the same again", f"{again:,.0f}/s", f"{BUDGET:,}/s", again / BUDGET, 1),
    ], caller


async def _take(database: Database, store_id: int, orders: list[IncomingOrder], expected: Taken) -> float:
    """Orders a second."""
    began = time.perf_counter()
    for start in range(0, len(orders), CHUNK):
        async with database.unit_of_work() as session:
            taken = await OrderService(session, SystemClock()).take(
                store_id=store_id, channel="letzshop", orders=orders[start : start + CHUNK]
            )
        assert taken == expected
    return len(orders) / (time.perf_counter() - began)


async def _stores(database: Database) -> list[int]:
    async with database.unit_of_work() as session:
        tenancy = TenancyService(session, SystemClock())
        merchant = await tenancy.create_merchant(name="Bench", contact_email="bench@example.lu")
        return [
            (await tenancy.create_store(merchant_id=merchant.id, name=code, store_code=code, subdomain=code)).id
            for code in ("TAKEN", "LISTED")
        ]


async def _orders(database: Database, store_id: int) -> list[IncomingOrder]:
    """The simulator's orders, read; most of their products are in the store."""
    nodes = list(_nodes())
    await database.reads.execute(_PRODUCTS, store_id, msgspec.json.encode(nodes).decode())
    read = [read_shipment(node) for node in nodes]
    return [order for order in read if isinstance(order, IncomingOrder)]


def _nodes() -> Iterator[dict[str, object]]:
    shop = Shop("sim-1", opening=ORDERS, live_every=None, clock=SystemClock().now)
    for state in ("confirmed", "unconfirmed"):
        yield from shop.shipments(state=state, first=ORDERS, after=None)[0]


async def _fill(url: str, store_id: int, other_id: int) -> None:
    connection = await asyncpg.connect(url)
    try:
        # Filled row by row the search index takes minutes, built at once half a minute.
        definition = await connection.fetchval("select pg_get_indexdef($1::regclass)", _SEARCH)
        await connection.execute(f"drop index {_SEARCH}")
        product = await connection.fetchval("select min(id) from products where store_id = $1", store_id)
        await connection.execute(_FILL, other_id, LISTED)
        await connection.execute(_FILL_ITEMS, product, other_id)
        await connection.execute("set maintenance_work_mem = '512MB'")
        await connection.execute(definition)
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()
