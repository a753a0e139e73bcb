"""Cheap password hashes: people's passwords are hashed by the hundred here, each for as long as most tests take."""

import argon2
import pytest

from backend.auth.passwords import PASSWORDS


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> None:
    """The program's own hasher in this process only; what it costs outside is proven in tests/auth/test_passwords."""
    PASSWORDS._hasher = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
