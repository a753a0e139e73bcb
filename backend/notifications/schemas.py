from datetime import datetime
from typing import Annotated, Literal

import msgspec

from backend.auth import Person
from backend.core.fields import Id, JsonObject, Line, Text
from backend.notifications.actions import Action
from backend.notifications.kinds import NotificationType, Priority


class NotificationIn(msgspec.Struct, forbid_unknown_fields=True):
    type: NotificationType
    priority: Priority
    title: Line
    message: Text
    action_required: bool = False
    action_url: str | None = None
    notification_metadata: JsonObject = {}
    store_id: Id | None = None


class NotificationOut(msgspec.Struct):
    id: int
    type: str
    priority: str
    title: str
    message: str
    is_read: bool
    read_at: datetime | None
    read_by_user_id: int | None
    read_by: Person | None
    action_required: bool
    action_url: str | None
    notification_metadata: JsonObject
    store_id: int | None
    store_name: str | None
    alert_id: int | None
    # What can be run about it; `open_exceptions` leads to a page.
    actions: list[Action]
    settled_at: datetime | None
    settled_reason: str | None
    deleted_at: datetime | None
    snoozed_until: datetime | None
    snoozed_by: Person | None
    # When a snooze ended last.
    returned_at: datetime | None
    created_at: datetime
    updated_at: datetime


class RecentOut(msgspec.Struct):
    items: list[NotificationOut]
    unread_count: int
    new_count: int


class PriorityCounts(msgspec.Struct):
    critical: int
    high: int
    normal: int
    low: int


class UnreadCountOut(msgspec.Struct):
    unread_count: int
    by_priority: PriorityCounts


class MarkAllIn(msgspec.Struct, forbid_unknown_fields=True):
    up_to_id: Id | None = None
    priority: Priority | None = None
    type: NotificationType | None = None
    store_id: Id | None = None


class MarkedOut(msgspec.Struct):
    marked_count: int


class SeenIn(msgspec.Struct, forbid_unknown_fields=True):
    up_to_id: Id


class SeenOut(msgspec.Struct):
    last_seen_id: int


class BulkIn(msgspec.Struct, forbid_unknown_fields=True):
    ids: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=1_000)]
    action: Literal["read", "unread", "delete"]


class BulkFailure(msgspec.Struct):
    id: int
    code: str


class BulkOut(msgspec.Struct):
    done_count: int
    failed: list[BulkFailure]
