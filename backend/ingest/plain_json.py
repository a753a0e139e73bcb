"""Plain JSON: `{"alerts": [...]}`, or one alert alone, for whatever can send a POST."""

from typing import Annotated

import msgspec

from backend.alerts import AlertType, Severity
from backend.core.errors import InvalidInputError
from backend.core.fields import Id, JsonObject, Line, Text
from backend.core.patterns import NO_CONTROL
from backend.core.validation import field_error
from backend.ingest.signal import Reading, Signal, SignalFailure, SignalState

SOURCE = "plain JSON"
MOST_ALERTS = 1_000

_Key = Annotated[str, msgspec.Meta(min_length=1, max_length=255, pattern=NO_CONTROL)]
_Code = Annotated[str, msgspec.Meta(min_length=1, max_length=50, pattern=NO_CONTROL)]
_Systems = Annotated[list[Line], msgspec.Meta(max_length=100)]


class PlainAlertIn(msgspec.Struct, forbid_unknown_fields=True):
    """A firing alert needs key and title, a resolved one its key only."""

    dedup_key: _Key
    state: SignalState = SignalState.FIRING
    alert_type: AlertType = AlertType.SYSTEM
    severity: Severity = Severity.ERROR
    title: Line | None = None
    description: Text = ""
    store_id: Id | None = None
    store_code: _Code | None = None
    systems: _Systems = []


def read(body: JsonObject) -> Reading:
    """Up to 1,000 alerts, each validated alone; one that comes alone is refused as a whole."""
    if "alerts" not in body:
        return Reading(signals=[_signal(body)])
    reading = Reading(signals=[], failed=[])
    for index, item in enumerate(_items(body)):
        try:
            reading.signals.append(_signal(item))
        except InvalidInputError as error:
            reading.failed.append(SignalFailure(index=index, code=error.code, detail=error.detail))
    return reading


def _items(body: JsonObject) -> list[object]:
    if unknown := sorted(body.keys() - {"alerts"}):
        raise InvalidInputError.field(unknown[0][:100], "does not belong beside alerts")
    items = body["alerts"]
    if not isinstance(items, list) or not 0 < len(items) <= MOST_ALERTS:
        raise InvalidInputError.field("alerts", f"a list of 1 to {MOST_ALERTS} alerts")
    return items


def _signal(item: object) -> Signal:
    alert = _validated(item)
    if alert.state is SignalState.FIRING and alert.title is None:
        raise InvalidInputError.field("title", "needed while the alert fires")
    if alert.store_id is not None and alert.store_code is not None:
        raise InvalidInputError.field("store_code", "either this or store_id")
    return Signal(
        source=SOURCE,
        state=alert.state,
        # A key is the senders' own: with it, nothing is touched that others have raised.
        dedup_key=f"json:{alert.dedup_key}",
        alert_type=alert.alert_type,
        severity=alert.severity,
        title=alert.title or "",
        description=alert.description,
        store_ids=() if alert.store_id is None else (alert.store_id,),
        store_codes=() if alert.store_code is None else (alert.store_code,),
        systems=tuple(alert.systems),
    )


def _validated(item: object) -> PlainAlertIn:
    try:
        # As lenient as the routes for alerts are, where "7" may stand for 7.
        return msgspec.convert(item, PlainAlertIn, strict=False)
    except msgspec.ValidationError as error:
        wrong = field_error(str(error))
        detail = wrong.message if wrong.path == "body" else f"{wrong.path}: {wrong.message}"
        raise InvalidInputError(detail, errors=(wrong,)) from error
