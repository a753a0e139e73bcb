"""A silence in words, as the warning before its end has them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from backend.delivery.silence_matching import Matcher

_MOST_NAMES = 3


def in_words(matcher: Matcher, stores: Mapping[int, str], merchants: Mapping[int, str]) -> str:
    """What it takes, as in `store Moulin; high, critical; "feed"`; who is gone goes by number."""
    parts = [
        _listed("store", [stores.get(store_id, f"{store_id}") for store_id in sorted(matcher.store_ids)]),
        _listed("merchant", [merchants.get(found, f"{found}") for found in sorted(matcher.merchant_ids)]),
        ", ".join(category.replace("_", " ") for category in sorted(matcher.types)),
        ", ".join(sorted(matcher.priorities)),
        f'"{matcher.phrase}"' if matcher.phrase else "",
    ]
    return "; ".join(part for part in parts if part)


def warning_text(
    *,
    ends_at: datetime,
    comment: str,
    made_by: str | None,
    hidden: int,
    criticals: int,
    open_titles: Iterable[str],
    open_now: int,
) -> str:
    """What it hid and what rings again; `ends_at` is in the zone that is shown."""
    titles = list(open_titles)[:_MOST_NAMES]
    lines = [
        f"It ends at {ends_at:%H:%M} and was made by {made_by or 'a machine'}: {comment}",
        f"It has matched {_count(hidden)}, {criticals} of them critical.",
        f"Still open, and told again from then on when they occur: {open_now}."
        if open_now
        else "Nothing of it is open.",
    ]
    if titles:
        lines.append("Among them: " + "; ".join(titles) + ("." if open_now <= len(titles) else " ..."))
    return "\n".join(lines)


def _listed(what: str, names: list[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    plural = "s" if len(names) > 1 else ""
    return f"{what}{plural} {shown}" + (f" and {more} more" if more > 0 else "")


def _count(number: int) -> str:
    return "1 notification or alert" if number == 1 else f"{number} notifications and alerts"
