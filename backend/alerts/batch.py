"""A batch of occurrences: each item is validated alone, and a bad one is reported by its index."""

from collections.abc import Sequence

import msgspec

from backend.alerts.occurrence import Occurrence
from backend.alerts.schemas import AlertIn, BatchFailure
from backend.core.errors import InvalidInputError


class ValidatedBatch(msgspec.Struct):
    valid: list[Occurrence]
    failed: list[BatchFailure]


def validated(items: Sequence[object], *, auto_generated: bool) -> ValidatedBatch:
    """The good items as occurrences, and why each of the others is not one."""
    batch = ValidatedBatch(valid=[], failed=[])
    for index, item in enumerate(items):
        try:
            alert = msgspec.convert(item, AlertIn)
        except msgspec.ValidationError as error:
            batch.failed.append(BatchFailure(index=index, code=InvalidInputError.code, detail=str(error)))
        else:
            batch.valid.append(alert.occurrence(auto_generated=auto_generated))
    return batch
