"""By which of a person's channels a digest goes, and when: by mail, by chat when mail cannot be used. Pure."""

from datetime import datetime

from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.kinds import PERSONAL, Decision, Reason
from backend.delivery.quiet_hours import quiet_until
from backend.delivery.recipients import PersonalChannel, Recipient
from backend.delivery.verdict import Verdict, verdict


def verdicts_of_digest(person: Recipient, now: datetime) -> list[Verdict]:
    """One for each channel that was considered; of these at most the last one gets a delivery."""
    by_channel = {channel.channel: channel for channel in person.channels}
    verdicts: list[Verdict] = []
    for name in PERSONAL:
        channel = by_channel.get(name, PersonalChannel(channel=name))
        if channel.why_not is None and channel.destination_id is not None:
            return [*verdicts, _going(person, channel, now)]
        verdicts.append(_unusable(person, channel))
    return verdicts


def _unusable(person: Recipient, channel: PersonalChannel) -> Verdict:
    return verdict(
        channel.why_not or Detail(DetailCode.NOT_SET_UP, DetailArgs(channel=channel.channel)),
        channel=channel.channel,
        decision=Decision.SKIP,
        reason=Reason.CHANNEL,
        user_id=person.user_id,
        destination_id=channel.destination_id,
    )


def _going(person: Recipient, channel: PersonalChannel, now: datetime) -> Verdict:
    preferences = person.preferences
    until = quiet_until(preferences.quiet_hours, preferences.timezone, now)
    if until is None:
        detail = Detail(DetailCode.HAS_DIGEST, DetailArgs(frequency=preferences.digest.frequency))
    else:
        detail = Detail(DetailCode.QUIET_HOURS, DetailArgs(until=until))
    return verdict(
        detail,
        channel=channel.channel,
        decision=Decision.SEND if until is None else Decision.HOLD,
        reason=Reason.DIGEST if until is None else Reason.QUIET_HOURS,
        user_id=person.user_id,
        destination_id=channel.destination_id,
        at=until,
    )
