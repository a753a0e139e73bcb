"""Why somebody is told, or is not: each reason's code, and its sentence in English.

A page says the code in its reader's language; what the reason is about comes beside it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

import msgspec

from backend.core.roles import Role
from backend.delivery.digest_window import Frequency
from backend.delivery.kinds import Channel
from backend.notifications import Priority


class DetailCode(StrEnum):
    # A person's own choice, or a destination's.
    WANTED = "wanted"
    BELOW_THRESHOLD = "below_threshold"
    NEVER_WANTED = "never_wanted"
    NO_LONGER_WANTED = "no_longer_wanted"
    TAKEN = "taken"
    TYPE_NOT_TAKEN = "type_not_taken"
    PRIORITY_NOT_TAKEN = "priority_not_taken"
    STORES_NOT_TAKEN = "stores_not_taken"
    # Who they are.
    ACCOUNT_DISABLED = "account_disabled"
    ADMINS_ONLY = "admins_only"
    ROLE_LOST = "role_lost"
    # How it would go.
    NO_MAIL_SERVER = "no_mail_server"
    NOT_SET_UP = "not_set_up"
    CHANNEL_OFF = "channel_off"
    CHANNEL_BOUNCED = "channel_bounced"
    CHANNEL_GONE = "channel_gone"
    CHANNEL_FAILING = "channel_failing"
    DESTINATION_OFF = "destination_off"
    DESTINATION_DELETED = "destination_deleted"
    ADDRESS_REMOVED = "address_removed"
    NO_ANSWER = "no_answer"
    TRIED_AGAIN = "tried_again"
    REFUSED = "refused"
    BOUNCED = "bounced"
    TRIES_FAILED = "tries_failed"
    RECEIVER_GONE = "receiver_gone"
    BURIED_SWITCHED_OFF = "buried_switched_off"
    WORKER_DIED = "worker_died"
    GIVEN_UP = "given_up"
    # The alert's thread.
    END_FOR_THE_TOLD = "end_for_the_told"
    TOLD_BEFORE = "told_before"
    OVERTAKEN = "overtaken"
    OVER_BEFORE_SENT = "over_before_sent"
    SETTLED_BEFORE_SENT = "settled_before_sent"
    ATTENDED = "attended"
    DROPPED = "dropped"
    # Quiet.
    SILENCED = "silenced"
    SNOOZED = "snoozed"
    OVER_BEFORE_TOLD = "over_before_told"
    FORGOTTEN = "forgotten"
    QUIET_HOURS = "quiet_hours"
    AFTER_QUIET_HOURS = "after_quiet_hours"
    # The digest.
    IN_DIGEST = "in_digest"
    HAS_DIGEST = "has_digest"
    DIGEST_SENT = "digest_sent"
    DIGEST_GIVEN_UP = "digest_given_up"
    # The throttle.
    KEPT_BACK = "kept_back"
    FOLDED = "folded"
    FOLDED_AND_SENT = "folded_and_sent"
    FOLDED_AND_GIVEN_UP = "folded_and_given_up"
    # Others.
    ESCALATED = "escalated"
    ASKED_FOR = "asked_for"
    MADE_SILENCE = "made_silence"


class DetailArgs(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, repr_omit_defaults=True):
    """What a reason is about; each code has those that its sentence names."""

    channel: Channel | None = None
    # Of a notification or an alert; a rule without one is about everything.
    category: str | None = None
    store_id: int | None = None
    merchant_id: int | None = None
    threshold: Priority | None = None
    priority: Priority | None = None
    role: Role | None = None
    frequency: Frequency | None = None
    silence_id: int | None = None
    comment: str | None = None
    # What it waits for, or waited for.
    until: datetime | None = None
    # When it was told.
    at: datetime | None = None
    # So many times wider it is told again.
    factor: int | None = None
    step: int | None = None
    tries: int | None = None
    # Of the message that it went in.
    title: str | None = None
    # Of whoever asked.
    name: str | None = None


_SENTENCES: dict[DetailCode, str] = {
    DetailCode.WANTED: "By {channel}{place}, {what} is wanted from {threshold} on.",
    DetailCode.BELOW_THRESHOLD: "By {channel}{place}, {what} is wanted from {threshold} on; this is {priority}.",
    DetailCode.NEVER_WANTED: "By {channel}{place}, {what} is never wanted.",
    DetailCode.NO_LONGER_WANTED: "The person no longer wanted it when it was to be sent.",
    DetailCode.TAKEN: "The destination takes it.",
    DetailCode.TYPE_NOT_TAKEN: "The destination does not take {category}.",
    DetailCode.PRIORITY_NOT_TAKEN: "The destination takes {threshold} and above; this is {priority}.",
    DetailCode.STORES_NOT_TAKEN: "The destination takes other stores only.",
    DetailCode.ACCOUNT_DISABLED: "The account is disabled.",
    DetailCode.ADMINS_ONLY: "Security alerts are for admins; this is an account of the role {role}.",
    DetailCode.ROLE_LOST: "The account had lost the role for it when it was to be sent.",
    DetailCode.NO_MAIL_SERVER: "No mail server is set up (TOCSIN_SMTP_URL).",
    DetailCode.NOT_SET_UP: "No {channel} is set up.",
    DetailCode.CHANNEL_OFF: "The person's {channel} is switched off.",
    DetailCode.CHANNEL_BOUNCED: "The person's {channel} is switched off: the mail server says that there is no such "
    "address.",
    DetailCode.CHANNEL_GONE: "The person's {channel} is switched off: the receiver wants nothing any more.",
    DetailCode.CHANNEL_FAILING: "The person's {channel} is switched off: every try of five days failed.",
    DetailCode.DESTINATION_OFF: "The destination is switched off.",
    DetailCode.DESTINATION_DELETED: "The destination was deleted before it was sent.",
    DetailCode.ADDRESS_REMOVED: "The address was removed before it was sent.",
    DetailCode.NO_ANSWER: "The destination does not answer; it is tried again at {until:%Y-%m-%d %H:%M} UTC.",
    DetailCode.TRIED_AGAIN: "The last try failed; it is tried again at {until:%Y-%m-%d %H:%M} UTC.",
    DetailCode.REFUSED: "It was refused for good: trying again cannot help.",
    DetailCode.BOUNCED: "It came back: there is no such address.",
    DetailCode.TRIES_FAILED: "It was given up after {tries} tries that failed.",
    DetailCode.RECEIVER_GONE: "It was given up: the receiver wants nothing any more.",
    DetailCode.BURIED_SWITCHED_OFF: "It was given up: the destination was switched off before it was sent.",
    DetailCode.WORKER_DIED: "It was given up: the worker died at its last try.",
    DetailCode.GIVEN_UP: "It was given up.",
    DetailCode.END_FOR_THE_TOLD: "Its end is told to those who were told of it.",
    DetailCode.TOLD_BEFORE: "The alert was told of at {at:%Y-%m-%d %H:%M} UTC; the next message comes when it is "
    "worse, {factor} times wider or over.",
    DetailCode.OVER_BEFORE_SENT: "It was over before it was sent.",
    DetailCode.OVERTAKEN: "Something newer about the same thing overtook it before it was sent.",
    DetailCode.SETTLED_BEFORE_SENT: "It was settled or put off before it was sent.",
    DetailCode.ATTENDED: "Somebody looked after the alert before it was sent.",
    DetailCode.DROPPED: "It was dropped before it was sent.",
    DetailCode.SILENCED: "Silence {silence_id} until {until:%Y-%m-%d %H:%M} UTC: {comment}",
    DetailCode.SNOOZED: "It is put off until {until:%Y-%m-%d %H:%M} UTC.",
    DetailCode.OVER_BEFORE_TOLD: "It was over before anybody was to be told.",
    DetailCode.FORGOTTEN: "It is older than a day, and no decision about it is kept.",
    DetailCode.QUIET_HOURS: "It waits for the end of quiet hours at {until:%Y-%m-%d %H:%M} UTC.",
    DetailCode.AFTER_QUIET_HOURS: "It waited for the end of quiet hours at {until:%Y-%m-%d %H:%M} UTC.",
    DetailCode.IN_DIGEST: "By {channel}{place}, {what} is wanted from {threshold} on; this is {priority}. "
    "It is in the digest.",
    DetailCode.HAS_DIGEST: "The person has a digest ({frequency}).",
    DetailCode.DIGEST_SENT: "It was in the digest of {at:%Y-%m-%d %H:%M} UTC.",
    DetailCode.DIGEST_GIVEN_UP: "It was in the digest of {at:%Y-%m-%d %H:%M} UTC, which could not be delivered.",
    DetailCode.KEPT_BACK: "It waits for the throttle until {until:%Y-%m-%d %H:%M} UTC, to go in one message with "
    "others.",
    DetailCode.FOLDED: "The throttle kept it back; it goes in the message “{title}”.",
    DetailCode.FOLDED_AND_SENT: "The throttle kept it back, and it went in the message “{title}”.",
    DetailCode.FOLDED_AND_GIVEN_UP: "The throttle kept it back, and the message “{title}” that it was in could not be "
    "delivered.",
    DetailCode.ESCALATED: "Step {step} of the escalation names this receiver.",
    DetailCode.ASKED_FOR: "{name} asked for a test.",
    DetailCode.MADE_SILENCE: "They made silence {silence_id}.",
}


@dataclass(frozen=True, slots=True)
class Detail:
    code: DetailCode
    args: DetailArgs = DetailArgs()  # noqa: RUF009 - frozen

    @property
    def text(self) -> str:
        """The sentence in English, for whoever reads no code."""
        return _sentence(self.code, self.args)


# Of one message most receivers are told, or not, for the same reason.
@lru_cache(maxsize=1_024)
def _sentence(code: DetailCode, args: DetailArgs) -> str:
    return _SENTENCES[code].format(
        **msgspec.structs.asdict(args), place=_place(args), what=args.category or "everything"
    )


def _place(args: DetailArgs) -> str:
    if args.store_id is not None:
        return f" for store {args.store_id}"
    return f" for merchant {args.merchant_id}" if args.merchant_id is not None else ""
