"""Runs as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from backend.auth import names_of_users, person
from backend.core.paging import Page, decode_cursor, page_of
from backend.db.reads import Reads
from backend.letzshop.models import LetzshopRun
from backend.letzshop.repository import RunFilters, list_runs
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.schemas import RunError, RunOut
from backend.tenancy import names_of_stores

# Columns of the row that are shown under their own name.
_PLAIN = {field.name for field in msgspec.structs.fields(RunOut)} - {
    "kind", "status", "store_name", "orders_processed", "errors", "request", "cancel_requested", "started_by",
}  # fmt: skip


async def run_page(reads: Reads, filters: RunFilters, *, limit: int, cursor: str | None) -> Page[RunOut]:
    """One page of runs, newest first."""
    scope = ("letzshop_runs", msgspec.to_builtins(filters))
    before_id = decode_cursor(cursor, int, scope=scope)
    rows = await list_runs(reads, filters, before_id=before_id, limit=limit + 1)
    decoded = [{**row, "errors": _json(row["errors"]), "request": _json(row["request"])} for row in rows]
    return page_of(await _shown(reads, decoded), limit, lambda item: item.id, scope=scope)


async def one_run(reads: Reads, run: LetzshopRun) -> RunOut:
    """The run as the session has it, committed or not."""
    columns = [column.name for column in LetzshopRun.__table__.columns]
    (shown,) = await _shown(reads, [{name: getattr(run, name) for name in columns}])
    return shown


async def _shown(reads: Reads, rows: Sequence[Mapping[str, Any]]) -> list[RunOut]:  # Any: database values
    stores = await names_of_stores(reads, {row["store_id"] for row in rows})
    starters = {row["started_by_user_id"] for row in rows if row["started_by_user_id"] is not None}
    people = await names_of_users(reads, starters)
    return [
        RunOut(
            **{name: row[name] for name in _PLAIN},
            kind=RunKind(row["kind"]),
            status=RunStatus(row["status"]),
            store_name=stores.get(row["store_id"], ""),
            orders_processed=row["orders_created"] + row["orders_updated"] + row["orders_unchanged"],
            errors=msgspec.convert(row["errors"], list[RunError]),
            request=row["request"],
            cancel_requested=row["cancel_requested_at"] is not None,
            started_by=person(people, row["started_by_user_id"]),
        )
        for row in rows
    ]


def _json(text: str | None) -> Any:  # Any: JSON
    return None if text is None else msgspec.json.decode(text)
