"""What is said of a silence that ends soon: what it has hidden, and what of that is still open."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from backend.auth import names_of_users
from backend.db.reads import Reads
from backend.delivery.silence_preview import Tally, hidden_by
from backend.delivery.silence_repository import Ending
from backend.delivery.silence_words import in_words, warning_text
from backend.notifications import Priority
from backend.tenancy import names_of_merchants, names_of_stores


class Warned(NamedTuple):
    silence: Ending
    hidden: Tally
    title: str
    message: str

    @property
    def priority(self) -> Priority:
        return Priority.NORMAL if self.hidden.open_now else Priority.LOW


async def warning_of(reads: Reads, silence: Ending, timezone: ZoneInfo) -> Warned:
    """Reads all that it has hidden; `timezone` is that of the times in the text."""
    hidden = await hidden_by(reads, silence.matcher, since=silence.starts_at)
    stores = await names_of_stores(reads, silence.matcher.store_ids)
    merchants = await names_of_merchants(reads, silence.matcher.merchant_ids)
    title = f"A silence ends soon: {in_words(silence.matcher, stores, merchants)}"
    return Warned(silence, hidden, title, await _message(reads, silence, hidden, timezone))


async def _message(reads: Reads, silence: Ending, hidden: Tally, timezone: ZoneInfo) -> str:
    maker = silence.created_by_user_id
    names = await names_of_users(reads, [] if maker is None else [maker])
    return warning_text(
        ends_at=silence.ends_at.astimezone(timezone),
        comment=silence.comment,
        made_by=names.get(maker) if maker is not None else None,
        hidden=hidden.since_then,
        criticals=hidden.criticals,
        open_now=hidden.open_now,
        open_titles=[example.subject.title for example in hidden.examples if example.is_open],
    )
