"""Prometheus Alertmanager: the body of its webhook, version 4. Labels are the identity of an alert."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from backend.alerts import AlertType, Severity
from backend.core.fields import MOST_LINE, one_line, storable
from backend.ingest.signal import Reading, Signal, SignalState

SOURCE = "Alertmanager"

_SEVERITIES = {
    "critical": Severity.CRITICAL,
    "page": Severity.CRITICAL,
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "none": Severity.INFO,
}
_SYSTEM_LABELS = ("service", "job", "instance")
_MOST_STORE_DIGITS = 18
# Characters of a description's own words, so that its links always have room.
_MOST_WORDS = 6_000
_MOST_LINK = 1_000


class AlertmanagerAlertIn(msgspec.Struct):
    """One alert of a group. What is not listed here is allowed and not looked at."""

    status: SignalState
    labels: dict[str, str]
    annotations: dict[str, str] = {}
    generator_url: str = msgspec.field(name="generatorURL", default="")
    fingerprint: str = ""


class AlertmanagerIn(msgspec.Struct):
    """A group of alerts. What is not listed here is allowed and not looked at: the format grows."""

    alerts: list[AlertmanagerAlertIn]
    version: Literal["4"] = "4"
    group_key: str = msgspec.field(name="groupKey", default="")
    truncated_alerts: Annotated[int, msgspec.Meta(ge=0)] = msgspec.field(name="truncatedAlerts", default=0)
    receiver: str = ""
    external_url: str = msgspec.field(name="externalURL", default="")


def read(body: AlertmanagerIn) -> Reading:
    """Each alert as a signal, and one more on whether the group came whole."""
    signals = [_signal(alert, body.external_url) for alert in body.alerts]
    return Reading(signals=[*signals, _wholeness(body)], truncated_count=body.truncated_alerts)


def _signal(alert: AlertmanagerAlertIn, external_url: str) -> Signal:
    labels = alert.labels
    store_ids, store_codes = _stores(labels)
    return Signal(
        source=SOURCE,
        state=alert.status,
        dedup_key=f"alertmanager:{alert.fingerprint or identity(labels)}",
        alert_type=_alert_type(labels),
        severity=severity_of(labels.get("severity", "")),
        title=_title(alert),
        description=_description(alert, external_url),
        store_ids=store_ids,
        store_codes=store_codes,
        systems=tuple(dict.fromkeys(name for label in _SYSTEM_LABELS if (name := _line(labels.get(label, ""))))),
    )


def identity(labels: Mapping[str, str]) -> str:
    """The same for the same labels, in whatever order they come."""
    return hashlib.sha256(msgspec.json.encode(sorted(labels.items()))).hexdigest()[:32]


def severity_of(label: str) -> Severity:
    """A missing label is an error; an unknown word says at least that somebody chose one, and is a warning."""
    word = label.strip().lower()
    return _SEVERITIES.get(word, Severity.WARNING) if word else Severity.ERROR


def _alert_type(labels: Mapping[str, str]) -> AlertType:
    word = labels.get("alert_type", "").strip().lower()
    return AlertType(word) if word in set(AlertType) else AlertType.SYSTEM


def _title(alert: AlertmanagerAlertIn) -> str:
    """The summary, else the alert's name and where it is."""
    if summary := _line(alert.annotations.get("summary", "")):
        return summary
    name = _line(alert.labels.get("alertname", "")) or "Alert without a name"
    place = _line(alert.labels.get("instance", "")) or _line(alert.labels.get("job", ""))
    return one_line(f"{name} ({place})" if place else name)


def _description(alert: AlertmanagerAlertIn, external_url: str) -> str:
    words = alert.annotations.get("description") or alert.annotations.get("message", "")
    links = (
        ("Runbook", alert.annotations.get("runbook_url", "")),
        ("Source", alert.generator_url),
        ("Alertmanager", external_url),
    )
    lines = [f"{name}: {storable(address, _MOST_LINK)}" for name, address in links if address]
    return "\n".join([storable(words, _MOST_WORDS), *lines] if words else lines)


def _stores(labels: Mapping[str, str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Ids as they are; all else may be a code, which is looked up later."""
    store_id, code = labels.get("store_id", "").strip(), _line(labels.get("store_code", ""))
    if store_id.isascii() and store_id.isdigit() and len(store_id) <= _MOST_STORE_DIGITS and int(store_id):
        return (int(store_id),), ((code,) if code else ())
    return (), tuple(name for name in dict.fromkeys((_line(store_id), code)) if name)


def _wholeness(body: AlertmanagerIn) -> Signal:
    """Fires while Alertmanager leaves out a part of this group, and is over with the next one that is whole."""
    left_out = body.truncated_alerts
    group = hashlib.sha256(msgspec.json.encode((body.receiver, body.group_key))).hexdigest()[:32]
    return Signal(
        source=SOURCE,
        state=SignalState.FIRING if left_out else SignalState.RESOLVED,
        dedup_key=f"alertmanager-group:{group}",
        severity=Severity.WARNING,
        title=f"Alertmanager left out {left_out} alerts",
        description=(
            f"Group: {storable(body.group_key, MOST_LINE)}\nReceiver: {storable(body.receiver, MOST_LINE)}\n"
            "Alerts that were left out are not open here, or do not heal. Raise max_alerts or make groups smaller."
        ),
        systems=("alertmanager",),
        is_counted=False,
    )


def _line(text: str) -> str:
    return one_line(text).strip()
