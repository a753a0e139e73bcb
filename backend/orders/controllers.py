from datetime import datetime

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from backend.core.fields import Id
from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, PathId, SearchText, with_zone
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.orders import order_reads
from backend.orders.errors import OrderNotFoundError
from backend.orders.filters import OrderFilters
from backend.orders.incoming import OrderStatus
from backend.orders.schemas import Channel, OrderDetailOut, OrderOut


class OrderController(Controller):
    path = "/api/v1/admin/orders"
    tags = ("orders",)

    @get(
        "/",
        operation_id="list_orders",
        summary="Orders by their date, the latest first; q looks at numbers, e-mail and name",
        opt={"role": Role.VIEWER},
    )
    async def list_orders(
        self,
        reads: NamedDependency[Reads],
        store_id: FromQuery[list[Id] | None] = None,
        status: FromQuery[list[OrderStatus] | None] = None,
        channel: FromQuery[list[Channel] | None] = None,
        q: SearchText = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        has_exceptions: FromQuery[bool | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[OrderOut]:
        filters = OrderFilters(
            store_id=tuple(store_id or ()),
            status=tuple(status or ()),
            channel=tuple(channel or ()),
            q=q,
            since=with_zone(since, "since"),
            until=with_zone(until, "until"),
            has_exceptions=has_exceptions,
        )
        return await order_reads.order_page(reads, filters, limit=limit, cursor=cursor)

    @get(
        "/{order_id:int}",
        operation_id="get_order",
        summary="An order with its addresses, items and exceptions",
        opt={"role": Role.VIEWER},
        responses=problems(OrderNotFoundError),
    )
    async def get_order(self, order_id: PathId, reads: NamedDependency[Reads]) -> OrderDetailOut:
        return await order_reads.one_order(reads, order_id)
