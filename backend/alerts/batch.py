"""A batch of occurrences: each item is validated alone, and a bad one is reported by its index."""

from collections.abc import Sequence

import msgspec

from backend.alerts.occurrence import Occurrence
from backend.alerts.schemas import AlertIn, BatchFailure
from backend.core.errors import InvalidInputError
from backend.core.validation import field_error


class ValidatedBatch(msgspec.Struct):
    valid: list[Occurrence]
    failed: list[BatchFailure]


def validated(items: Sequence[object], *, auto_generated: bool) -> ValidatedBatch:
    """The good items as occurrences, and why each of the others is not one."""
    batch = ValidatedBatch(valid=[], failed=[])
    for index, item in enumerate(items):
        try:
            # As lenient as the route for one alert is, where "7" may stand for 7.
            alert = msgspec.convert(item, AlertIn, strict=False)
        except msgspec.ValidationError as error:
            batch.failed.append(_failure(index, error))
        else:
            batch.valid.append(alert.occurrence(auto_generated=auto_generated))
    return batch


def _failure(index: int, error: Exception) -> BatchFailure:
    wrong = field_error(str(error))
    detail = wrong.message if wrong.path == "body" else f"{wrong.path}: {wrong.message}"
    return BatchFailure(index=index, code=InvalidInputError.code, detail=detail)
