from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.core.fields import Id
from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, PathId, SearchText
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads, fetch_within
from backend.orders import exception_reads as shown
from backend.orders.errors import AlreadySettledError, ExceptionNotFoundError
from backend.orders.exception_service import ExceptionService
from backend.orders.filters import ExceptionFilters
from backend.orders.matching import ExceptionType, gtin_asked_for
from backend.orders.schemas import (
    BulkResolvedOut,
    BulkResolveIn,
    IgnoreExceptionIn,
    OrderExceptionOut,
    OrderExceptionStatsOut,
    ResolveExceptionIn,
    SuggestionsOut,
)
from backend.orders.settling import ExceptionStatus
from backend.orders.suggestions import suggestions

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class OrderExceptionController(Controller):
    path = "/api/v1/admin/order-exceptions"
    tags = ("order-exceptions",)

    @get(
        "/",
        operation_id="list_order_exceptions",
        summary="Items without a product, newest first; q looks at name, GTIN and SKU",
        opt={"role": Role.VIEWER},
    )
    async def list_order_exceptions(
        self,
        reads: NamedDependency[Reads],
        store_id: FromQuery[list[Id] | None] = None,
        status: FromQuery[list[ExceptionStatus] | None] = None,
        exception_type: FromQuery[list[ExceptionType] | None] = None,
        order_id: FromQuery[list[Id] | None] = None,
        gtin: SearchText = None,
        q: SearchText = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[OrderExceptionOut]:
        filters = ExceptionFilters(
            store_id=tuple(store_id or ()),
            status=tuple(status or ()),
            exception_type=tuple(exception_type or ()),
            order_id=tuple(order_id or ()),
            comparable_gtin=None if gtin is None else gtin_asked_for(gtin),
            q=q,
        )
        return await shown.exception_page(reads, filters, limit=limit, cursor=cursor)

    @get(
        "/stats",
        operation_id="order_exception_stats",
        summary="How many are pending and settled, and how many orders wait",
        opt={"role": Role.VIEWER},
    )
    async def stats(
        self, reads: NamedDependency[Reads], store_id: FromQuery[list[Id] | None] = None
    ) -> OrderExceptionStatsOut:
        return await shown.exception_stats(reads, tuple(store_id or ()))

    @get(
        "/{exception_id:int}",
        operation_id="get_order_exception",
        summary="One item without a product",
        opt={"role": Role.VIEWER},
        responses=problems(ExceptionNotFoundError),
    )
    async def get_order_exception(self, exception_id: PathId, reads: NamedDependency[Reads]) -> OrderExceptionOut:
        return await shown.one_exception(reads, exception_id)

    @get(
        "/{exception_id:int}/suggestions",
        operation_id="suggest_products",
        summary="Products that it may be, the likeliest first",
        opt={"role": Role.VIEWER},
        responses=problems(ExceptionNotFoundError),
    )
    async def suggest_products(
        self,
        exception_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> SuggestionsOut:
        return await suggestions(session, reads, await ExceptionService(session, clock).get(exception_id))

    @post(
        "/{exception_id:int}/resolve",
        operation_id="resolve_order_exception",
        summary="Say which product it is",
        status_code=200,
        opt={"role": Role.OPERATOR, "audit": "order_exception.resolve", "idempotent": True},
        responses=problems(ExceptionNotFoundError, AlreadySettledError),
    )
    async def resolve(
        self,
        request: AnyRequest,
        exception_id: PathId,
        data: JSONBody[ResolveExceptionIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> OrderExceptionOut:
        settled = await ExceptionService(session, clock).resolve(
            exception_id, product_id=data.product_id, notes=data.notes, user_id=principal.user_id
        )
        request.state.audit_detail = {"order_id": settled.order_id, "product_id": data.product_id}
        return await shown.one_exception(reads, exception_id, within=fetch_within(session))

    @post(
        "/{exception_id:int}/ignore",
        operation_id="ignore_order_exception",
        summary="Say that it needs no product, and why",
        status_code=200,
        opt={"role": Role.OPERATOR, "audit": "order_exception.ignore", "idempotent": True},
        responses=problems(ExceptionNotFoundError, AlreadySettledError),
    )
    async def ignore(
        self,
        request: AnyRequest,
        exception_id: PathId,
        data: JSONBody[IgnoreExceptionIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> OrderExceptionOut:
        if not data.notes.strip():
            raise InvalidInputError.field("notes", "say why it needs no product")
        settled = await ExceptionService(session, clock).ignore(
            exception_id, notes=data.notes, user_id=principal.user_id
        )
        request.state.audit_detail = {"order_id": settled.order_id, "notes": data.notes}
        return await shown.one_exception(reads, exception_id, within=fetch_within(session))

    @post(
        "/bulk-resolve",
        operation_id="bulk_resolve_order_exceptions",
        summary="Say of all pending ones with a GTIN, in the product's store, that they are this product",
        status_code=200,
        opt={"role": Role.OPERATOR, "audit": "order_exception.bulk_resolve", "idempotent": True},
    )
    async def bulk_resolve(
        self,
        request: AnyRequest,
        data: JSONBody[BulkResolveIn],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> BulkResolvedOut:
        count = await ExceptionService(session, clock).bulk_resolve(
            gtin=data.gtin, product_id=data.product_id, user_id=principal.user_id
        )
        request.state.audit_detail = {"gtin": data.gtin, "product_id": data.product_id, "resolved_count": count}
        return BulkResolvedOut(resolved_count=count)
