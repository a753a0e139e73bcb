"""Places for jobs of one sort: short ones must not wait behind imports that run for minutes, nor for slow servers."""

import asyncio
from enum import StrEnum


class LaneName(StrEnum):
    SHORT = "short"
    # Minutes of our own work, or hours at somebody else's server.
    LONG = "long"
    # Waits for somebody else's server, which may be slow for all at once.
    REMOTE = "remote"


class Lane:
    """Counts the free places of the kinds that share it."""

    def __init__(self, kinds: list[str], places: int) -> None:
        self.kinds = kinds
        self.places = places
        self._taken = 0
        self._has_free = asyncio.Event()
        self._has_free.set()

    @property
    def free(self) -> int:
        return self.places - self._taken

    async def wait_for_free(self) -> int:
        """Wait until a place is free; how many are."""
        while self.free <= 0:
            await self._has_free.wait()
        return self.free

    def occupy(self, count: int) -> None:
        self._taken += count
        if self.free <= 0:
            self._has_free.clear()

    def leave(self, count: int = 1) -> None:
        self._taken -= count
        if self.free > 0:
            self._has_free.set()
