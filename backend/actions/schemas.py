from datetime import datetime

import msgspec

from backend.actions.result import ActionStatus
from backend.auth import Person
from backend.notifications import ActionKind


class ActionRunOut(msgspec.Struct):
    """`result` is a sentence: what was started, which `import_id` or `letzshop_run_id` names, then how that ended."""

    id: int
    notification_id: int
    alert_id: int | None
    kind: ActionKind
    target: dict[str, int]
    status: ActionStatus
    import_id: int | None
    letzshop_run_id: int | None
    result: str | None
    started_by: Person | None
    created_at: datetime
    completed_at: datetime | None
