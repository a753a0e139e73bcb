"""What is wrong with preferences that somebody wants to keep: each fault by the path of its field."""

from collections.abc import Collection, Iterator, Mapping

import msgspec

from backend.core.errors import FieldError
from backend.delivery.kinds import CATEGORIES, PERSONAL
from backend.delivery.local_time import is_timezone
from backend.delivery.preference_schemas import PreferencesIn
from backend.delivery.preferences import Override, Rule, Threshold, rule_of

_THRESHOLDS = frozenset(threshold.value for threshold in Threshold)
_CHANNELS = frozenset(channel.value for channel in PERSONAL)
_MOST_SHOWN = 100  # characters of a caller's own key


def faults(wanted: PreferencesIn, *, store_ids: Collection[int], merchant_ids: Collection[int]) -> Iterator[FieldError]:
    """Everything that is wrong, given which stores and merchants of those named there are."""
    if wanted.timezone is not msgspec.UNSET and not is_timezone(wanted.timezone):
        yield FieldError("timezone", "is not the name of a time zone, such as Europe/Luxembourg")
    yield from _of_matrix(wanted.matrix)
    taken: dict[Rule, int] = {}
    for index, override in enumerate(wanted.overrides):
        first = taken.setdefault(rule_of(override), index)
        if first != index:
            yield FieldError(f"overrides.{index}", f"is for the same as overrides.{first}")
        for field, message in _of_override(override, store_ids, merchant_ids):
            yield FieldError(f"overrides.{index}.{field}", message)


def _of_matrix(matrix: Mapping[str, Mapping[str, str]]) -> Iterator[FieldError]:
    for category, row in matrix.items():
        path = f"matrix.{category[:_MOST_SHOWN]}"
        if category not in CATEGORIES:
            yield FieldError(path, f"is not a category; there are {', '.join(CATEGORIES)}")
            continue
        for channel, threshold in row.items():
            if channel not in _CHANNELS:
                yield FieldError(f"{path}.{channel[:_MOST_SHOWN]}", "is not a channel of a person: email or chat")
            elif threshold not in _THRESHOLDS:
                yield FieldError(f"{path}.{channel}", f"must be one of {', '.join(Threshold)}")


def _of_override(
    override: Override, store_ids: Collection[int], merchant_ids: Collection[int]
) -> Iterator[tuple[str, str]]:
    if not override.has_one_place:
        yield "store_id", "needs either a store_id or a merchant_id, and not both"
    elif override.store_id is not None and override.store_id not in store_ids:
        yield "store_id", f"there is no store {override.store_id}"
    elif override.merchant_id is not None and override.merchant_id not in merchant_ids:
        yield "merchant_id", f"there is no merchant {override.merchant_id}"
    if override.category is not None and override.category not in CATEGORIES:
        yield "category", f"is not a category; there are {', '.join(CATEGORIES)}"
