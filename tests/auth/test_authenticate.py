from datetime import UTC, datetime, timedelta

import pytest

from backend.auth import (
    ApiKeyService,
    AuthService,
    Principal,
    SignIn,
    Visitor,
    authenticate_key,
    authenticate_session,
    is_session_alive,
)
from backend.auth.authenticate import ABSOLUTE_LIMIT, IDLE_LIMIT
from backend.core.clock import SystemClock
from backend.core.roles import Role
from backend.db.database import Database
from tests.auth.conftest import PASSWORD, MakeUser
from tests.support.times import DatabaseTimeShift, FrozenClock

HOME = Visitor(address="198.51.100.7")


@pytest.fixture
async def token(database: Database, clock: FrozenClock, make_user: MakeUser) -> str:
    """Anne is signed in with it."""
    user = await make_user()
    _, token = await SignIn(database, clock).login(email=user.email, password=PASSWORD, visitor=HOME)
    return token


async def make_key(
    database: Database, *, role: Role = Role.INGEST, expires_at: datetime | None = None
) -> tuple[int, str]:
    async with database.unit_of_work() as session:
        key, secret = await ApiKeyService(session, SystemClock()).create(
            name="importer", role=Role.INGEST, expires_at=expires_at, created_by=None
        )
    return key.id, secret


async def session_id_of(database: Database, token: str) -> int:
    principal = await authenticate_session(database.reads, token)
    assert principal is not None
    assert principal.session_id is not None
    return principal.session_id


class TestSession:
    async def test_tells_who_is_asking(self, database: Database, token: str) -> None:
        principal = await authenticate_session(database.reads, token)
        assert principal == Principal(kind="user", id=1, name="Anne", role=Role.ADMIN, session_id=1)
        assert principal is not None
        assert principal.user_id == 1

    async def test_has_at_least_128_random_bits_and_is_stored_as_a_hash(self, database: Database, token: str) -> None:
        """ASVS 7.2.3."""
        assert len(token) >= 43
        row = await database.reads.fetchrow("select user_sessions::text as line from user_sessions")
        assert row is not None
        assert token not in row["line"]

    @pytest.mark.parametrize("wrong", ["", "guess", "\x00", "é" * 500])
    async def test_an_unknown_token_is_nobody(self, database: Database, token: str, wrong: str) -> None:
        assert await authenticate_session(database.reads, wrong) is None

    async def test_ends_after_a_time_without_use(
        self, database: Database, token: str, shift_database_time: DatabaseTimeShift
    ) -> None:
        """ASVS 7.3.1."""
        await shift_database_time(IDLE_LIMIT - timedelta(minutes=1))
        assert await authenticate_session(database.reads, token) is not None
        await shift_database_time(2 * IDLE_LIMIT)
        assert await authenticate_session(database.reads, token) is None

    async def test_ends_after_an_absolute_time_however_much_it_is_used(
        self, database: Database, token: str, shift_database_time: DatabaseTimeShift
    ) -> None:
        """ASVS 7.3.2."""
        uses = 2 * int(ABSOLUTE_LIMIT / IDLE_LIMIT)
        for use in range(uses):
            await shift_database_time(use * IDLE_LIMIT / 2)
            assert await authenticate_session(database.reads, token) is not None
        await shift_database_time(ABSOLUTE_LIMIT + timedelta(seconds=1))
        assert await authenticate_session(database.reads, token) is None

    async def test_is_refused_at_once_when_killed(self, database: Database, clock: FrozenClock, token: str) -> None:
        """ASVS 7.4.1."""
        session_id = await session_id_of(database, token)
        async with database.unit_of_work() as session:
            await AuthService(session, clock).kill_session(user_id=1, session_id=session_id)
        assert await authenticate_session(database.reads, token) is None
        assert not await is_session_alive(database.reads, session_id)

    async def test_ends_when_the_person_is_disabled(
        self, database: Database, clock: FrozenClock, token: str, make_user: MakeUser
    ) -> None:
        """ASVS 7.4.2."""
        await make_user("other@example.com")
        async with database.unit_of_work() as session:
            await AuthService(session, clock).disable_user(1)
        assert await authenticate_session(database.reads, token) is None

    async def test_use_is_noted_at_most_once_a_minute(
        self, database: Database, token: str, shift_database_time: DatabaseTimeShift
    ) -> None:
        seen = "select last_seen_at from user_sessions"
        before = await database.reads.fetchval(seen)
        await shift_database_time(timedelta(seconds=50))
        await authenticate_session(database.reads, token)
        assert await database.reads.fetchval(seen) == before
        await shift_database_time(timedelta(seconds=70))
        await authenticate_session(database.reads, token)
        assert await database.reads.fetchval(seen) >= before + timedelta(seconds=60)

    async def test_looking_whether_it_is_alive_does_not_keep_it_alive(
        self, database: Database, token: str, shift_database_time: DatabaseTimeShift
    ) -> None:
        session_id = await session_id_of(database, token)
        await shift_database_time(IDLE_LIMIT - timedelta(minutes=1))
        assert await is_session_alive(database.reads, session_id)
        await shift_database_time(IDLE_LIMIT + timedelta(minutes=1))
        assert not await is_session_alive(database.reads, session_id)

    async def test_a_change_of_role_counts_at_once(self, database: Database, token: str, make_user: MakeUser) -> None:
        await database.reads.execute("update users set role = 'viewer'")
        principal = await authenticate_session(database.reads, token)
        assert principal is not None
        assert principal.role is Role.VIEWER


class TestKey:
    async def test_tells_which_machine_is_asking(self, database: Database) -> None:
        key_id, secret = await make_key(database)
        principal = await authenticate_key(database.reads, secret)
        assert principal == Principal(kind="key", id=key_id, name="importer", role=Role.INGEST, session_id=None)
        assert principal is not None
        assert principal.user_id is None

    @pytest.mark.parametrize("wrong", ["", "tcs_", "tcs_guess", "Basic abc"])
    async def test_an_unknown_key_is_nobody(self, database: Database, wrong: str) -> None:
        await make_key(database)
        assert await authenticate_key(database.reads, wrong) is None

    async def test_a_sessions_token_is_not_a_key(self, database: Database, token: str) -> None:
        assert await authenticate_key(database.reads, token) is None

    async def test_ends_when_it_expires(self, database: Database, shift_database_time: DatabaseTimeShift) -> None:
        expires_at = SystemClock().now() + timedelta(hours=1)
        _, secret = await make_key(database, expires_at=expires_at)
        assert await authenticate_key(database.reads, secret) is not None
        await shift_database_time(timedelta(minutes=61))
        assert await authenticate_key(database.reads, secret) is None

    async def test_ends_when_it_is_revoked_the_rotated_one_too(self, database: Database, clock: FrozenClock) -> None:
        key_id, old = await make_key(database)
        async with database.unit_of_work() as session:
            _, new = await ApiKeyService(session, clock).rotate(key_id)
        async with database.unit_of_work() as session:
            await ApiKeyService(session, clock).revoke(key_id)
        assert await authenticate_key(database.reads, old) is None
        assert await authenticate_key(database.reads, new) is None

    async def test_a_rotated_key_lives_on_for_a_short_while(
        self, database: Database, clock: FrozenClock, shift_database_time: DatabaseTimeShift
    ) -> None:
        key_id, old = await make_key(database)
        async with database.unit_of_work() as session:
            _, new = await ApiKeyService(session, clock).rotate(key_id)
        assert await authenticate_key(database.reads, old) is not None
        assert await authenticate_key(database.reads, new) is not None
        await shift_database_time(timedelta(minutes=61))
        assert await authenticate_key(database.reads, old) is None
        assert await authenticate_key(database.reads, new) is not None

    async def test_use_is_noted(self, database: Database) -> None:
        _, secret = await make_key(database)
        await authenticate_key(database.reads, secret)
        used = await database.reads.fetchval("select last_used_at from api_keys")
        assert abs(used - SystemClock().now().astimezone(UTC)) < timedelta(minutes=1)
