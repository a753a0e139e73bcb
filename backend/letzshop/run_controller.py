from datetime import datetime

from litestar import Controller, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.fields import Id
from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, PathId, with_zone
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.letzshop import run_reads
from backend.letzshop.errors import (
    ExportRunError,
    NotConnectedError,
    RunFinishedError,
    RunNotFoundError,
    RunRunningError,
    StoreInactiveError,
)
from backend.letzshop.export_run import refuse_export
from backend.letzshop.repository import RunFilters
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.schemas import RunOut
from backend.letzshop.service import LetzshopService
from backend.tenancy import StoreNotFoundError

_STARTING = (StoreNotFoundError, NotConnectedError, StoreInactiveError)


def provide_letzshop(session: NamedDependency[AsyncSession], clock: NamedDependency[Clock]) -> LetzshopService:
    return LetzshopService(session, clock)


class LetzshopRunController(Controller):
    path = "/api/v1/admin/letzshop"
    tags = ("letzshop",)
    dependencies = {"letzshop": Provide(provide_letzshop, sync_to_thread=False)}

    @get("/runs", operation_id="list_letzshop_runs", opt={"role": Role.VIEWER})
    async def list_runs(
        self,
        reads: NamedDependency[Reads],
        store_id: FromQuery[list[Id] | None] = None,
        kind: FromQuery[list[RunKind] | None] = None,
        status: FromQuery[list[RunStatus] | None] = None,
        order_id: FromQuery[Id | None] = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[RunOut]:
        filters = RunFilters(
            store_id=tuple(store_id or ()),
            kind=tuple(kind or ()),
            status=tuple(status or ()),
            order_id=order_id,
            since=with_zone(since, "since"),
            until=with_zone(until, "until"),
        )
        return await run_reads.run_page(reads, filters, limit=limit, cursor=cursor)

    @get(
        "/runs/{run_id:int}",
        operation_id="get_letzshop_run",
        opt={"role": Role.VIEWER},
        responses=problems(RunNotFoundError),
    )
    async def get_run(
        self,
        run_id: PathId,
        letzshop: NamedDependency[LetzshopService],
        reads: NamedDependency[Reads],
    ) -> RunOut:
        return await run_reads.one_run(reads, await letzshop.get(run_id))

    @post(
        "/runs/{run_id:int}/cancel",
        operation_id="cancel_letzshop_run",
        status_code=200,
        opt={"role": Role.OPERATOR, "audit": "letzshop.run.cancel"},
        responses=problems(RunNotFoundError, RunFinishedError, ExportRunError),
    )
    async def cancel_run(
        self,
        run_id: PathId,
        letzshop: NamedDependency[LetzshopService],
        reads: NamedDependency[Reads],
    ) -> RunOut:
        refuse_export(await letzshop.get(run_id))
        return await run_reads.one_run(reads, await letzshop.cancel(run_id))

    @post(
        "/runs/{run_id:int}/retry",
        operation_id="retry_letzshop_run",
        status_code=202,
        opt={"role": Role.OPERATOR, "audit": "letzshop.run.retry", "idempotent": True},
        responses=problems(RunNotFoundError, RunRunningError, ExportRunError),
    )
    async def retry_run(
        self,
        run_id: PathId,
        letzshop: NamedDependency[LetzshopService],
        reads: NamedDependency[Reads],
    ) -> RunOut:
        refuse_export(await letzshop.get(run_id))
        return await run_reads.one_run(reads, await letzshop.retry(run_id))

    @post(
        "/stores/{store_id:int}/sync",
        operation_id="sync_letzshop_orders",
        status_code=202,
        opt={"role": Role.OPERATOR, "audit": "letzshop.sync", "idempotent": True},
        responses=problems(*_STARTING),
        description="The run that does it: a new one, or the store's sync that waits or runs already.",
    )
    async def sync(
        self,
        store_id: PathId,
        letzshop: NamedDependency[LetzshopService],
        reads: NamedDependency[Reads],
        principal: NamedDependency[Principal],
    ) -> RunOut:
        run = await letzshop.start(RunKind.SYNC, store_id=store_id, user_id=principal.user_id)
        return await run_reads.one_run(reads, run)

    @post(
        "/stores/{store_id:int}/import-history",
        operation_id="import_letzshop_history",
        status_code=202,
        opt={"role": Role.OPERATOR, "audit": "letzshop.import_history", "idempotent": True},
        responses=problems(*_STARTING),
        description="The run that does it: a new one, or the store's historical import that waits or runs already.",
    )
    async def import_history(
        self,
        store_id: PathId,
        letzshop: NamedDependency[LetzshopService],
        reads: NamedDependency[Reads],
        principal: NamedDependency[Principal],
    ) -> RunOut:
        run = await letzshop.start(RunKind.HISTORY, store_id=store_id, user_id=principal.user_id)
        return await run_reads.one_run(reads, run)
