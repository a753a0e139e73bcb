from datetime import datetime
from typing import Annotated

import msgspec

from backend.auth import Person
from backend.core.fields import JsonObject, Line, WebAddress
from backend.core.patterns import pattern
from backend.letzshop.run_kinds import RunKind, RunStatus

# It travels in a header.
_PRINTABLE = pattern(r"^[\x21-\x7e]+(?![\s\S])", "must be printable ASCII without spaces")
ApiKey = Annotated[str, msgspec.Meta(min_length=4, max_length=500, pattern=_PRINTABLE)]
Interval = Annotated[int, msgspec.Meta(ge=1, le=1440)]  # minutes
UnitId = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class CredentialsIn(msgspec.Struct, forbid_unknown_fields=True):
    """Without `api_key` the stored one stays; without `endpoint_url` it is the installation's."""

    api_key: ApiKey | None = None
    endpoint_url: WebAddress | None = None
    sync_interval_minutes: Interval = 15
    auto_sync_enabled: bool = True
    default_carrier: Line | None = None


class CredentialsOut(msgspec.Struct):
    """The key never comes back, only its last four characters; fewer of a key with less than eight."""

    store_id: int
    endpoint_url: str
    api_key_last4: str
    sync_interval_minutes: int
    auto_sync_enabled: bool
    default_carrier: str | None
    connected_at: datetime
    last_sync_at: datetime | None
    last_success_at: datetime | None
    last_status: RunStatus | None
    last_error: str | None
    next_sync_at: datetime | None


class RunError(msgspec.Struct):
    shipment_id: str | None
    message: str


class RunOut(msgspec.Struct):
    """A run; `page` counts within its `phase`, `errors` are the first of what could not be taken.

    An export counts its products in `shipments_fetched`; `request` has its `language`.
    """

    id: int
    kind: RunKind
    store_id: int
    store_name: str
    status: RunStatus
    phase: str | None
    page: int
    shipments_fetched: int
    orders_created: int
    orders_updated: int
    orders_unchanged: int
    orders_processed: int
    error_count: int
    errors: list[RunError]
    error_message: str | None
    order_id: int | None
    request: JsonObject | None
    is_on_demand: bool
    cancel_requested: bool
    started_by: Person | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None


class ConfirmIn(msgspec.Struct, forbid_unknown_fields=True):
    """Unit ids; when neither is given, all units of the order are available."""

    available: list[UnitId] = []
    unavailable: list[UnitId] = []


class TrackingIn(msgspec.Struct, forbid_unknown_fields=True):
    provider: Line
    number: Line
