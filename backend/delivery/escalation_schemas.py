from datetime import datetime
from typing import Annotated

import msgspec

from backend.core.fields import Id
from backend.delivery.named import Named
from backend.delivery.precondition import ReadAt

# A week: who has not looked by then will not be woken by one more message.
_LONGEST = 7 * 24 * 60
_MOST_STEPS = 10


class StepIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to tell when nobody has acknowledged the alert so many minutes after it became critical."""

    after_minutes: Annotated[int, msgspec.Meta(ge=1, le=_LONGEST)]
    user_ids: Annotated[list[Id], msgspec.Meta(max_length=50)] = []
    destination_ids: Annotated[list[Id], msgspec.Meta(max_length=50)] = []


class EscalationIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole policy; without steps nothing is passed on.

    With the `updated_at` that was read, null too, it is refused when it has changed since.
    """

    steps: Annotated[list[StepIn], msgspec.Meta(max_length=_MOST_STEPS)]
    updated_at: ReadAt = msgspec.UNSET


class StepOut(msgspec.Struct):
    after_minutes: int
    people: list[Named]
    destinations: list[Named]


class EscalationOut(msgspec.Struct):
    """`updated_at` is null while there are no steps."""

    steps: list[StepOut]
    updated_at: datetime | None
