"""What a person's preferences become when they turn one kind of mail off: pure."""

import msgspec

from backend.delivery.digest_window import Frequency
from backend.delivery.kinds import Channel, MessageKind
from backend.delivery.preferences import Override, Preferences, Threshold

_EMAIL = Channel.EMAIL.value


def without_mail(preferences: Preferences, category: str) -> Preferences:
    """No mail of this category any more, of whatever store; the digest's category turns the digest off."""
    if category == MessageKind.DIGEST:
        digest = msgspec.structs.replace(preferences.digest, frequency=Frequency.NONE)
        return msgspec.structs.replace(preferences, digest=digest)
    row = preferences.matrix.get(category, {}) | {_EMAIL: Threshold.NEVER}
    return msgspec.structs.replace(
        preferences,
        matrix=preferences.matrix | {category: row},
        overrides=tuple(_overrides(preferences.overrides, category)),
    )


def _overrides(overrides: tuple[Override, ...], category: str) -> list[Override]:
    """Those for a store or a merchant go before the matrix: each that would still ask for it is answered by one."""
    kept = [one for one in overrides if not (one.channel == _EMAIL and one.category == category)]
    general = [one for one in kept if one.channel == _EMAIL and one.category is None]
    never = [
        msgspec.structs.replace(one, category=category, min_priority=Threshold.NEVER)
        for one in general
        if one.min_priority is not Threshold.NEVER
    ]
    return [*kept, *never]
