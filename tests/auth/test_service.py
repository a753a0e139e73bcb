import asyncio

import pytest
import structlog

from backend.auth import ApiKeyService, AuthService, UserChanges, authenticate_session
from backend.auth.errors import (
    ApiKeyNotFoundError,
    EmailTakenError,
    LastAdminError,
    SessionNotFoundError,
    UserNotFoundError,
)
from backend.auth.models import User
from backend.auth.passwords import PASSWORDS
from backend.auth.repository import SessionRepository
from backend.core.errors import InvalidInputError
from backend.core.roles import Role
from backend.core.secrets import token_hash
from backend.db.database import Database
from tests.auth.conftest import PASSWORD, MakeUser
from tests.support.times import FrozenClock


async def open_session(database: Database, user: User, token: str) -> int:
    async with database.unit_of_work() as session:
        return await SessionRepository(session).open(
            user_id=user.id, token_hash=token_hash(token), address=None, user_agent=None
        )


async def is_live(database: Database, token: str) -> bool:
    return await authenticate_session(database.reads, token) is not None


async def stored_password(database: Database, user: User) -> str:
    async with database.unit_of_work() as session:
        return (await session.get_one(User, user.id)).password_hash


class TestFirstAdmin:
    async def test_gets_a_generated_password_that_is_returned_once(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            generated = await AuthService(session, clock).ensure_first_admin(email="Anne@Example.com", password=None)
        assert generated is not None
        assert len(generated) >= 20
        async with database.unit_of_work() as session:
            auth = AuthService(session, clock)
            assert await auth.ensure_first_admin(email="b@example.com", password=None) is None
            users = await auth.list_users(limit=10)
        assert [(user.email, user.role) for user in users] == [("anne@example.com", "admin")]
        assert await PASSWORDS.verify(users[0].password_hash, generated)
        (entry,) = await database.reads.fetch("select actor_kind, action, target from audit_log")
        assert tuple(entry) == ("system", "user.create", str(users[0].id))

    async def test_a_password_from_the_environment_is_not_returned(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            auth = AuthService(session, clock)
            assert await auth.ensure_first_admin(email="anne@example.com", password=PASSWORD) is None
            user = await auth.get_user_by_email("anne@example.com")
        assert await PASSWORDS.verify(user.password_hash, PASSWORD)

    async def test_a_very_short_one_is_refused_by_the_variables_name(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            with pytest.raises(InvalidInputError) as caught:
                await AuthService(session, clock).ensure_first_admin(email="anne@example.com", password="seven77")
        assert caught.value.errors[0].path == "TOCSIN_ADMIN_PASSWORD"
        assert "seven77" not in caught.value.detail

    async def test_a_weak_one_is_taken_and_complained_of(self, database: Database, clock: FrozenClock) -> None:
        with structlog.testing.capture_logs() as logs:
            async with database.unit_of_work() as session:
                await AuthService(session, clock).ensure_first_admin(email="anne@example.com", password="admin1234")
        assert [(log["event"], log["log_level"]) for log in logs] == [("weak_first_admin", "warning")]
        assert "admin1234" not in str(logs)

    async def test_processes_that_start_together_make_one(self, database: Database, clock: FrozenClock) -> None:
        async def start() -> str | None:
            async with database.unit_of_work() as session:
                return await AuthService(session, clock).ensure_first_admin(email="anne@example.com", password=None)

        made = await asyncio.gather(*(start() for _ in range(5)))
        assert sum(password is not None for password in made) == 1


class TestUsers:
    async def test_an_address_is_one_persons_whatever_its_case(self, make_user: MakeUser) -> None:
        await make_user("anne@example.com")
        with pytest.raises(EmailTakenError):
            await make_user("ANNE@example.com")

    async def test_a_weak_password_is_refused(self, make_user: MakeUser) -> None:
        with pytest.raises(InvalidInputError) as caught:
            await make_user(password="password1234")
        assert caught.value.errors[0].path == "password"

    async def test_nobody_is_ingest(self, make_user: MakeUser) -> None:
        with pytest.raises(InvalidInputError):
            await make_user(role=Role.INGEST)

    async def test_the_last_admin_stays_admin_and_active(
        self, database: Database, clock: FrozenClock, make_user: MakeUser
    ) -> None:
        anne = await make_user()
        await make_user("bob@example.com", Role.OPERATOR)
        for changes in (UserChanges(is_active=False), UserChanges(role=Role.VIEWER)):
            with pytest.raises(LastAdminError):
                async with database.unit_of_work() as session:
                    await AuthService(session, clock).update_user(anne.id, changes)
        async with database.unit_of_work() as session:
            assert (await session.get_one(User, anne.id)).is_active

    async def test_two_admins_cannot_take_each_other_out_at_once(
        self, database: Database, clock: FrozenClock, make_user: MakeUser
    ) -> None:
        people = [await make_user("anne@example.com"), await make_user("bob@example.com")]

        async def disable(user: User) -> None:
            async with database.unit_of_work() as session:
                await AuthService(session, clock).disable_user(user.id)

        outcomes = await asyncio.gather(*(disable(user) for user in people), return_exceptions=True)
        assert sum(isinstance(outcome, LastAdminError) for outcome in outcomes) == 1

    async def test_what_is_not_given_stays(self, database: Database, clock: FrozenClock, make_user: MakeUser) -> None:
        anne = await make_user()
        async with database.unit_of_work() as session:
            changed = await AuthService(session, clock).update_user(anne.id, UserChanges(name="Anne Muller"))
        assert (changed.name, changed.role, changed.is_active) == ("Anne Muller", "admin", True)

    async def test_who_is_let_in_again_has_to_sign_in_again(
        self, database: Database, clock: FrozenClock, make_user: MakeUser
    ) -> None:
        await make_user()
        bob = await make_user("bob@example.com", Role.VIEWER)
        await open_session(database, bob, "of bob")
        for is_active in (False, True):
            async with database.unit_of_work() as session:
                await AuthService(session, clock).update_user(bob.id, UserChanges(is_active=is_active))
        assert not await is_live(database, "of bob")

    async def test_an_unknown_one_is_not_found(self, database: Database, clock: FrozenClock) -> None:
        async with database.unit_of_work() as session:
            with pytest.raises(UserNotFoundError):
                await AuthService(session, clock).disable_user(404)
            with pytest.raises(UserNotFoundError):
                await AuthService(session, clock).get_user_by_email("nobody@example.com")


class TestPasswordChange:
    async def test_by_the_user_ends_the_other_sessions(
        self, database: Database, clock: FrozenClock, make_user: MakeUser
    ) -> None:
        """ASVS 7.4.3."""
        anne = await make_user()
        kept = await open_session(database, anne, "this one")
        await open_session(database, anne, "another")
        async with database.unit_of_work() as session:
            await AuthService(session, clock).change_password(
                user_id=anne.id, session_id=kept, new="five other words in line"
            )
        assert await is_live(database, "this one")
        assert not await is_live(database, "another")
        assert await PASSWORDS.verify(await stored_password(database, anne), "five other words in line")

    async def test_by_an_admin_ends_all_sessions(
        self, database: Database, clock: FrozenClock, make_user: MakeUser
    ) -> None:
        anne = await make_user()
        await open_session(database, anne, "this one")
        async with database.unit_of_work() as session:
            await AuthService(session, clock).set_password(anne.id, "five other words in line")
        assert not await is_live(database, "this one")


class TestSessions:
    async def test_of_others_are_neither_seen_nor_ended(
        self, database: Database, clock: FrozenClock, make_user: MakeUser
    ) -> None:
        anne = await make_user()
        bob = await make_user("bob@example.com", Role.VIEWER)
        of_anne = await open_session(database, anne, "of anne")
        async with database.unit_of_work() as session:
            auth = AuthService(session, clock)
            assert await auth.list_sessions(bob.id) == []
            with pytest.raises(SessionNotFoundError):
                await auth.kill_session(user_id=bob.id, session_id=of_anne)
        assert await is_live(database, "of anne")

    async def test_of_a_person_all_end_by_an_admin(
        self, database: Database, clock: FrozenClock, make_user: MakeUser
    ) -> None:
        """ASVS 7.4.5."""
        anne = await make_user()
        for token in ("one", "two"):
            await open_session(database, anne, token)
        async with database.unit_of_work() as session:
            assert await AuthService(session, clock).kill_sessions(anne.id) == 2
        assert not await is_live(database, "one")


class TestApiKeys:
    async def test_store_a_hash_and_the_last_four_characters(self, database: Database, clock: FrozenClock) -> None:
        async with database.unit_of_work() as session:
            key, secret = await ApiKeyService(session, clock).create(
                name="importer", role=Role.INGEST, expires_at=None, created_by=None
            )
        assert secret.startswith("tcs_")
        assert key.last_four == secret[-4:]
        row = await database.reads.fetchval("select api_keys::text from api_keys")
        assert secret not in row

    async def test_an_end_in_the_past_is_refused(self, database: Database, clock: FrozenClock) -> None:
        async with database.unit_of_work() as session:
            with pytest.raises(InvalidInputError):
                await ApiKeyService(session, clock).create(
                    name="importer", role=Role.INGEST, expires_at=clock.now(), created_by=None
                )

    async def test_a_revoked_one_cannot_be_rotated(self, database: Database, clock: FrozenClock) -> None:
        async with database.unit_of_work() as session:
            keys = ApiKeyService(session, clock)
            key, _ = await keys.create(name="importer", role=Role.INGEST, expires_at=None, created_by=None)
            await keys.revoke(key.id)
            with pytest.raises(ApiKeyNotFoundError):
                await keys.rotate(key.id)
