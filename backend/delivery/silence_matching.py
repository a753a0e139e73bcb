"""Whether a silence hides something, and which one: pure, the same for the planner, the preview and the warning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.notifications import NotificationType

# The warning that a silence ends names what it hides, and so would often be hidden by it.
NEVER_SILENCED: frozenset[str] = frozenset({NotificationType.SILENCE_ENDING})


class Subject(NamedTuple):
    """What is told. `stores` are those that it is still about, each with its merchant; None for one not known.

    `also_types` and `also_texts` are others that readers know it by (alert_subject.py).
    """

    category: str
    priority: str
    title: str
    message: str
    stores: Mapping[int, int | None] = MappingProxyType({})
    also_types: frozenset[str] = frozenset()
    also_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Alternatives within a field, all fields together; an empty field takes everything.

    Stores and merchants are one field: where. Something over several stores is taken only when each of them is, so
    that silencing one store does not hide the others.
    """

    store_ids: frozenset[int] = frozenset()
    merchant_ids: frozenset[int] = frozenset()
    types: frozenset[str] = frozenset()
    priorities: frozenset[str] = frozenset()
    phrase: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it would take everything."""
        return not (self.names_places or self.types or self.priorities or self.phrase)

    @property
    def is_of_one_store(self) -> bool:
        return len(self.store_ids) == 1 and not self.merchant_ids

    @property
    def names_places(self) -> bool:
        return bool(self.store_ids or self.merchant_ids)

    def matches(self, subject: Subject) -> bool:
        return (
            subject.category not in NEVER_SILENCED
            and (not self.types or subject.category in self.types or not self.types.isdisjoint(subject.also_types))
            and (not self.priorities or subject.priority in self.priorities)
            and (not self.names_places or self._takes_all(subject.stores))
            and (not self.phrase or _says(subject, self.phrase))
        )

    def _takes_all(self, stores: Mapping[int, int | None]) -> bool:
        return bool(stores) and all(
            store_id in self.store_ids or merchant_id in self.merchant_ids for store_id, merchant_id in stores.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """One that is not ended; `ends_at` is exclusive."""

    id: int
    matcher: Matcher
    starts_at: datetime
    ends_at: datetime
    comment: str = ""

    @property
    def detail(self) -> Detail:
        """For whoever asks why they were not told."""
        args = DetailArgs(silence_id=self.id, until=self.ends_at, comment=self.comment)
        return Detail(DetailCode.SILENCED, args)


def silencing(silences: Iterable[Silence], subject: Subject, now: datetime) -> Silence | None:
    """The silence that hides it now; of several the one that ends last."""
    found = [
        silence
        for silence in silences
        if silence.starts_at <= now < silence.ends_at and silence.matcher.matches(subject)
    ]
    return max(found, key=lambda silence: (silence.ends_at, silence.id), default=None)


def _says(subject: Subject, phrase: str) -> bool:
    folded = phrase.casefold()
    return any(folded in text.casefold() for text in (subject.title, subject.message, *subject.also_texts))
