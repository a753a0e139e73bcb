"""Row issues as a CSV file that is safe to open in a spreadsheet."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import asyncpg
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Operation, Schema
from litestar.openapi.spec.enums import OpenAPIType

from backend.catalog.repository import list_issues
from backend.catalog.row_issue import IssueSeverity
from backend.db.reads import Reads

COLUMNS = ("row_number", "severity", "code", "field", "message", "raw")
_BATCH = 1_000
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(cell: str) -> str:
    """The cell with an apostrophe in front when a spreadsheet would run it."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


async def issues_csv(reads: Reads, import_id: int, severities: Sequence[IssueSeverity]) -> AsyncIterator[str]:
    """The file in pieces; no connection is held between them."""
    yield "\ufeff" + _lines([COLUMNS])
    after = (0, 0)
    while rows := await list_issues(reads, import_id, severities, after=after, limit=_BATCH):
        yield _lines([_cells(row) for row in rows])
        after = (rows[-1]["row_number"], rows[-1]["id"])


@dataclass
class ListIssuesOperation(Operation):
    """The second media type of the answer in the OpenAPI document."""

    def __post_init__(self) -> None:
        answer = (self.responses or {}).get("200")
        if isinstance(answer, OpenAPIResponse) and answer.content is not None:
            answer.content["text/csv"] = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))


def _cells(row: asyncpg.Record) -> list[str]:
    return [str(row["row_number"]), *(defused(str(row[name] or "")) for name in COLUMNS[1:])]


def _lines(rows: Sequence[Sequence[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
