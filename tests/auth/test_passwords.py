import asyncio
import time
from threading import Lock

import argon2
import pytest

from backend.auth.passwords import Passwords
from backend.core.errors import ServiceUnavailableError


class CountingHasher(argon2.PasswordHasher):
    """Cheap parameters; counts verifications, and how many run at once."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[str] = []
        self.most_at_once = 0
        self._running = 0
        self._lock = Lock()

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002 - argon2's name
        with self._lock:
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)
            self.verified.append(str(hash))
        time.sleep(0.002)
        with self._lock:
            self._running -= 1
        return super().verify(hash, password)


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


class TestHash:
    """ASVS 11.4.2 and OWASP: Argon2id, at least 19 MiB, two passes."""

    async def test_uses_owasps_parameters(self) -> None:
        parameters = argon2.extract_parameters(await Passwords().hash("a password of some length"))
        assert parameters.type is argon2.Type.ID
        assert parameters.memory_cost >= 19 * 1024
        assert parameters.time_cost >= 2

    async def test_is_salted(self) -> None:
        passwords = Passwords()
        assert await passwords.hash("the same password") != await passwords.hash("the same password")

    async def test_knows_a_hash_of_weaker_parameters(self, hasher: CountingHasher) -> None:
        assert Passwords().is_outdated(await Passwords(hasher).hash("a password"))
        assert not Passwords().is_outdated(await Passwords().hash("a password"))


class TestVerify:
    async def test_takes_the_whole_password_as_it_was_typed(self, hasher: CountingHasher) -> None:
        """ASVS 6.2.8: neither truncated nor changed in case."""
        passwords = Passwords(hasher)
        stored = await passwords.hash("x" * 200 + "End ")
        assert await passwords.verify(stored, "x" * 200 + "End ")
        assert not await passwords.verify(stored, "x" * 200 + "end ")
        assert not await passwords.verify(stored, "x" * 200 + "End")

    async def test_does_the_same_work_when_there_is_no_such_user(self, hasher: CountingHasher) -> None:
        """ASVS 6.3.8: nobody learns from the time taken whether an account exists."""
        passwords = Passwords(hasher)
        stored = await passwords.hash("a password")
        assert not await passwords.verify(None, "a password")
        assert not await passwords.verify(stored, "another password")
        assert len(hasher.verified) == 2
        assert argon2.extract_parameters(hasher.verified[0]) == argon2.extract_parameters(hasher.verified[1])

    async def test_a_broken_hash_is_a_wrong_password(self, hasher: CountingHasher) -> None:
        assert not await Passwords(hasher).verify("not a hash", "a password")

    async def test_a_flood_uses_few_threads_and_is_then_refused(self, hasher: CountingHasher) -> None:
        passwords = Passwords(hasher)
        stored = await passwords.hash("a password")
        attempts = [passwords.verify(stored, "another password") for _ in range(300)]
        outcomes = await asyncio.gather(*attempts, return_exceptions=True)
        assert hasher.most_at_once <= 4
        assert any(isinstance(outcome, ServiceUnavailableError) for outcome in outcomes)
        assert False in outcomes

    async def test_does_not_hold_up_the_event_loop(self) -> None:
        passwords = Passwords()
        hashing = asyncio.gather(*(passwords.hash("a password") for _ in range(4)))
        ticks = 0
        while not hashing.done():
            await asyncio.sleep(0.001)
            ticks += 1
        assert ticks > 5
