from datetime import datetime
from typing import Annotated, Literal

import msgspec

from backend.core.fields import JsonObject
from backend.core.patterns import pattern

JobState = Literal["queued", "running", "done", "dead", "cancelled"]
_KIND = pattern(r"^[a-z0-9_.]+(?![\s\S])", "may hold small letters, digits, _ and .")
KindName = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=_KIND)]


class JobOut(msgspec.Struct):
    """`attempts` counts every start, `failures` those that count against the budget."""

    id: int
    kind: str
    state: JobState
    payload: JsonObject
    attempts: int
    failures: int
    last_error: str | None
    run_at: datetime
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
