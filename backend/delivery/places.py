"""The places of one worker for what is on its way: of each channel, and at each destination.

Nothing is taken that would have to wait for a connection or a thread, no channel uses another's places up, and one
that is down itself is left alone until a probe of it arrives, whoever was to be reached by it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from backend.core.circuit import Circuit, Refuse, admit, after_failure, probing
from backend.core.clock import Clock
from backend.delivery.channels.chat import MOST_THREADS
from backend.delivery.channels.smtp_connections import MOST_CONNECTIONS
from backend.delivery.envelope import Result
from backend.delivery.kinds import Channel, Outcome


class Free(NamedTuple):
    """Places that may be taken: by what is less than critical, and by criticals."""

    usual: int
    critical: int


_NONE, _A_PROBE = Free(0, 0), Free(1, 1)


@dataclass(frozen=True, slots=True)
class Places:
    """Of all, some are for criticals only."""

    all: int
    for_criticals: int

    @property
    def usual(self) -> int:
        return self.all - self.for_criticals

    def free(self, taken: int) -> Free:
        return Free(max(self.usual - taken, 0), max(self.all - taken, 0))

    def are_wanted(self, taken: int) -> bool:
        """Once what was full is half empty: a claim costs as much as some sends."""
        return taken == self.usual // 2


IN_ALL: Mapping[Channel, Places] = {
    Channel.EMAIL: Places(MOST_CONNECTIONS, for_criticals=1),
    Channel.CHAT: Places(MOST_THREADS, for_criticals=2),
    Channel.WEBHOOK: Places(240, for_criticals=32),
}
# A destination that hangs has no more of them.
TO_ONE: Mapping[Channel, Places] = {
    Channel.EMAIL: Places(3, for_criticals=1),
    Channel.CHAT: Places(3, for_criticals=1),
    Channel.WEBHOOK: Places(64, for_criticals=8),
}


class PlacesTaken:
    """Counts who came and left, and hears how the channels do."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._in_all: Counter[Channel] = Counter()
        self._to_one: Counter[int] = Counter()
        self._circuits = dict.fromkeys(Channel, Circuit())

    def free(self) -> dict[Channel, Free]:
        return {channel: self._free(channel) for channel in Channel}

    def by_destination(self) -> Mapping[int, int]:
        return self._to_one

    def enter(self, channel: Channel, destination_id: int) -> None:
        self._in_all[channel] += 1
        self._to_one[destination_id] += 1
        circuit = self._circuits[channel]
        if circuit.opened_at is not None:
            self._circuits[channel] = probing(circuit, now=self._clock.now())

    def leave(self, channel: Channel, destination_id: int) -> bool:
        """Whether something may have waited for it."""
        self._in_all[channel] -= 1
        self._to_one[destination_id] -= 1
        at_one = self._to_one[destination_id]
        if not at_one:
            del self._to_one[destination_id]
        return TO_ONE[channel].are_wanted(at_one) or IN_ALL[channel].are_wanted(self._in_all[channel])

    def hear(self, channel: Channel, result: Result, begun_at: datetime) -> None:
        """How a try ended: that the channel itself failed, or that it works, whatever became of the message.

        What failed without an answer says nothing: it may never have been tried.
        """
        if result.is_of_channel:
            self._circuits[channel] = after_failure(self._circuits[channel], now=self._clock.now(), begun_at=begun_at)
        elif result.has_answered or result.outcome is Outcome.SENT or result.status_code is not None:
            self._circuits[channel] = Circuit()

    def _free(self, channel: Channel) -> Free:
        circuit = self._circuits[channel]
        if circuit.opened_at is None:
            return IN_ALL[channel].free(self._in_all[channel])
        is_closed = self._in_all[channel] > 0 or isinstance(admit(circuit, now=self._clock.now()), Refuse)
        return _NONE if is_closed else _A_PROBE
