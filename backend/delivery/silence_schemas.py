from datetime import datetime
from typing import Annotated, Literal

import msgspec

from backend.auth import Person
from backend.core.fields import Id, Line, NonEmptyText, Text
from backend.delivery.named import Named
from backend.delivery.silence_terms import SilenceState
from backend.notifications import Priority

Time = Annotated[datetime, msgspec.Meta(tz=True)]
_Ids = Annotated[list[Id], msgspec.Meta(max_length=1_000)]


class MatchersIn(msgspec.Struct, forbid_unknown_fields=True):
    """Alternatives within a list, all fields together; empty takes everything, but not all of them may be."""

    store_ids: _Ids = []
    merchant_ids: _Ids = []
    types: Annotated[list[Line], msgspec.Meta(max_length=100)] = []
    priorities: list[Priority] = []
    text: Line | None = None


class SilenceIn(msgspec.Struct, forbid_unknown_fields=True):
    """It starts now when `starts_at` is left out."""

    matchers: MatchersIn
    ends_at: Time
    comment: NonEmptyText
    starts_at: Time | None = None


class SilencePreviewIn(msgspec.Struct, forbid_unknown_fields=True):
    """The same as to make one; only the matchers count."""

    matchers: MatchersIn
    ends_at: Time | None = None
    comment: Text = ""
    starts_at: Time | None = None


class MatchersOut(msgspec.Struct):
    store_ids: list[int]
    merchant_ids: list[int]
    types: list[str]
    priorities: list[str]
    text: str | None


class SilenceOut(msgspec.Struct):
    """`ended_at` is when somebody ended it before its time; names of stores that are gone are left out."""

    id: int
    matchers: MatchersOut
    starts_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    state: SilenceState
    comment: str
    created_by: Person | None
    ended_by: Person | None
    store_names: list[Named]
    merchant_names: list[Named]
    created_at: datetime


class SilenceExampleOut(msgspec.Struct):
    id: int
    kind: Literal["notification", "alert"]
    title: str
    priority: str
    # Of an alert over several stores there is none.
    store_name: str | None
    created_at: datetime


class SilencePreviewOut(msgspec.Struct):
    """`matching_now` is unread notifications and open alerts; criticals are those of now and of the 30 days.

    `is_complete` is false when there was more than is looked at: then the numbers are lower bounds.
    """

    matching_now: int
    matching_last_30_days: int
    criticals_hidden: int
    is_complete: bool
    examples: list[SilenceExampleOut]
