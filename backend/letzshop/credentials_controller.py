from typing import Any

from litestar import Controller, Request, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.parameters import PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database
from backend.letzshop.connection import check_endpoint, connection_of, default_endpoint
from backend.letzshop.credentials import CredentialsService, Wanted, try_connection
from backend.letzshop.errors import KeyUnreadableError, LetzshopRefusedError, NotConnectedError
from backend.letzshop.models import LetzshopCredentials
from backend.letzshop.run_kinds import RunStatus
from backend.letzshop.schedule import next_sync_at
from backend.letzshop.schemas import CredentialsIn, CredentialsOut
from backend.letzshop.service import LetzshopService
from backend.tenancy import StoreNotFoundError

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class CredentialsController(Controller):
    path = "/api/v1/admin/letzshop/stores/{store_id:int}/credentials"
    tags = ("letzshop",)

    @get(
        "/",
        operation_id="get_letzshop_credentials",
        opt={"role": Role.VIEWER},
        responses=problems(StoreNotFoundError, NotConnectedError),
    )
    async def get_credentials(
        self, store_id: PathId, session: NamedDependency[AsyncSession], clock: NamedDependency[Clock]
    ) -> CredentialsOut:
        return await _shown(session, await LetzshopService(session, clock).connected(store_id))

    @put(
        "/",
        operation_id="save_letzshop_credentials",
        opt={"role": Role.ADMIN, "audit": "letzshop.credentials.save"},
        responses=problems(StoreNotFoundError, LetzshopRefusedError, KeyUnreadableError),
    )
    async def save_credentials(
        self,
        request: AnyRequest,
        store_id: PathId,
        data: JSONBody[CredentialsIn],
        session: NamedDependency[AsyncSession],
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> CredentialsOut:
        wanted = Wanted(
            api_key=data.api_key,
            endpoint_url=data.endpoint_url or default_endpoint(settings),
            sync_interval_minutes=data.sync_interval_minutes,
            auto_sync_enabled=data.auto_sync_enabled,
            default_carrier=data.default_carrier,
        )
        # The route's own session has taken no connection yet: none waits for a look-up or for Letzshop's answer.
        await check_endpoint(settings, wanted.endpoint_url)
        async with database.unit_of_work() as first:
            connection = await CredentialsService(first, clock, settings).connection(store_id, wanted)
        await try_connection(settings, connection, clock)
        saved = await CredentialsService(session, clock, settings).save(store_id, wanted)
        request.state.audit_detail = {
            "endpoint_url": wanted.endpoint_url,
            "sync_interval_minutes": wanted.sync_interval_minutes,
            "is_key_new": data.api_key is not None,
        }
        return await _shown(session, saved)

    @delete(
        "/",
        operation_id="remove_letzshop_credentials",
        opt={"role": Role.ADMIN, "audit": "letzshop.credentials.remove"},
        responses=problems(StoreNotFoundError, NotConnectedError),
    )
    async def remove_credentials(
        self,
        store_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> None:
        await CredentialsService(session, clock, settings).remove(store_id)

    @post(
        "/test",
        operation_id="test_letzshop_credentials",
        status_code=204,
        opt={"role": Role.OPERATOR, "audit": "letzshop.credentials.test"},
        responses=problems(StoreNotFoundError, NotConnectedError, LetzshopRefusedError, KeyUnreadableError),
    )
    async def test_credentials(
        self,
        store_id: PathId,
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> None:
        async with database.unit_of_work() as first:
            connection = connection_of(settings, await LetzshopService(first, clock).connected(store_id))
        await try_connection(settings, connection, clock)


async def _shown(session: AsyncSession, row: LetzshopCredentials) -> CredentialsOut:
    return CredentialsOut(
        store_id=row.store_id,
        endpoint_url=row.endpoint_url,
        api_key_last4=row.api_key_last_four,
        sync_interval_minutes=row.sync_interval_minutes,
        auto_sync_enabled=row.auto_sync_enabled,
        default_carrier=row.default_carrier,
        connected_at=row.connected_at,
        last_sync_at=row.last_sync_at,
        last_success_at=row.last_success_at,
        last_status=RunStatus(row.last_status) if row.last_status else None,
        last_error=row.last_error,
        next_sync_at=await next_sync_at(session, row.store_id),
    )
