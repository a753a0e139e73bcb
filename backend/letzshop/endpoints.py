"""The circuit breaker's rows: each decision is one short transaction that holds the endpoint's row."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core import circuit
from backend.core.circuit import Circuit, Pass, Refuse
from backend.letzshop.models import LetzshopEndpoint


async def admit(session: AsyncSession, endpoint_url: str, *, now: datetime) -> Pass | Refuse:
    """Whether a run may call the endpoint; of those who come when its pause is over, one passes as the probe."""
    row = await _locked(session, endpoint_url)
    verdict = circuit.admit(_circuit(row), now=now)
    if isinstance(verdict, Pass) and verdict.is_probe:
        _store(row, circuit.probing(_circuit(row), now=now))
    return verdict


async def record_failure(session: AsyncSession, endpoint_url: str, error: str, *, now: datetime) -> datetime | None:
    """Count a call that failed; when the endpoint may be asked again, None while its circuit is closed."""
    row = await _locked(session, endpoint_url)
    _store(row, circuit.after_failure(_circuit(row), now=now))
    row.last_error = error
    return row.probe_at


async def record_answer(session: AsyncSession, endpoint_url: str) -> bool:
    """The endpoint answers; whether its circuit was open until now."""
    known = await session.scalar(select(LetzshopEndpoint.failures).where(LetzshopEndpoint.endpoint_url == endpoint_url))
    if not known:
        return False
    row = await _locked(session, endpoint_url)
    was_open = row.opened_at is not None
    _store(row, Circuit())
    row.last_error = None
    return was_open


async def _locked(session: AsyncSession, endpoint_url: str) -> LetzshopEndpoint:
    await session.execute(
        insert(LetzshopEndpoint)
        .values(endpoint_url=endpoint_url)
        .on_conflict_do_nothing(index_elements=["endpoint_url"])
    )
    found = await session.scalars(
        select(LetzshopEndpoint)
        .where(LetzshopEndpoint.endpoint_url == endpoint_url)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.one()


def _circuit(row: LetzshopEndpoint) -> Circuit:
    return Circuit(row.failures, row.opened_at, row.probe_at)


def _store(row: LetzshopEndpoint, state: Circuit) -> None:
    row.failures, row.opened_at, row.probe_at = state.failures, state.opened_at, state.probe_at
