"""What messages say in one language; `{name}` in a text is filled in. A language that lacks one does not type-check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Dictionaries are by value; a category without a text is spelt as it is."""

    language: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    # Of {weekday} {day} {month} {year}; and with {time} behind it.
    date: str
    date_and_time: str
    # Of {day} {month} {time}, where the year goes without saying.
    short: str
    first_of_month: str
    # Behind a label, in text.
    colon: str

    priorities: dict[str, str]
    resolved: str
    categories: dict[str, str]
    # Above the title: what happened to it.
    kickers: dict[str, str]
    # The same in chat, before the title and shorter; kinds whose own title says it have none.
    heads: dict[str, str]

    store: str
    raised: str
    about: str
    affected: str
    by: str
    note: str
    unacknowledged: str
    lasted: str
    minutes: str
    hours: str
    days: str
    ends: str
    comment: str

    open_button: str

    held_back_one: str
    held_back_many: str
    held_back_explained: str
    and_more: str
    and_more_stores: str
    in_stores: str

    digest_titles: dict[str, str]
    digest: str
    digest_range: str
    digest_open: str
    digest_healed: str
    digest_handled: str
    handled_by: str
    platform: str

    test: str
    test_explained: str
    test_of_chat: str
    host: str
    port: str
    security: str
    security_none: str
    security_starttls: str
    security_tls: str
    user: str
    nobody: str
    sender: str

    why_preference: str
    why_many: str
    why_shared_many: str
    why_digest: str
    why_escalation: str
    why_shared: str
    why_test: str
    why_silence: str
    preferences: str
    turn_off: str
    times_in: str

    # The page behind "Turn off".
    leaving: str
    leaving_text: str
    leaving_done: str
    leaving_done_text: str
    leaving_unknown: str
    leaving_unknown_text: str
