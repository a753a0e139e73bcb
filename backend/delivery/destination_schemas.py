from datetime import datetime
from typing import Annotated

import msgspec

from backend.core.fields import Id, Line
from backend.core.patterns import pattern
from backend.delivery.kinds import Channel, DeliveryStatus
from backend.delivery.preferences import Language
from backend.notifications import Priority

_ADDRESS = pattern(r"^[^\x00-\x20\x7f-\x9f]+(?![\s\S])", "must be one address, without spaces")
# One line: an http(s) URL, an Apprise URL or an e-mail address, by the kind.
Address = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000, pattern=_ADDRESS)]
Types = Annotated[list[Annotated[str, msgspec.Meta(max_length=100)]], msgspec.Meta(max_length=100)]
StoreIds = Annotated[list[Id], msgspec.Meta(max_length=1_000)]


class DestinationIn(msgspec.Struct, forbid_unknown_fields=True):
    """`types` are those of notifications and alerts; empty, they and `store_ids` limit nothing."""

    kind: Channel
    name: Line
    url: Address
    types: Types = []
    min_priority: Priority = Priority.LOW
    store_ids: StoreIds = []
    language: Language = Language.EN


class DestinationPatch(msgspec.Struct, forbid_unknown_fields=True):
    """An absent field stays; the signing secret stays in any case."""

    name: Line | msgspec.UnsetType = msgspec.UNSET
    url: Address | msgspec.UnsetType = msgspec.UNSET
    types: Types | msgspec.UnsetType = msgspec.UNSET
    min_priority: Priority | msgspec.UnsetType = msgspec.UNSET
    store_ids: StoreIds | msgspec.UnsetType = msgspec.UNSET
    language: Language | msgspec.UnsetType = msgspec.UNSET
    is_enabled: bool | msgspec.UnsetType = msgspec.UNSET


class DestinationOut(msgspec.Struct):
    """`shown_address` is the address without what gives access to it; `probe_at` is when one that fails is tried."""

    id: int
    kind: Channel
    name: str
    shown_address: str
    types: list[str]
    min_priority: Priority
    store_ids: list[int]
    language: str
    is_enabled: bool
    disabled_at: datetime | None
    disabled_reason: str | None
    failing_since: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    opened_at: datetime | None
    probe_at: datetime | None
    previous_secret_until: datetime | None
    created_by_user_id: int | None
    created_at: datetime
    updated_at: datetime


class ShownDestinationOut(DestinationOut):
    """With a webhook's signing secret, shown this once."""

    secret: str | None


class DestinationTestOut(msgspec.Struct):
    """It is sent within a moment; `/deliveries/{id}` says how that went."""

    delivery_id: int
    status: DeliveryStatus
