"""Argon2id off the event loop, by few threads: a flood of sign-ins waits its turn instead of eating memory."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.core.errors import ServiceUnavailableError
from backend.core.secrets import random_token

ResultT = TypeVar("ResultT")

# OWASP's parameters for Argon2id: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_THREADS = 4
_MOST_WAITING = 200


class Passwords:
    """Hashes and verifies; one per process, so that its bounds are the process's."""

    def __init__(self, hasher: PasswordHasher = _HASHER) -> None:
        self._hasher = hasher
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="argon2")
        self._waiting = 0
        self._dummy: str | None = None

    async def hash(self, password: str) -> str:
        return await self._run(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether the password is right. Without a hash (nobody of that name) it takes the same time and is wrong."""
        # Asked for always: its first making would tell an unknown user by the time it takes.
        dummy = await self._dummy_hash()
        is_right = await self._run(self._matches, password_hash or dummy, password)
        return is_right and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _dummy_hash(self) -> str:
        if self._dummy is None:
            self._dummy = await self.hash(random_token())
        return self._dummy

    async def _run(self, function: Callable[..., ResultT], *arguments: str) -> ResultT:
        if self._waiting >= _MOST_WAITING:
            raise ServiceUnavailableError("Too many sign-ins at once; try again in a moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)
        finally:
            self._waiting -= 1


PASSWORDS = Passwords()
