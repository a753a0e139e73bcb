"""The lists of a mail, in bounds: clients cut off what is longer than about 100 kB."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.delivery.mail.badge import Badge, badge
from backend.delivery.mail.plain import line
from backend.delivery.payloads import Digest, DigestItem, DigestStore, HeldBack
from backend.delivery.texts import Wording
from backend.delivery.texts.dates import short
from backend.notifications import Priority

MOST_STORES = 20
MOST_ITEMS = 8
MOST_HELD_BACK = 20

_MOST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Item:
    badge: Badge | None
    title: str
    # Store, time, by whom: what there is of it.
    meta: str


@dataclass(frozen=True, slots=True)
class Group:
    """`level` colours its heading; `more` says what was left out."""

    heading: str | None
    level: str
    items: tuple[Item, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class Section:
    heading: str | None
    groups: tuple[Group, ...]


Sections = tuple[tuple[Section, ...], str | None]


def digest_sections(digest: Digest, words: Wording, timezone: ZoneInfo) -> Sections:
    """A section for each store that has something to say."""
    sections = [_of_store(store, words, timezone) for store in digest.stores[:MOST_STORES]]
    more = len(digest.stores) - MOST_STORES
    told = words.and_more_stores.format(count=more) if more > 0 else None
    return tuple(section for section in sections if section.groups), told


def held_back_section(held: HeldBack, words: Wording, timezone: ZoneInfo) -> Sections:
    items = [
        _item(words, timezone, title=item.title, priority=item.priority, at=item.created_at, with_whom=item.store_name)
        for item in held.items[:MOST_HELD_BACK]
    ]
    more = _more(len(held.items) + max(held.more, 0) - len(items), words)
    return ((Section(None, (Group(None, "low", tuple(items), None),)),) if items else ()), more


def _of_store(store: DigestStore, words: Wording, timezone: ZoneInfo) -> Section:
    kinds = (
        (words.digest_open, "high", store.open, store.more.open),
        (words.digest_healed, "resolved", store.healed, store.more.healed),
        (words.digest_handled, "resolved", store.handled, store.more.handled),
    )
    groups = [_group(heading, level, items, more, words, timezone) for heading, level, items, more in kinds if items]
    return Section(line(store.store_name or words.platform, _MOST_TITLE), tuple(groups))


def _group(
    heading: str, level: str, items: Sequence[DigestItem], more: int, words: Wording, timezone: ZoneInfo
) -> Group:
    shown = [
        _item(
            words,
            timezone,
            title=item.title,
            priority=item.priority,
            at=item.at,
            with_whom=_with_whom(item, words),
        )
        for item in items[:MOST_ITEMS]
    ]
    return Group(heading, level, tuple(shown), _more(len(items) - len(shown) + max(more, 0), words))


def _with_whom(item: DigestItem, words: Wording) -> str:
    stores = words.in_stores.format(count=item.store_count) if item.store_count else None
    by = words.handled_by.format(name=item.by) if item.by else None
    return " · ".join(part for part in (stores, by) if part)


def _item(
    words: Wording,
    timezone: ZoneInfo,
    *,
    title: str,
    priority: Priority | None,
    at: datetime | None,
    with_whom: str | None,
) -> Item:
    when = short(at, words, timezone) if at else None
    meta = " · ".join(part for part in (with_whom, when) if part)
    return Item(badge(priority, words) if priority else None, line(title, _MOST_TITLE), line(meta, _MOST_TITLE))


def _more(count: int, words: Wording) -> str | None:
    return words.and_more.format(count=count) if count > 0 else None
