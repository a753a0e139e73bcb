"""What an alert is to silences and preferences: the same for planning, escalation and the preview of a silence.

Readers know an alert by its own type and words, and by those of the notification that rang for it: the bell shows the
one, alerts and mails the other. A silence that names either means the alert.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from backend.delivery.kinds import PRIORITY_RANK
from backend.delivery.levels import priority_of, priority_of_severity
from backend.delivery.silence_matching import Subject
from backend.notifications import Priority, Rung

_NOWHERE: Mapping[int, int | None] = MappingProxyType({})


class AnAlert(Protocol):
    @property
    def alert_type(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...


def subject_of_alert(alert: AnAlert, rung: Rung | None, stores: Mapping[int, int | None] = _NOWHERE) -> Subject:
    """`rung` is the newest notification that rang for it, `stores` those that it is still about."""
    told = Subject(
        category=alert.alert_type,
        priority=priority_of_severity(alert.severity),
        title=alert.title,
        message=alert.description,
        stores=stores,
    )
    if rung is None:
        return told
    return told._replace(
        category=rung.type,
        priority=_higher(priority_of_severity(alert.severity), priority_of(rung.priority)),
        also_types=frozenset({alert.alert_type}),
        also_texts=(rung.title, rung.message),
    )


def _higher(one: Priority, other: Priority) -> Priority:
    return max(one, other, key=PRIORITY_RANK.__getitem__)
