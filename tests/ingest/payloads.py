"""What the protocols send, as their documents show it; a test changes what it is about."""

from typing import Any

Json = dict[str, Any]  # Any: JSON


def prometheus_alert(number: int = 1, **fields: Any) -> Json:  # Any: JSON
    """One alert as Alertmanager writes it; `labels` and `annotations` are added to the usual ones."""
    labels = {
        "alertname": "HighRequestLatency",
        "instance": f"web-{number}.example:9100",
        "job": "node",
        "service": "checkout",
        "severity": "warning",
    }
    annotations = {
        "summary": f"Requests on web-{number} are slow",
        "description": "The 95th percentile is above 2 s for 10 minutes.",
        "runbook_url": "https://runbooks.example/latency",
    }
    return {
        "status": "firing",
        "startsAt": "2026-11-20T08:12:31.123Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus.example:9090/graph?g0.expr=latency+%3E+2&g0.tab=1",
        "fingerprint": f"{number:016x}",
        **fields,
        "labels": labels | fields.get("labels", {}),
        "annotations": annotations | fields.get("annotations", {}),
    }


def group(*alerts: Json, **fields: Any) -> Json:  # Any: JSON
    """The body of Alertmanager's webhook, version 4."""
    return {
        "receiver": "tocsin",
        "status": "firing",
        "alerts": list(alerts),
        "groupLabels": {"alertname": "HighRequestLatency"},
        "commonLabels": {"alertname": "HighRequestLatency", "job": "node"},
        "commonAnnotations": {"runbook_url": "https://runbooks.example/latency"},
        "externalURL": "http://alertmanager.example:9093",
        "version": "4",
        "groupKey": '{}:{alertname="HighRequestLatency"}',
        "truncatedAlerts": 0,
    } | fields


def resolved(alert: Json) -> Json:
    return alert | {"status": "resolved", "endsAt": "2026-11-20T09:02:11.5Z"}


def plain(key: str = "backup", **fields: Any) -> Json:  # Any: JSON
    return {"dedup_key": key, "title": "The backup did not run"} | fields
