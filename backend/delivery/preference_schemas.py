from datetime import datetime
from typing import Annotated, Literal

import msgspec

from backend.core.fields import Line
from backend.delivery.destination_schemas import Address
from backend.delivery.digest_window import Digest, Frequency
from backend.delivery.precondition import ReadAt
from backend.delivery.preferences import Language, Matrix, Override, Threshold
from backend.delivery.quiet_hours import QuietHours

# Only read: what somebody sends of it is whatever they read.
Unheard = object


class OverrideIn(Override, frozen=True, forbid_unknown_fields=True):
    """Exactly one of `store_id` and `merchant_id`; without a category for all of them."""


class QuietHoursIn(QuietHours, frozen=True, forbid_unknown_fields=True):
    """From `start` to `end` by the person's own clock; `weekdays` are those on which it begins."""


class DigestIn(Digest, frozen=True, forbid_unknown_fields=True):
    """When a digest is due by the person's own clock; `weekday` counts for weekly ones only."""


class PreferencesIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole document: what is absent takes its default, but for `chat_url`, which stays; null removes that.

    `matrix` goes from category to channel to the least priority: `low`, `normal`, `high`, `critical` or `never`.
    With the `updated_at` that was read, null too, it is refused when they have changed since. `user_id`, `email` and
    `chat` may come along as they were read, and change nothing.
    """

    language: Language = Language.EN
    timezone: Line | msgspec.UnsetType = msgspec.UNSET
    # Plain text, so that what is wrong is named by its category and channel.
    matrix: dict[str, dict[str, str]] = {}
    overrides: Annotated[list[OverrideIn], msgspec.Meta(max_length=200)] = []
    quiet_hours: QuietHoursIn = msgspec.field(default_factory=QuietHoursIn)
    digest: DigestIn = msgspec.field(default_factory=DigestIn)
    # An Apprise URL. Nobody gets to see it again, so that it cannot be sent back.
    chat_url: Address | msgspec.UnsetType | None = msgspec.UNSET
    updated_at: ReadAt = msgspec.UNSET
    user_id: Unheard = msgspec.UNSET
    email: Unheard = msgspec.UNSET
    chat: Unheard = msgspec.UNSET


class OverrideOut(msgspec.Struct):
    channel: Literal["email", "chat"]
    min_priority: Threshold
    store_id: int | None
    merchant_id: int | None
    category: str | None


class QuietHoursOut(msgspec.Struct):
    is_on: bool
    start: str
    end: str
    weekdays: list[int]
    critical_ignores: bool


class DigestOut(msgspec.Struct):
    frequency: Frequency
    at: str
    weekday: int


class ChannelState(msgspec.Struct, kw_only=True):
    """How a person's own address does; it `is_enabled` unless something switched it off (`disabled_reason`).

    `failing_since` is null once a message arrived; `last_error` is what was said last, with the receiver's own words.
    """

    is_enabled: bool
    disabled_at: datetime | None
    # `bounced`, `gone` or `failing` (switching.Off).
    disabled_reason: str | None
    failing_since: datetime | None
    last_error: str | None
    last_success_at: datetime | None


class PersonalEmail(ChannelState, kw_only=True):
    """The account's own address; nothing leaves for it while no mail server is set up."""

    address: str
    has_mail_server: bool


class PersonalChat(ChannelState, kw_only=True):
    """Without an address nothing else of it counts."""

    is_set: bool
    shown_address: str | None


class DocumentOut(msgspec.Struct):
    language: Language
    timezone: str
    matrix: Matrix
    overrides: list[OverrideOut]
    quiet_hours: QuietHoursOut
    digest: DigestOut


class PreferencesOut(DocumentOut):
    """`updated_at` is null for who never chose anything: these are the defaults."""

    user_id: int
    email: PersonalEmail
    chat: PersonalChat
    updated_at: datetime | None
