"""One line of facts below a message's title, short enough for a phone: priority, where, for how long. Pure."""

from collections.abc import Iterator

from backend.delivery.envelope import Content, Envelope
from backend.delivery.kinds import GOOD_NEWS, MessageKind
from backend.delivery.payloads import AlertFacts, HeldBack, HeldBackItem, SilenceFacts, read
from backend.delivery.texts import Wording
from backend.delivery.texts.dates import short, zone
from backend.delivery.texts.duration import duration

_MOST_HELD_BACK = 8
_BETWEEN = " · "


def facts_line(envelope: Envelope, words: Wording) -> str:
    return _BETWEEN.join(fact for fact in _facts(envelope, words) if fact)


def held_back_lines(held: HeldBack, words: Wording) -> Iterator[str]:
    """What was held back, a line each, and how many more."""
    for item in held.items[:_MOST_HELD_BACK]:
        yield _BETWEEN.join(_of_item(item, words))
    more = len(held.items[_MOST_HELD_BACK:]) + max(held.more, 0)
    if more:
        yield words.and_more.format(count=more)


def _facts(envelope: Envelope, words: Wording) -> Iterator[str | None]:
    content = envelope.content
    match content.kind:
        case MessageKind.HELD_BACK | MessageKind.DIGEST:
            # Their text is a list already.
            return
        case MessageKind.SILENCE_ENDING:
            ends_at = read(content.payload, SilenceFacts).ends_at
            yield f"{words.ends} {short(ends_at, words, zone(envelope.timezone))}" if ends_at else None
        case _:
            yield from _of_event(content, words)


def _of_event(content: Content, words: Wording) -> Iterator[str | None]:
    told = read(content.payload, AlertFacts)
    # What is over is not urgent any more, and neither is a test.
    if content.kind not in (*GOOD_NEWS, MessageKind.TEST):
        yield words.priorities[content.priority]
    yield f"{words.unacknowledged} {duration(told.minutes, words)}" if told.minutes else None
    yield f"{words.lasted} {duration(told.lasted_minutes, words)}" if told.lasted_minutes else None
    is_in_many = told.stores is not None and told.stores > 1
    yield words.in_stores.format(count=told.stores) if is_in_many else content.store_name
    yield words.handled_by.format(name=told.by) if told.by else None


def _of_item(item: HeldBackItem, words: Wording) -> Iterator[str]:
    if item.priority:
        yield words.priorities[item.priority]
    yield item.title
    if item.store_name:
        yield item.store_name
