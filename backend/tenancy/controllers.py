from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from litestar import Controller, Request, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import names_of_users, person
from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.core.fields import Id
from backend.core.paging import DEFAULT_LIMIT, Page, decode_cursor, page_of
from backend.core.parameters import PageLimit, PathId, SearchText
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.tenancy.errors import MerchantNotFoundError, StoreNotFoundError, TakenError
from backend.tenancy.models import Merchant, Store
from backend.tenancy.repository import NamePosition, TenancyRepository
from backend.tenancy.schemas import MerchantIn, MerchantOut, MerchantPatch, StoreIn, StoreOut, StorePatch
from backend.tenancy.service import TenancyService, Updated

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters
OutT = TypeVar("OutT", MerchantOut, StoreOut)


class MerchantController(Controller):
    path = "/api/v1/admin/merchants"
    tags = ("merchants",)

    @get("/", operation_id="list_merchants", opt={"role": Role.VIEWER})
    async def list_merchants(
        self,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        q: SearchText = None,
        is_active: FromQuery[bool | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[MerchantOut]:
        scope = ("merchants", q, is_active)
        after = decode_cursor(cursor, NamePosition, scope=scope)
        repository = TenancyRepository(session)
        rows = await repository.merchants(q=q, is_active=is_active, after=after, limit=limit + 1)
        positions = {merchant.id: NamePosition(sorted_by, merchant.id) for merchant, sorted_by in rows}
        items = await _merchants_out(reads, repository, [merchant for merchant, _ in rows])
        return page_of(items, limit, lambda item: positions[item.id], scope=scope)

    @post(
        "/",
        operation_id="create_merchant",
        opt={"role": Role.ADMIN, "audit": "merchant.create", "idempotent": True},
    )
    async def create_merchant(
        self,
        data: JSONBody[MerchantIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> MerchantOut:
        await _check_owner(reads, data.owner_user_id)
        merchant = await TenancyService(session, clock).create_merchant(**msgspec.structs.asdict(data))
        (out,) = await _merchants_out(reads, TenancyRepository(session), [merchant])
        return out

    @get(
        "/{merchant_id:int}",
        operation_id="get_merchant",
        opt={"role": Role.VIEWER},
        responses=problems(MerchantNotFoundError),
    )
    async def get_merchant(
        self,
        merchant_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> MerchantOut:
        merchant = await TenancyService(session, clock).get_merchant(merchant_id)
        (out,) = await _merchants_out(reads, TenancyRepository(session), [merchant])
        return out

    @patch(
        "/{merchant_id:int}",
        operation_id="update_merchant",
        opt={"role": Role.ADMIN, "audit": "merchant.update"},
        responses=problems(MerchantNotFoundError),
    )
    async def update_merchant(
        self,
        request: AnyRequest,
        merchant_id: PathId,
        data: JSONBody[MerchantPatch],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> MerchantOut:
        if data.owner_user_id is not msgspec.UNSET:
            await _check_owner(reads, data.owner_user_id)
        updated = await TenancyService(session, clock).update_merchant(merchant_id, data)
        (out,) = await _merchants_out(reads, TenancyRepository(session), [updated.row])
        return _with_stopped(request, out, updated)


class StoreController(Controller):
    path = "/api/v1/admin/stores"
    tags = ("stores",)

    @get("/", operation_id="list_stores", opt={"role": Role.VIEWER})
    async def list_stores(
        self,
        session: NamedDependency[AsyncSession],
        q: SearchText = None,
        merchant_id: FromQuery[list[Id] | None] = None,
        is_active: FromQuery[bool | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[StoreOut]:
        scope = ("stores", q, merchant_id, is_active)
        after = decode_cursor(cursor, NamePosition, scope=scope)
        repository = TenancyRepository(session)
        rows = await repository.stores(
            q=q, merchant_ids=merchant_id or (), is_active=is_active, after=after, limit=limit + 1
        )
        positions = {store.id: NamePosition(sorted_by, store.id) for store, sorted_by in rows}
        items = await _stores_out(repository, [store for store, _ in rows])
        return page_of(items, limit, lambda item: positions[item.id], scope=scope)

    @post(
        "/",
        operation_id="create_store",
        opt={"role": Role.ADMIN, "audit": "store.create", "idempotent": True},
        responses=problems(TakenError),
    )
    async def create_store(
        self, data: JSONBody[StoreIn], session: NamedDependency[AsyncSession], clock: NamedDependency[Clock]
    ) -> StoreOut:
        store = await TenancyService(session, clock).create_store(**msgspec.structs.asdict(data))
        (out,) = await _stores_out(TenancyRepository(session), [store])
        return out

    @get("/{store_id:int}", operation_id="get_store", opt={"role": Role.VIEWER}, responses=problems(StoreNotFoundError))
    async def get_store(
        self, store_id: PathId, session: NamedDependency[AsyncSession], clock: NamedDependency[Clock]
    ) -> StoreOut:
        store = await TenancyService(session, clock).get_store(store_id)
        (out,) = await _stores_out(TenancyRepository(session), [store])
        return out

    @patch(
        "/{store_id:int}",
        operation_id="update_store",
        opt={"role": Role.ADMIN, "audit": "store.update"},
        responses=problems(StoreNotFoundError, TakenError),
    )
    async def update_store(
        self,
        request: AnyRequest,
        store_id: PathId,
        data: JSONBody[StorePatch],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
    ) -> StoreOut:
        updated = await TenancyService(session, clock).update_store(store_id, data)
        (out,) = await _stores_out(TenancyRepository(session), [updated.row])
        return _with_stopped(request, out, updated)


async def _check_owner(reads: Reads, user_id: int | None) -> None:
    """InvalidInputError for an owner that nobody is; there may be none."""
    if user_id is not None and user_id not in await names_of_users(reads, [user_id]):
        raise InvalidInputError.field("owner_user_id", f"there is no user {user_id}")


async def _merchants_out(
    reads: Reads, repository: TenancyRepository, merchants: Sequence[Merchant]
) -> list[MerchantOut]:
    counts = await repository.store_counts([merchant.id for merchant in merchants])
    owners = {merchant.owner_user_id for merchant in merchants if merchant.owner_user_id is not None}
    people = await names_of_users(reads, owners)
    return [
        MerchantOut(
            **_columns(MerchantOut, merchant),
            owner=person(people, merchant.owner_user_id),
            store_count=counts.get(merchant.id, 0),
            stopped_schedules=[],
        )
        for merchant in merchants
    ]


async def _stores_out(repository: TenancyRepository, stores: Sequence[Store]) -> list[StoreOut]:
    names = await repository.merchant_names({store.merchant_id for store in stores})
    return [
        StoreOut(**_columns(StoreOut, store), merchant_name=names[store.merchant_id], stopped_schedules=[])
        for store in stores
    ]


def _columns(out: type[msgspec.Struct], row: Merchant | Store) -> dict[str, Any]:  # Any: column values
    return {name: getattr(row, name) for name in out.__struct_fields__ if name in row.__mapper__.columns}


def _with_stopped(request: AnyRequest, out: OutT, updated: Updated[Any]) -> OutT:  # Any: a merchant or a store
    """The same reply, saying what was stopped, which the audit log also says."""
    out.stopped_schedules = updated.stopped_schedules
    if updated.stopped_schedules:
        request.state.audit_detail = {"stopped_schedules": updated.stopped_schedules}
    return out
