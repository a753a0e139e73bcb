"""Which message explains a notification or an alert: a pure choice among those that were written about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backend.delivery.kinds import GOOD_NEWS, MessageKind

# Those that say what is wrong, to everybody who wants to hear it.
TELLING = (
    MessageKind.NOTIFICATION,
    MessageKind.ALERT_OPENED,
    MessageKind.ALERT_ESCALATED,
    MessageKind.ALERT_GREW,
    MessageKind.RETURNED,
    MessageKind.SILENCE_ENDING,
)


# Of so many messages the deliveries are shown.
MOST_CONCERNED = 20


class Written(NamedTuple):
    """A message, without what it says."""

    id: int
    kind: MessageKind
    created_at: datetime
    notification_id: int | None


class Basis(NamedTuple):
    """`is_of_thread` is true for a notification that the alert's thread had told of in other words."""

    message: Written
    is_of_thread: bool = False


def basis_of_alert(messages: Sequence[Written]) -> Basis | None:
    """The newest that told of it; `messages` are oldest first."""
    telling = _telling(messages)
    return Basis(telling[-1]) if telling else None


def basis_of_notification(messages: Sequence[Written], *, notification_id: int, created_at: datetime) -> Basis | None:
    """Its own newest, else what its alert's thread had told when it rang, else what the thread told next."""
    own = _telling([message for message in messages if message.notification_id == notification_id])
    if own:
        return Basis(own[-1])
    before = [message for message in messages if message.created_at <= created_at]
    # The end of an alert does not tell of one that rang again.
    said = [message for message in before if message.kind in TELLING or message.kind in GOOD_NEWS]
    if said and said[-1].kind in TELLING:
        return Basis(said[-1], is_of_thread=True)
    after = _telling(messages[len(before) :])
    return Basis(after[0], is_of_thread=True) if after else None


def concerned(messages: Sequence[Written], basis: Basis, *, notification_id: int | None) -> list[Written]:
    """Whose deliveries belong to the answer, the newest of them: the notification's own and later escalations.

    All of the thread's for an alert, and for a notification that the thread had told of.
    """
    if basis.is_of_thread or notification_id is None:
        others = [message for message in messages if message.id != basis.message.id]
    else:
        others = [message for message in messages if _follows(message, basis, notification_id)]
    return sorted([basis.message, *others[1 - MOST_CONCERNED :]])


def _follows(message: Written, basis: Basis, notification_id: int) -> bool:
    is_escalation = message.kind is MessageKind.ESCALATION and message.id > basis.message.id
    return message.id != basis.message.id and (message.notification_id == notification_id or is_escalation)


def _telling(messages: Sequence[Written]) -> list[Written]:
    return [message for message in messages if message.kind in TELLING]
