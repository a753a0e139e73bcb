import asyncio
from datetime import timedelta

import argon2
import pytest
from sqlalchemy import select, text

from backend.audit.models import AuditEntry
from backend.auth import SignIn, Visitor
from backend.auth.errors import InvalidCredentialsError
from backend.auth.login_gate import LoginThrottledError
from backend.auth.models import LoginThrottle, User, UserSession
from backend.auth.passwords import PASSWORDS, Passwords
from backend.auth.service import AuthService
from backend.auth.throttle import FREE_FAILURES, LONGEST_DELAY, Scope
from backend.core.roles import Role
from backend.core.secrets import token_hash
from backend.db.database import Database
from backend.jobs import SUBSCRIPTIONS
from tests.auth.conftest import PASSWORD, MakeUser
from tests.support.times import FrozenClock

EMAIL = "anne@example.com"
HOME = Visitor(address="198.51.100.7", user_agent="Firefox", request_id="req_1")
STRANGER = Visitor(address="203.0.113.66")
FREE = FREE_FAILURES[Scope.ACCOUNT]


@pytest.fixture
def sign_in(database: Database, clock: FrozenClock) -> SignIn:
    return SignIn(database, clock)


async def fail(sign_in: SignIn, times: int, *, visitor: Visitor = STRANGER, email: str = EMAIL) -> list[str]:
    """Try a wrong password; what each try was answered with."""
    answers = []
    for _ in range(times):
        try:
            await sign_in.login(email=email, password="not the password", visitor=visitor)
        except (InvalidCredentialsError, LoginThrottledError) as error:
            answers.append(error.code)
    return answers


class TestLogin:
    async def test_opens_a_session_and_gives_its_token(
        self, sign_in: SignIn, make_user: MakeUser, database: Database
    ) -> None:
        anne = await make_user()
        user, token = await sign_in.login(email=" Anne@Example.COM", password=PASSWORD, visitor=HOME)
        assert user.id == anne.id
        async with database.unit_of_work() as session:
            stored = (await session.scalars(select(UserSession))).one()
        assert stored.token_hash == token_hash(token)
        assert (stored.address, stored.user_agent) == ("198.51.100.7", "Firefox")

    async def test_gives_a_new_token_each_time_and_ends_the_browsers_old_session(
        self, sign_in: SignIn, make_user: MakeUser, database: Database
    ) -> None:
        """ASVS 7.2.4."""
        await make_user()
        _, first = await sign_in.login(email=EMAIL, password=PASSWORD, visitor=HOME)
        _, second = await sign_in.login(email=EMAIL, password=PASSWORD, visitor=HOME, previous_token=first)
        assert first != second
        async with database.unit_of_work() as session:
            ended = (await session.scalars(select(UserSession.ended_at).order_by(UserSession.id))).all()
        assert ended[0] is not None
        assert ended[1] is None

    async def test_writes_the_audit_log(self, sign_in: SignIn, make_user: MakeUser, database: Database) -> None:
        """ASVS 16.3.1: successes and failures."""
        anne = await make_user()
        await fail(sign_in, 1)
        await sign_in.login(email=EMAIL, password=PASSWORD, visitor=HOME)
        async with database.unit_of_work() as session:
            entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
        assert [(entry.action, entry.outcome, entry.actor_id) for entry in entries] == [
            ("auth.login", "failed", anne.id),
            ("auth.login", "done", anne.id),
        ]
        assert entries[1].address == "198.51.100.7"
        assert entries[1].request_id == "req_1"

    async def test_what_was_typed_as_an_unknown_address_is_not_written_down(
        self, sign_in: SignIn, database: Database
    ) -> None:
        await fail(sign_in, 1, email="hunter2 typed into the wrong field")
        async with database.unit_of_work() as session:
            entry = (await session.scalars(select(AuditEntry))).one()
            subjects = (await session.scalars(select(LoginThrottle.subject))).all()
        assert (entry.actor_kind, entry.actor_name) == ("anonymous", "unknown")
        assert not any("hunter2" in subject for subject in subjects)

    async def test_rehashes_when_the_parameters_have_grown(
        self, sign_in: SignIn, make_user: MakeUser, database: Database
    ) -> None:
        anne = await make_user()
        weak = Passwords(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        async with database.unit_of_work() as session:
            (await session.get_one(User, anne.id)).password_hash = await weak.hash(PASSWORD)
        await sign_in.login(email=EMAIL, password=PASSWORD, visitor=HOME)
        async with database.unit_of_work() as session:
            stored = (await session.get_one(User, anne.id)).password_hash
        assert not PASSWORDS.is_outdated(stored)
        assert await PASSWORDS.verify(stored, PASSWORD)


class TestRefusal:
    async def test_is_the_same_for_a_wrong_password_an_unknown_user_and_a_disabled_one(
        self, sign_in: SignIn, make_user: MakeUser, database: Database, clock: FrozenClock
    ) -> None:
        """ASVS 6.3.8."""
        await make_user()
        bob = await make_user("bob@example.com", Role.VIEWER)
        async with database.unit_of_work() as session:
            await AuthService(session, clock).disable_user(bob.id)
        said = set()
        for email, password in [(EMAIL, "wrong"), ("nobody@example.com", PASSWORD), (bob.email, PASSWORD)]:
            with pytest.raises(InvalidCredentialsError) as caught:
                await sign_in.login(email=email, password=password, visitor=STRANGER)
            said.add((caught.value.status, caught.value.code, caught.value.detail, str(caught.value.headers)))
        assert len(said) == 1

    @pytest.mark.parametrize("deed", ["reset", "disable"])
    async def test_meets_a_password_or_an_account_that_was_changed_while_it_was_verified(
        self, database: Database, make_user: MakeUser, clock: FrozenClock, deed: str
    ) -> None:
        anne = await make_user()

        class Slow(Passwords):
            """An admin is quicker than the first verification."""

            has_waited = False

            async def verify(self, password_hash: str | None, password: str) -> bool:
                is_right = await super().verify(password_hash, password)
                if self.has_waited:
                    return is_right
                self.has_waited = True
                async with database.unit_of_work() as session:
                    auth = AuthService(session, clock)
                    if deed == "reset":
                        await auth.set_password(anne.id, "quite another one 7")
                    else:
                        await auth.disable_user(anne.id)
                return is_right

        if deed == "disable":
            await make_user("bob@example.com")
        with pytest.raises(InvalidCredentialsError):
            await SignIn(database, clock, passwords=Slow()).login(email=EMAIL, password=PASSWORD, visitor=HOME)
        assert await database.reads.fetchval("select count(*) from user_sessions") == 0

    async def test_is_throttled_alike_for_an_unknown_user(self, sign_in: SignIn, make_user: MakeUser) -> None:
        await make_user()
        known = await fail(sign_in, FREE + 2)
        unknown = await fail(sign_in, FREE + 2, email="nobody@example.com", visitor=Visitor(address="203.0.113.67"))
        assert known == unknown == ["invalid_credentials"] * FREE + ["login_throttled"] * 2


class TestBruteForce:
    """ASVS 6.1.1 and 6.3.1: slowed down, never locked out (the rules stand in `throttle`)."""

    async def test_says_when_to_come_back_and_then_admits(
        self, sign_in: SignIn, make_user: MakeUser, clock: FrozenClock
    ) -> None:
        await make_user()
        await fail(sign_in, FREE)
        with pytest.raises(LoginThrottledError) as caught:
            await sign_in.login(email=EMAIL, password=PASSWORD, visitor=STRANGER)
        assert caught.value.headers == {"Retry-After": str(caught.value.retry_after)}
        clock.advance(timedelta(seconds=caught.value.retry_after))
        user, _ = await sign_in.login(email=EMAIL, password=PASSWORD, visitor=STRANGER)
        assert user.email == EMAIL

    async def test_waits_grow_with_each_failure(self, sign_in: SignIn, make_user: MakeUser, clock: FrozenClock) -> None:
        await make_user()
        await fail(sign_in, FREE - 1)
        waits = []
        for _ in range(4):
            await fail(sign_in, 1)
            with pytest.raises(LoginThrottledError) as caught:
                await sign_in.login(email=EMAIL, password="wrong", visitor=STRANGER)
            waits.append(caught.value.retry_after)
            clock.advance(timedelta(seconds=caught.value.retry_after))
        assert waits == sorted(set(waits))

    async def test_refused_tries_do_not_lengthen_the_wait(
        self, sign_in: SignIn, make_user: MakeUser, clock: FrozenClock
    ) -> None:
        await make_user()
        await fail(sign_in, FREE + 50)
        clock.advance(timedelta(seconds=2))
        await sign_in.login(email=EMAIL, password=PASSWORD, visitor=STRANGER)

    async def test_strangers_do_not_delay_an_address_that_has_signed_in_before(
        self, sign_in: SignIn, make_user: MakeUser, clock: FrozenClock
    ) -> None:
        await make_user()
        await sign_in.login(email=EMAIL, password=PASSWORD, visitor=HOME)
        for _ in range(20):
            await fail(sign_in, 3)
            clock.advance(LONGEST_DELAY)
        await fail(sign_in, 1)
        with pytest.raises(LoginThrottledError):
            await sign_in.login(email=EMAIL, password=PASSWORD, visitor=Visitor(address="203.0.113.99"))
        user, _ = await sign_in.login(email=EMAIL, password=PASSWORD, visitor=HOME)
        assert user.email == EMAIL

    async def test_a_known_address_may_not_guess_for_ever_either(self, sign_in: SignIn, make_user: MakeUser) -> None:
        await make_user()
        await sign_in.login(email=EMAIL, password=PASSWORD, visitor=HOME)
        assert "login_throttled" in await fail(sign_in, FREE + 1, visitor=HOME)

    async def test_one_address_trying_many_accounts_is_slowed_down(self, sign_in: SignIn) -> None:
        tries = FREE_FAILURES[Scope.ADDRESS] + 1
        answers = [(await fail(sign_in, 1, email=f"user{number}@example.com"))[0] for number in range(tries)]
        assert answers == ["invalid_credentials"] * (tries - 1) + ["login_throttled"]

    async def test_owning_one_account_does_not_wipe_the_addresss_failures(
        self, sign_in: SignIn, make_user: MakeUser
    ) -> None:
        await make_user("mallory@example.com", Role.VIEWER)
        answers = []
        for number in range(FREE_FAILURES[Scope.ADDRESS]):
            answers += await fail(sign_in, 1, email=f"user{number}@example.com")
            if number % 4 == 0:
                await sign_in.login(email="mallory@example.com", password=PASSWORD, visitor=STRANGER)
        assert set(answers) == {"invalid_credentials"}
        assert await fail(sign_in, 1, email="last@example.com") == ["login_throttled"]

    async def test_parallel_guesses_do_not_slip_through(self, sign_in: SignIn, make_user: MakeUser) -> None:
        await make_user()
        answers = await asyncio.gather(*(fail(sign_in, 1) for _ in range(16)))
        assert sum(answer == ["invalid_credentials"] for answer in answers) == FREE

    async def test_a_burst_is_announced_once(self, sign_in: SignIn, make_user: MakeUser, database: Database) -> None:
        await make_user()
        database._sessions.configure(info={SUBSCRIPTIONS: {"login_flood": ["tell"]}})
        try:
            for number in range(12):
                await fail(sign_in, 1, email=f"user{number}@example.com")
        finally:
            database._sessions.configure(info={})
        async with database.unit_of_work() as session:
            payloads = (await session.scalars(text("select payload from jobs"))).all()
        assert payloads == [{"scope": "address", "email": None, "address": "203.0.113.66", "failure_count": 10}]
