"""A digest's title and plain text in its reader's language; mail lays out the payload itself. Pure."""

from collections.abc import Iterable, Sequence

from backend.delivery.digest_window import Frequency
from backend.delivery.preferences import Language
from backend.delivery.summary import StoreSummary, Summary, SummaryItem
from backend.delivery.texts import Wording, words_for

_MOST_STORES = 8
_MOST_ITEMS = 3
_MOST_TITLE = 100


def title(frequency: Frequency, language: Language) -> str:
    return words_for(language).digest_titles[frequency]


def body(summary: Summary, language: Language) -> str:
    """The counts, then the first stores with the titles of what is weightiest."""
    words = words_for(language)
    counts = (
        (words.digest_open, summary.open_count),
        (words.digest_healed, summary.healed_count),
        (words.digest_handled, summary.handled_count),
    )
    lines = [" · ".join(f"{heading}{words.colon} {count}" for heading, count in counts if count)]
    for store in summary.stores[:_MOST_STORES]:
        lines += ["", store.store_name or words.platform, *_of_store(store, words)]
    left = len(summary.stores) - _MOST_STORES
    if left > 0:
        lines += ["", words.and_more_stores.format(count=left)]
    return "\n".join(lines)


def _of_store(store: StoreSummary, words: Wording) -> Iterable[str]:
    groups = (
        (words.digest_open, store.open, store.more.open),
        (words.digest_healed, store.healed, store.more.healed),
        (words.digest_handled, store.handled, store.more.handled),
    )
    for heading, items, more in groups:
        if items:
            yield f"{heading}{words.colon} {_titles(items, more, words)}"


def _titles(items: Sequence[SummaryItem], more: int, words: Wording) -> str:
    told = [_told(item, words) for item in items[:_MOST_ITEMS]]
    left = len(items) - len(told) + more
    return "; ".join([*told, words.and_more.format(count=left)] if left else told)


def _told(item: SummaryItem, words: Wording) -> str:
    told = item.title if len(item.title) <= _MOST_TITLE else f"{item.title[: _MOST_TITLE - 1]}…"
    stores = words.in_stores.format(count=item.store_count) if item.store_count else None
    by = words.handled_by.format(name=item.by) if item.by else None
    beside = ", ".join(part for part in (stores, by) if part)
    return f"{told} ({beside})" if beside else told
