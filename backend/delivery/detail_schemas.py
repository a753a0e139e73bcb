from datetime import datetime

import msgspec

from backend.core.roles import Role
from backend.delivery.digest_window import Frequency
from backend.delivery.kinds import Channel
from backend.notifications import Priority


class DetailArgsOut(msgspec.Struct):
    """What a reason is about, see DetailArgs; null is what its sentence does not name, and a name that is gone."""

    channel: Channel | None
    category: str | None
    store_id: int | None
    store_name: str | None
    merchant_id: int | None
    merchant_name: str | None
    threshold: Priority | None
    priority: Priority | None
    role: Role | None
    frequency: Frequency | None
    silence_id: int | None
    comment: str | None
    until: datetime | None
    at: datetime | None
    factor: int | None
    step: int | None
    tries: int | None
    title: str | None
    name: str | None
