from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from backend.core.roles import Role
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.digest_window import Digest, Frequency
from backend.delivery.kinds import CATEGORIES, PERSONAL, Channel, Decision, MessageKind, Reason
from backend.delivery.planner import Audience, Circumstances, plan, recipients_of
from backend.delivery.preferences import Override, Preferences, Threshold
from backend.delivery.quiet_hours import QuietHours
from backend.delivery.recipients import PersonalChannel, Recipient, SharedDestination
from backend.delivery.silence_matching import Subject
from backend.delivery.verdict import Verdict
from backend.notifications import NotificationType, Priority

# 23:30 in Luxembourg.
NIGHT = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
END_OF_NIGHT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
NO_DIGEST = Digest(frequency=Frequency.NONE)

USUAL = Subject(
    category=NotificationType.IMPORT_FAILURE,
    priority=Priority.HIGH,
    title="Product import failed for Techstore",
    message="The file is empty.",
    stores={7: 3},
)
BOUNCED = Detail(DetailCode.CHANNEL_BOUNCED, DetailArgs(channel=Channel.EMAIL))
OFF = Detail(DetailCode.DESTINATION_OFF)
SILENCED = Detail(
    DetailCode.SILENCED, DetailArgs(silence_id=3, until=datetime(2026, 11, 23, 7, tzinfo=UTC), comment="Moving.")
)
NEWS = Circumstances(kind=MessageKind.NOTIFICATION, now=NIGHT)


def person(**given: object) -> Recipient:
    usual: dict[str, object] = {
        "user_id": 1,
        "role": Role.OPERATOR,
        "is_active": True,
        "preferences": Preferences(),
        "channels": (PersonalChannel(channel=Channel.EMAIL, destination_id=11),),
    }
    return Recipient(**(usual | given))  # type: ignore[arg-type]  # whatever the test is about


def shared(**given: object) -> SharedDestination:
    usual: dict[str, object] = {"destination_id": 50, "channel": Channel.WEBHOOK}
    return SharedDestination(**(usual | given))  # type: ignore[arg-type]  # whatever the test is about


def of_person(who: Recipient, subject: Subject = USUAL, circumstances: Circumstances = NEWS) -> Verdict:
    (verdict,) = plan(subject, Audience(people=[who]), circumstances)
    return verdict


def of_shared(where: SharedDestination, subject: Subject = USUAL, circumstances: Circumstances = NEWS) -> Verdict:
    (verdict,) = plan(subject, Audience(shared=[where]), circumstances)
    return verdict


def decided(verdict: Verdict) -> tuple[Decision, Reason]:
    return verdict.decision, verdict.reason


def test_what_a_person_wants_is_sent_to_their_own_channel() -> None:
    verdict = of_person(person())

    assert decided(verdict) == (Decision.SEND, Reason.PREFERENCE)
    assert (verdict.user_id, verdict.destination_id, verdict.channel) == (1, 11, Channel.EMAIL)
    assert verdict.detail == "By email, import_failure is wanted from high on."


def test_what_is_below_is_left_to_the_digest_and_without_one_to_nobody() -> None:
    lesser = USUAL._replace(priority=Priority.NORMAL)

    in_digest = of_person(person(), lesser)
    nowhere = of_person(person(preferences=Preferences(digest=NO_DIGEST)), lesser)

    assert decided(in_digest) == (Decision.DIGEST, Reason.DIGEST)
    assert decided(nowhere) == (Decision.SKIP, Reason.PREFERENCE)
    assert nowhere.detail == "By email, import_failure is wanted from high on; this is normal."


def test_a_store_can_be_wanted_otherwise_than_the_rest() -> None:
    never = Override(channel="email", min_priority=Threshold.NEVER, store_id=7)
    verdict = of_person(person(preferences=Preferences(overrides=(never,))))

    assert decided(verdict) == (Decision.SKIP, Reason.PREFERENCE)
    assert verdict.detail == "By email for store 7, everything is never wanted."


def test_quiet_hours_keep_it_until_they_end() -> None:
    verdict = of_person(person(preferences=Preferences(quiet_hours=QuietHours(is_on=True))))

    assert decided(verdict) == (Decision.HOLD, Reason.QUIET_HOURS)
    assert verdict.at == END_OF_NIGHT


def test_a_critical_ignores_quiet_hours_unless_the_person_says_otherwise() -> None:
    critical = USUAL._replace(priority=Priority.CRITICAL)
    deep_sleep = QuietHours(is_on=True, critical_ignores=False)

    woken = of_person(person(preferences=Preferences(quiet_hours=QuietHours(is_on=True))), critical)
    asleep = of_person(person(preferences=Preferences(quiet_hours=deep_sleep)), critical)

    assert decided(woken) == (Decision.SEND, Reason.PREFERENCE)
    assert decided(asleep) == (Decision.HOLD, Reason.QUIET_HOURS)


def test_that_a_critical_alert_is_over_wakes_nobody() -> None:
    over = Circumstances(kind=MessageKind.ALERT_HEALED, now=NIGHT, told=frozenset({11}))
    critical = USUAL._replace(priority=Priority.CRITICAL)

    verdict = of_person(person(preferences=Preferences(quiet_hours=QuietHours(is_on=True))), critical, over)

    assert decided(verdict) == (Decision.HOLD, Reason.QUIET_HOURS)


def test_an_end_is_told_to_those_who_were_told_of_it() -> None:
    over = Circumstances(kind=MessageKind.ALERT_HEALED, now=NIGHT, told=frozenset({11, 50}))

    assert decided(of_person(person(), circumstances=over)) == (Decision.SEND, Reason.PREFERENCE)
    other = person(channels=(PersonalChannel(channel=Channel.EMAIL, destination_id=12),))
    assert decided(of_person(other, circumstances=over)) == (Decision.SKIP, Reason.THREAD)
    assert decided(of_shared(shared(), circumstances=over)) == (Decision.SEND, Reason.PREFERENCE)
    assert decided(of_shared(shared(destination_id=51), circumstances=over)) == (Decision.SKIP, Reason.THREAD)


def test_a_silence_keeps_it_from_everybody() -> None:
    silenced = replace(NEWS, silence=SILENCED)

    assert decided(of_person(person(), circumstances=silenced)) == (Decision.SKIP, Reason.SILENCE)
    assert decided(of_shared(shared(), circumstances=silenced)) == (Decision.SKIP, Reason.SILENCE)
    assert of_person(person(), circumstances=silenced).detail == "Silence 3 until 2026-11-23 07:00 UTC: Moving."


def test_a_disabled_account_hears_of_nothing() -> None:
    assert decided(of_person(person(is_active=False))) == (Decision.SKIP, Reason.ROLE)


def test_security_is_for_admins() -> None:
    security = USUAL._replace(category=NotificationType.SECURITY_ALERT, priority=Priority.CRITICAL)

    assert decided(of_person(person(role=Role.VIEWER), security)) == (Decision.SKIP, Reason.ROLE)
    assert decided(of_person(person(role=Role.OPERATOR), security)) == (Decision.SKIP, Reason.ROLE)
    assert decided(of_person(person(role=Role.ADMIN), security)) == (Decision.SEND, Reason.PREFERENCE)


def test_a_channel_that_cannot_be_used_says_why() -> None:
    broken = PersonalChannel(channel=Channel.EMAIL, destination_id=11, why_not=BOUNCED)
    missing = PersonalChannel(channel=Channel.CHAT)

    assert of_person(person(channels=(broken,))).detail_code is DetailCode.CHANNEL_BOUNCED
    assert decided(of_person(person(channels=(missing,)))) == (Decision.SKIP, Reason.CHANNEL)


def test_a_shared_destination_takes_what_its_filters_let_through() -> None:
    assert decided(of_shared(shared())) == (Decision.SEND, Reason.PREFERENCE)
    assert decided(of_shared(shared(why_not=OFF))) == (Decision.SKIP, Reason.CHANNEL)
    assert decided(of_shared(shared(types=frozenset({"store_issue"})))) == (Decision.SKIP, Reason.PREFERENCE)
    assert decided(of_shared(shared(min_priority=Priority.CRITICAL))) == (Decision.SKIP, Reason.PREFERENCE)
    assert decided(of_shared(shared(store_ids=frozenset({8})))) == (Decision.SKIP, Reason.PREFERENCE)
    assert decided(of_shared(shared(store_ids=frozenset({7, 8})))) == (Decision.SEND, Reason.PREFERENCE)


PEOPLE = st.builds(
    Recipient,
    user_id=st.integers(1, 50),
    role=st.sampled_from([Role.VIEWER, Role.OPERATOR, Role.ADMIN]),
    is_active=st.booleans(),
    preferences=st.builds(
        Preferences,
        quiet_hours=st.builds(QuietHours, is_on=st.booleans(), critical_ignores=st.booleans()),
        digest=st.builds(Digest, frequency=st.sampled_from(Frequency)),
    ),
    channels=st.tuples(
        *(
            st.builds(
                PersonalChannel,
                channel=st.just(channel),
                destination_id=st.none() | st.integers(1, 90),
                why_not=st.none() | st.just(BOUNCED),
            )
            for channel in PERSONAL
        )
    ),
)
SHARED = st.builds(
    SharedDestination,
    destination_id=st.integers(100, 140),
    channel=st.sampled_from(Channel),
    why_not=st.none() | st.just(OFF),
    types=st.frozensets(st.sampled_from(CATEGORIES), max_size=3),
    min_priority=st.sampled_from(Priority),
    store_ids=st.frozensets(st.integers(1, 9), max_size=3),
)
SUBJECTS = st.builds(
    Subject,
    category=st.sampled_from(CATEGORIES) | st.just("of a retired type"),
    priority=st.sampled_from(Priority),
    title=st.just("A title"),
    message=st.just("A message"),
    stores=st.dictionaries(st.integers(1, 9), st.none() | st.integers(1, 4), max_size=4),
)
CIRCUMSTANCES = st.builds(
    Circumstances,
    kind=st.sampled_from(MessageKind),
    now=st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)).map(  # noqa: DTZ001 - made aware here
        lambda at: at.replace(tzinfo=UTC)
    ),
    silence=st.none() | st.just(SILENCED),
    told=st.frozensets(st.integers(1, 140), max_size=20),
)


@given(
    SUBJECTS,
    st.lists(PEOPLE, max_size=6, unique_by=lambda one: one.user_id),
    st.lists(SHARED, max_size=6, unique_by=lambda one: one.destination_id),
    CIRCUMSTANCES,
)
def test_everybody_has_exactly_one_reason_for_each_channel(
    subject: Subject, people: list[Recipient], destinations: list[SharedDestination], circumstances: Circumstances
) -> None:
    verdicts = plan(subject, Audience(people=people, shared=destinations), circumstances)

    of_people = [(one.user_id, channel.channel) for one in people for channel in one.channels]
    assert [(one.user_id, one.channel) for one in verdicts if one.user_id is not None] == of_people
    assert [one.destination_id for one in verdicts if one.user_id is None] == [
        one.destination_id for one in destinations
    ]
    for verdict in verdicts:
        assert verdict.detail_code is not None
        assert verdict.detail == Detail(verdict.detail_code, verdict.detail_args).text
        assert "None" not in verdict.detail
        assert (verdict.at is not None) == (verdict.decision is Decision.HOLD)
        assert verdict.at is None or verdict.at > circumstances.now
    assert all(one.destination_id is not None for one in recipients_of(verdicts))
