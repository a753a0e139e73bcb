"""What was decided about one recipient and one channel, and why: kept with the message, for whoever asks later."""

from datetime import datetime

import msgspec

from backend.delivery.kinds import Channel, Decision, Reason


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """`detail` says the reason in words; `at` is when a message that is held may go.

    `user_id` is None for a shared destination, `destination_id` for a person who has no such channel.
    """

    channel: Channel
    decision: Decision
    reason: Reason
    detail: str
    user_id: int | None = None
    destination_id: int | None = None
    at: datetime | None = None
