"""Severities and priorities of rows, also of those that another version wrote: what is not known is not the least."""

from backend.alerts import Severity
from backend.delivery.kinds import PRIORITY_OF
from backend.notifications import Priority

_UNKNOWN_SEVERITY = Severity.ERROR
UNKNOWN_PRIORITY = Priority.NORMAL

_SEVERITIES = {severity.value: severity for severity in Severity}
_PRIORITIES = {priority.value: priority for priority in Priority}


def severity_of(text: str) -> Severity:
    return _SEVERITIES.get(text, _UNKNOWN_SEVERITY)


def priority_of(text: str) -> Priority:
    return _PRIORITIES.get(text, UNKNOWN_PRIORITY)


def priority_of_severity(text: str) -> Priority:
    """That of an alert."""
    return PRIORITY_OF[severity_of(text)]
