"""What was decided about one recipient and one channel, and why: kept with the message, for whoever asks later."""

from datetime import datetime
from typing import Self

import msgspec

from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.kinds import Channel, Decision, Reason


class Verdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`detail` says the reason in English; `at` is when a message that is held may go.

    `user_id` is None for a shared destination, `destination_id` for a person who has no such channel. Those of the
    first releases have no `detail_code`.
    """

    channel: Channel
    decision: Decision
    reason: Reason
    detail: str
    detail_code: DetailCode | None = None
    detail_args: DetailArgs = DetailArgs()
    user_id: int | None = None
    destination_id: int | None = None
    at: datetime | None = None

    def turned(self, decision: Decision, reason: Reason, detail: Detail, at: datetime | None = None) -> Self:
        """What came of it afterwards, for the same recipient and channel."""
        return msgspec.structs.replace(
            self,
            decision=decision,
            reason=reason,
            detail=detail.text,
            detail_code=detail.code,
            detail_args=detail.args,
            at=at,
        )


def verdict(
    detail: Detail,
    *,
    channel: Channel,
    decision: Decision,
    reason: Reason,
    user_id: int | None = None,
    destination_id: int | None = None,
    at: datetime | None = None,
) -> Verdict:
    """A verdict with its reason's code and sentence."""
    return Verdict(
        channel=channel,
        decision=decision,
        reason=reason,
        detail=detail.text,
        detail_code=detail.code,
        detail_args=detail.args,
        user_id=user_id,
        destination_id=destination_id,
        at=at,
    )
