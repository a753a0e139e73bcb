from datetime import datetime

import msgspec

from backend.core.fields import JsonObject


class AuditEntryOut(msgspec.Struct):
    id: int
    at: datetime
    actor_kind: str
    actor_id: int | None
    actor_name: str
    action: str
    target: str | None
    outcome: str
    address: str | None
    request_id: str | None
    detail: JsonObject
