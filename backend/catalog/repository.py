"""Imports and their row issues in the database: what a run writes, and what the lists read."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import asyncpg
import msgspec
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog.models import ImportJob, ImportRowIssue
from backend.catalog.raw_connection import raw_connection
from backend.catalog.row_issue import IssueSeverity, RowIssue
from backend.db.reads import Reads

# Of each severity so many are kept with their rows; the counts go on.
MOST_ISSUES_KEPT = 100_000
_ISSUE_COLUMNS = ("job_id", "row_number", "severity", "code", "field", "message", "raw")


class ImportFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Sets are alternatives, fields are joined by and; `until` is exclusive."""

    store_id: tuple[int, ...] = ()
    status: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


async def locked(session: AsyncSession, import_id: int) -> ImportJob | None:
    """The import as it is now, held until the transaction ends."""
    found: ImportJob | None = await session.scalar(
        select(ImportJob).where(ImportJob.id == import_id).with_for_update().execution_options(populate_existing=True)
    )
    return found


async def keep_issues(session: AsyncSession, job: ImportJob, issues: Sequence[RowIssue]) -> None:
    """Store row issues, up to what is kept, and count all of them in the job."""
    kept: list[tuple[object, ...]] = []
    for severity, counted in ((IssueSeverity.ERROR, job.error_count), (IssueSeverity.WARNING, job.warning_count)):
        room = max(0, MOST_ISSUES_KEPT - counted)
        kept += islice(((job.id, *issue) for issue in issues if issue.severity is severity), room)
    errors = sum(issue.severity is IssueSeverity.ERROR for issue in issues)
    job.error_count += errors
    job.warning_count += len(issues) - errors
    if kept:
        connection = await raw_connection(session)
        await connection.copy_records_to_table(ImportRowIssue.__tablename__, records=kept, columns=_ISSUE_COLUMNS)


async def forget_issues(session: AsyncSession, import_id: int) -> None:
    await session.execute(delete(ImportRowIssue).where(ImportRowIssue.job_id == import_id))


_LIST = """
    select * from import_jobs
    where ($1::bigint[] is null or store_id = any($1))
      and ($2::text[] is null or status = any($2))
      and ($3::text[] is null or language = any($3))
      and ($4::timestamptz is null or created_at >= $4)
      and ($5::timestamptz is null or created_at < $5)
      and ($6::bigint is null or id < $6)
    order by id desc limit $7
"""
_ISSUES = """
    select id, row_number, severity, code, field, message, raw from import_errors
    where job_id = $1 and ($2::text[] is null or severity = any($2)) and (row_number, id) > ($3, $4)
    order by row_number, id limit $5
"""


async def list_imports(
    reads: Reads, filters: ImportFilters, *, before_id: int | None, limit: int
) -> list[asyncpg.Record]:
    """Newest first."""
    return await reads.fetch(
        _LIST,
        list(filters.store_id) or None,
        list(filters.status) or None,
        list(filters.language) or None,
        filters.since,
        filters.until,
        before_id,
        limit,
    )


async def list_issues(
    reads: Reads, import_id: int, severities: Sequence[str], *, after: tuple[int, int], limit: int
) -> list[asyncpg.Record]:
    """By row; `after` is a row number and an issue's id."""
    return await reads.fetch(_ISSUES, import_id, list(severities) or None, *after, limit)
