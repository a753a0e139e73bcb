from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.digest_window import Frequency
from backend.delivery.kinds import CATEGORIES, Channel
from backend.delivery.preferences import Override, Preferences, Threshold, threshold
from backend.delivery.unsubscribing import without_mail

PLACES = st.one_of(
    st.builds(lambda one: {"store_id": one}, st.integers(1, 3)),
    st.builds(lambda one: {"merchant_id": one}, st.integers(1, 3)),
)
OVERRIDES = st.builds(
    lambda place, channel, category, least: Override(channel=channel, category=category, min_priority=least, **place),
    PLACES,
    st.sampled_from(["email", "chat"]),
    st.none() | st.sampled_from(CATEGORIES[:3]),
    st.sampled_from(Threshold),
)


@given(
    st.lists(OVERRIDES, max_size=8, unique_by=lambda one: (one.channel, one.category, one.store_id, one.merchant_id)),
    st.sampled_from(CATEGORIES[:3]),
    st.sampled_from(CATEGORIES[:3]),
    st.none() | st.integers(1, 3),
    st.none() | st.integers(1, 3),
)
def test_no_mail_of_the_category_comes_any_more_and_nothing_else_changes(
    overrides: list[Override], category: str, other: str, store_id: int | None, merchant_id: int | None
) -> None:
    before = Preferences(overrides=tuple(overrides))
    after = without_mail(before, category)

    def least(preferences: Preferences, of: str, channel: Channel) -> Threshold:
        return threshold(preferences, category=of, channel=channel, store_id=store_id, merchant_id=merchant_id)[0]

    assert least(after, category, Channel.EMAIL) is Threshold.NEVER
    assert least(after, other, Channel.CHAT) == least(before, other, Channel.CHAT)
    if other != category:
        assert least(after, other, Channel.EMAIL) == least(before, other, Channel.EMAIL)


def test_the_digest_is_turned_off_by_itself() -> None:
    after = without_mail(Preferences(), "digest")

    assert after.digest.frequency is Frequency.NONE
    assert after.matrix == Preferences().matrix
