"""Imports and their row issues as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from backend.auth import names_of_users, person
from backend.catalog.import_outcome import ImportStatus
from backend.catalog.models import ImportJob
from backend.catalog.repository import ImportFilters, list_imports, list_issues
from backend.catalog.row_issue import IssueSeverity
from backend.catalog.schemas import ImportOut, RowIssueOut
from backend.core.paging import Page, decode_cursor, page_of
from backend.db.reads import Reads
from backend.tenancy import names_of_stores

# Columns of the row that are shown under their own name.
_PLAIN = {field.name for field in msgspec.structs.fields(ImportOut)} - {
    "status", "store_name", "progress", "cancel_requested", "can_retry", "started_by",
}  # fmt: skip


async def import_page(reads: Reads, filters: ImportFilters, *, limit: int, cursor: str | None) -> Page[ImportOut]:
    """One page of imports, newest first."""
    scope = ("imports", msgspec.to_builtins(filters))
    before_id = decode_cursor(cursor, int, scope=scope)
    rows = await list_imports(reads, filters, before_id=before_id, limit=limit + 1)
    items = await _shown(reads, [dict(row) for row in rows])
    return page_of(items, limit, lambda item: item.id, scope=scope)


async def one_import(reads: Reads, job: ImportJob) -> ImportOut:
    """The import as the session has it, committed or not."""
    columns = [column.name for column in ImportJob.__table__.columns]
    (shown,) = await _shown(reads, [{name: getattr(job, name) for name in columns}])
    return shown


async def issue_page(
    reads: Reads, import_id: int, severities: Sequence[IssueSeverity], *, limit: int, cursor: str | None
) -> Page[RowIssueOut]:
    """One page of an import's row issues, by row."""
    scope = ("import_errors", import_id, sorted(severities))
    after = decode_cursor(cursor, tuple[int, int], scope=scope) or (0, 0)
    rows = await list_issues(reads, import_id, severities, after=after, limit=limit + 1)
    items = [
        RowIssueOut(
            row_number=row["row_number"],
            severity=IssueSeverity(row["severity"]),
            code=row["code"],
            field=row["field"],
            message=row["message"],
            raw=msgspec.json.decode(row["raw"]),
        )
        for row in rows
    ]
    positions = {id(item): (row["row_number"], row["id"]) for item, row in zip(items, rows, strict=True)}
    return page_of(items, limit, lambda item: positions[id(item)], scope=scope)


async def _shown(reads: Reads, rows: Sequence[Mapping[str, Any]]) -> list[ImportOut]:  # Any: database values
    stores = await names_of_stores(reads, {row["store_id"] for row in rows})
    starters = {row["started_by_user_id"] for row in rows if row["started_by_user_id"] is not None}
    people = await names_of_users(reads, starters)
    return [
        ImportOut(
            **{name: row[name] for name in _PLAIN},
            status=ImportStatus(row["status"]),
            store_name=stores.get(row["store_id"], ""),
            progress=_progress(row),
            cancel_requested=row["cancel_requested_at"] is not None,
            can_retry=ImportStatus(row["status"]).is_finished
            and (row["source_url"] is not None or row["size_bytes"] is not None),
            started_by=person(people, row["started_by_user_id"]),
        )
        for row in rows
    ]


def _progress(row: Mapping[str, Any]) -> float:  # Any: database values
    if row["total_rows"] is not None:
        return 1.0
    return min(1.0, round(row["processed_bytes"] / row["size_bytes"], 3)) if row["size_bytes"] else 0.0
