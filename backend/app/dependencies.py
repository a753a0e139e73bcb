"""What routes are given: the unit of work, the clock, the caller, hot reads."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, nullcontext

from litestar import Request
from litestar.datastructures import State
from litestar.di import Provide
from sqlalchemy.ext.asyncio import AsyncSession

from backend.app import idempotency
from backend.app.access import RouteAccess
from backend.app.request_context import request_id
from backend.audit import record
from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database
from backend.db.reads import Reads


async def provide_session(request: Request[Principal, None, State]) -> AsyncIterator[AsyncSession]:
    """One unit of work: the route's work, its audit entry and its stored reply commit together or not at all."""
    database: Database = request.app.state.database
    # The body comes first: while it does, no statement has taken a connection yet, and no lock is held.
    async with database.unit_of_work() as session, _received(request) as body_hash:
        key = await idempotency.begin(session, request, body_hash)
        yield session
        await _audit(session, request)
        if key is not None:
            await idempotency.store(session, key, request)


def _received(request: Request[Principal, None, State]) -> AbstractAsyncContextManager[bytes | None]:
    """The hash of the body, from routes that read it in a way of their own (`receive`) and undo that when they fail."""
    receive: Callable[..., AbstractAsyncContextManager[bytes | None]] | None
    receive = request.route_handler.opt.get("receive")
    return receive(request) if receive is not None else nullcontext()


async def _audit(session: AsyncSession, request: Request[Principal, None, State]) -> None:
    action = RouteAccess.of(request.route_handler).audit
    principal: Principal | None = request.state.get("principal")
    # What machines raise is told by what they raised; the log is of what people and their own keys did.
    if action is None or principal is None or principal.role is Role.INGEST:
        return
    await record(
        session,
        actor_kind=principal.kind,
        actor_id=principal.id,
        actor_name=principal.name,
        action=action,
        target="/".join(str(value) for value in request.path_params.values()) or None,
        outcome="done",
        address=request.client.host if request.client else None,
        request_id=request_id(request.scope),
        detail=request.state.get("audit_detail", {}),
    )


def provide_database(state: State) -> Database:
    database: Database = state.database
    return database


def provide_reads(state: State) -> Reads:
    reads: Reads = state.database.reads
    return reads


def provide_clock(state: State) -> Clock:
    clock: Clock = state.clock
    return clock


def provide_settings(state: State) -> Settings:
    settings: Settings = state.settings
    return settings


def provide_principal(request: Request[Principal, None, State]) -> Principal:
    principal: Principal = request.state.principal
    return principal


DEPENDENCIES = {
    "session": Provide(provide_session),
    "database": Provide(provide_database, sync_to_thread=False),
    "reads": Provide(provide_reads, sync_to_thread=False),
    "clock": Provide(provide_clock, sync_to_thread=False),
    "settings": Provide(provide_settings, sync_to_thread=False),
    "principal": Provide(provide_principal, sync_to_thread=False),
}
