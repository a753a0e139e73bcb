import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.digest_window import Digest, Frequency
from backend.delivery.kinds import CATEGORIES, PERSONAL, PRIORITY_RANK, Channel
from backend.delivery.preferences import (
    BelowThreshold,
    Override,
    Preferences,
    Rule,
    Threshold,
    Wanted,
    threshold,
    wants,
)
from backend.notifications import Priority

STORE, MERCHANT = 12, 3
CATEGORY = "import_failure"
DEFAULTS = Preferences()

categories = st.sampled_from(CATEGORIES)
overrides = st.builds(
    Override,
    channel=st.sampled_from(["email", "chat"]),
    min_priority=st.sampled_from(Threshold),
    category=st.none() | st.sampled_from(CATEGORIES[:2]),
    store_id=st.integers(1, 3),
) | st.builds(
    Override,
    channel=st.sampled_from(["email", "chat"]),
    min_priority=st.sampled_from(Threshold),
    category=st.none() | st.sampled_from(CATEGORIES[:2]),
    merchant_id=st.integers(1, 2),
)
chosen = st.builds(Preferences, overrides=st.lists(overrides, max_size=8).map(tuple))


def by_mail(min_priority: Threshold, **place: object) -> Override:
    return Override(channel="email", min_priority=min_priority, **place)  # type: ignore[arg-type]  # places are the test's own


def asked(
    preferences: Preferences, channel: Channel = Channel.EMAIL, category: str = CATEGORY
) -> tuple[Threshold, Rule]:
    return threshold(preferences, category=category, channel=channel, store_id=STORE, merchant_id=MERCHANT)


class TestDefaults:
    @pytest.mark.parametrize("category", CATEGORIES)
    @pytest.mark.parametrize("channel", PERSONAL)
    def test_everything_is_told_from_high_on_but_orders_with_exceptions_by_mail(
        self, category: str, channel: Channel
    ) -> None:
        is_exception = category == "order_exception" and channel is Channel.EMAIL
        expected = Threshold.CRITICAL if is_exception else Threshold.HIGH
        assert asked(DEFAULTS, channel, category) == (expected, Rule(channel, category))

    def test_there_is_a_digest_each_morning_and_no_quiet_hours(self) -> None:
        assert DEFAULTS.has_digest
        assert DEFAULTS.digest == Digest(frequency=Frequency.DAILY, at="08:00")
        assert not DEFAULTS.quiet_hours.is_on
        assert (DEFAULTS.quiet_hours.start, DEFAULTS.quiet_hours.end) == ("22:00", "07:00")
        assert DEFAULTS.quiet_hours.critical_ignores

    def test_a_category_of_a_later_version_is_told_from_high_on(self) -> None:
        assert asked(DEFAULTS, category="payout_failure")[0] is Threshold.HIGH


class TestThreshold:
    def test_the_nearest_choice_holds(self) -> None:
        """A store's before its merchant's, and of each that for a category before that for all."""
        layers = [
            by_mail(Threshold.NEVER, store_id=STORE, category=CATEGORY),
            by_mail(Threshold.LOW, store_id=STORE),
            by_mail(Threshold.CRITICAL, merchant_id=MERCHANT, category=CATEGORY),
            by_mail(Threshold.NORMAL, merchant_id=MERCHANT),
        ]
        found = [asked(Preferences(overrides=tuple(layers[first:]))) for first in range(5)]
        assert found == [
            (Threshold.NEVER, Rule("email", CATEGORY, STORE, None)),
            (Threshold.LOW, Rule("email", None, STORE, None)),
            (Threshold.CRITICAL, Rule("email", CATEGORY, None, MERCHANT)),
            (Threshold.NORMAL, Rule("email", None, None, MERCHANT)),
            (Threshold.HIGH, Rule("email", CATEGORY, None, None)),
        ]

    @pytest.mark.parametrize(
        "other",
        [
            Override(channel="chat", min_priority=Threshold.NEVER, store_id=STORE),
            by_mail(Threshold.NEVER, store_id=STORE + 1),
            by_mail(Threshold.NEVER, merchant_id=MERCHANT + 1),
            by_mail(Threshold.NEVER, store_id=STORE, category="store_issue"),
            # The ids of stores and of merchants are of two kinds.
            by_mail(Threshold.NEVER, store_id=MERCHANT),
            by_mail(Threshold.NEVER, merchant_id=STORE),
        ],
    )
    def test_a_choice_for_something_else_changes_nothing(self, other: Override) -> None:
        assert asked(Preferences(overrides=(other,))) == asked(DEFAULTS)

    def test_of_what_belongs_to_no_store_the_matrix_decides(self) -> None:
        preferences = Preferences(overrides=(by_mail(Threshold.NEVER, store_id=STORE),))
        assert threshold(preferences, category=CATEGORY, channel=Channel.EMAIL)[0] is Threshold.HIGH


class TestWants:
    @pytest.mark.parametrize("limit", Threshold)
    @pytest.mark.parametrize("priority", Priority)
    def test_from_the_threshold_on_it_is_wanted(self, limit: Threshold, priority: Priority) -> None:
        preferences = Preferences(overrides=(by_mail(limit, store_id=STORE),))
        verdict = wants(
            preferences, category=CATEGORY, channel=Channel.EMAIL, priority=priority, stores={STORE: MERCHANT}
        )
        is_wanted = limit is not Threshold.NEVER and PRIORITY_RANK[priority] >= PRIORITY_RANK[Priority(limit)]
        assert isinstance(verdict, Wanted) == is_wanted

    @pytest.mark.parametrize(
        ("override", "expected"),
        [
            (None, "By email, import_failure is wanted from high on; this is normal."),
            (
                by_mail(Threshold.NEVER, store_id=12, category=CATEGORY),
                "By email for store 12, import_failure is never wanted.",
            ),
            (
                by_mail(Threshold.CRITICAL, merchant_id=3),
                "By email for merchant 3, everything is wanted from critical on; this is normal.",
            ),
        ],
    )
    def test_what_is_not_wanted_says_which_choice_decided(self, override: Override | None, expected: str) -> None:
        preferences = Preferences(overrides=(override,) if override else ())
        verdict = wants(
            preferences, category=CATEGORY, channel=Channel.EMAIL, priority=Priority.NORMAL, stores={STORE: MERCHANT}
        )
        is_never = override is not None and override.min_priority is Threshold.NEVER
        assert isinstance(verdict, BelowThreshold)
        assert (verdict.rule.text, verdict.is_never) == (expected, is_never)

    def test_what_is_wanted_says_so_too(self) -> None:
        verdict = wants(DEFAULTS, category=CATEGORY, channel=Channel.CHAT, priority=Priority.HIGH, stores={})
        assert verdict.rule.text == "By chat, import_failure is wanted from high on."

    @given(
        chosen,
        st.sampled_from(PERSONAL),
        categories,
        st.sampled_from(Priority),
        st.dictionaries(st.integers(1, 4), st.none() | st.integers(1, 3)),
    )
    def test_of_several_stores_one_that_it_is_wanted_of_is_enough(
        self,
        preferences: Preferences,
        channel: Channel,
        category: str,
        priority: Priority,
        stores: dict[int, int | None],
    ) -> None:
        def is_wanted(stores: dict[int, int | None]) -> bool:
            verdict = wants(preferences, category=category, channel=channel, priority=priority, stores=stores)
            return isinstance(verdict, Wanted)

        each = [is_wanted({store: merchant}) for store, merchant in stores.items()] or [is_wanted({})]
        assert is_wanted(stores) == any(each)
