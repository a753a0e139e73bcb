from datetime import UTC, datetime

from backend.core.roles import Role
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.digest_verdicts import verdicts_of_digest
from backend.delivery.kinds import Channel, Decision, Reason
from backend.delivery.preferences import Preferences
from backend.delivery.quiet_hours import QuietHours
from backend.delivery.recipients import PersonalChannel, Recipient

EMAIL = PersonalChannel(channel=Channel.EMAIL, destination_id=5)
CHAT = PersonalChannel(channel=Channel.CHAT, destination_id=6)
NO_EMAIL = PersonalChannel(channel=Channel.EMAIL, destination_id=5, why_not=Detail(DetailCode.NO_MAIL_SERVER))
NO_CHAT = PersonalChannel(
    channel=Channel.CHAT, why_not=Detail(DetailCode.CHANNEL_OFF, DetailArgs(channel=Channel.CHAT))
)
# 8:00 in Luxembourg.
EIGHT = datetime(2026, 3, 3, 7, tzinfo=UTC)


def decided(
    *channels: PersonalChannel,
    quiet: QuietHours = QuietHours(),  # noqa: B008 - frozen
) -> list[tuple[Channel, Decision, Reason, datetime | None]]:
    person = Recipient(
        user_id=1,
        role=Role.VIEWER,
        is_active=True,
        preferences=Preferences(quiet_hours=quiet),
        channels=channels,
    )
    return [(one.channel, one.decision, one.reason, one.at) for one in verdicts_of_digest(person, EIGHT)]


def test_it_goes_by_mail_alone() -> None:
    assert decided(EMAIL, CHAT) == [(Channel.EMAIL, Decision.SEND, Reason.DIGEST, None)]


def test_it_goes_by_chat_when_mail_cannot_be_used() -> None:
    assert decided(NO_EMAIL, CHAT) == [
        (Channel.EMAIL, Decision.SKIP, Reason.CHANNEL, None),
        (Channel.CHAT, Decision.SEND, Reason.DIGEST, None),
    ]


def test_who_cannot_be_reached_gets_none_and_the_reasons_say_why() -> None:
    skipped = [
        (Channel.EMAIL, Decision.SKIP, Reason.CHANNEL, None),
        (Channel.CHAT, Decision.SKIP, Reason.CHANNEL, None),
    ]
    assert decided(NO_EMAIL, NO_CHAT) == skipped
    assert decided() == skipped


def test_in_quiet_hours_it_waits_for_their_end() -> None:
    quiet = QuietHours(is_on=True, start="22:00", end="09:30")
    end = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    assert decided(EMAIL, quiet=quiet) == [(Channel.EMAIL, Decision.HOLD, Reason.QUIET_HOURS, end)]
