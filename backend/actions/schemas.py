from datetime import datetime

import msgspec

from backend.actions.service import ActionStatus
from backend.auth import Person
from backend.notifications import ActionKind


class ActionRunOut(msgspec.Struct):
    """`result` is a sentence, once the action has ended."""

    id: int
    notification_id: int
    alert_id: int | None
    kind: ActionKind
    target: dict[str, int]
    status: ActionStatus
    result: str | None
    started_by: Person | None
    created_at: datetime
    completed_at: datetime | None
