"""Who of an escalation's steps is told, by which channel, and why not: pure."""

from collections.abc import Iterable, Sequence

from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.escalation import Step
from backend.delivery.kinds import Decision, Reason
from backend.delivery.planner import Audience
from backend.delivery.recipients import PersonalChannel, Recipient
from backend.delivery.verdict import Verdict, verdict


def verdicts_of_steps(audience: Audience, steps: Sequence[Step], number: int) -> list[Verdict]:
    """Everybody of the steps, which go up to `number`: neither preferences nor quiet hours hold it up."""
    return [*_of_people(audience, steps, number), *_of_shared(audience, steps, number)]


def can_be_reached(audience: Audience, step: Step) -> bool:
    """Whether there is a way to at least one of those whom it names."""
    return any(one.decision is Decision.SEND for one in verdicts_of_steps(audience, [step], 0))


def _of_people(audience: Audience, steps: Sequence[Step], number: int) -> Iterable[Verdict]:
    wanted = {user_id for step in steps for user_id in step.user_ids}
    for person in audience.people:
        if person.user_id not in wanted:
            continue
        for channel in person.channels:
            reason, detail = _of_person(person, channel, number)
            yield verdict(
                detail,
                channel=channel.channel,
                decision=Decision.SEND if reason is Reason.ESCALATION else Decision.SKIP,
                reason=reason,
                user_id=person.user_id,
                destination_id=channel.destination_id,
            )


def _of_person(person: Recipient, channel: PersonalChannel, number: int) -> tuple[Reason, Detail]:
    if not person.is_active:
        return Reason.ROLE, Detail(DetailCode.ACCOUNT_DISABLED)
    if channel.why_not is not None or channel.destination_id is None:
        not_set_up = Detail(DetailCode.NOT_SET_UP, DetailArgs(channel=channel.channel))
        return Reason.CHANNEL, channel.why_not or not_set_up
    return Reason.ESCALATION, _named_by(number)


def _of_shared(audience: Audience, steps: Sequence[Step], number: int) -> Iterable[Verdict]:
    wanted = {destination_id for step in steps for destination_id in step.destination_ids}
    for destination in audience.shared:
        if destination.destination_id in wanted:
            yield verdict(
                destination.why_not or _named_by(number),
                channel=destination.channel,
                decision=Decision.SEND if destination.why_not is None else Decision.SKIP,
                reason=Reason.ESCALATION if destination.why_not is None else Reason.CHANNEL,
                destination_id=destination.destination_id,
            )


def _named_by(number: int) -> Detail:
    return Detail(DetailCode.ESCALATED, DetailArgs(step=number))
