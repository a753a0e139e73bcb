from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from backend.auth import SignIn, Visitor
from backend.auth.errors import InvalidCredentialsError
from backend.auth.jobs import remove_old
from backend.auth.models import LoginThrottle, UserSession
from backend.db.database import Database
from tests.auth.conftest import PASSWORD, MakeUser
from tests.support.times import FrozenClock

HOME = Visitor(address="198.51.100.7")


async def counts(database: Database) -> tuple[int, int]:
    async with database.unit_of_work() as session:
        sessions = await session.scalar(select(func.count()).select_from(UserSession))
        throttles = await session.scalar(select(func.count()).select_from(LoginThrottle))
    return sessions or 0, throttles or 0


async def test_retention_keeps_what_still_decides_and_removes_the_rest_twice_alike(
    database: Database, clock: FrozenClock, make_user: MakeUser
) -> None:
    await make_user()
    sign_in = SignIn(database, clock)
    await sign_in.login(email="anne@example.com", password=PASSWORD, visitor=HOME)
    with pytest.raises(InvalidCredentialsError):
        await sign_in.login(email="nobody@example.com", password="wrong", visitor=Visitor(address="203.0.113.66"))
    sessions, throttles = await counts(database)
    async with database.unit_of_work() as session:
        await remove_old(session, clock, {})
    assert await counts(database) == (sessions, throttles)

    clock.advance(timedelta(days=2))
    for _ in range(2):
        async with database.unit_of_work() as session:
            await remove_old(session, clock, {})
        assert await counts(database) == (1, 1)  # the session, and the trust in its address

    clock.advance(timedelta(days=90))
    async with database.unit_of_work() as session:
        await session.execute(update(UserSession).values(expires_at=func.tocsin_now() - timedelta(days=91)))
        await remove_old(session, clock, {})
    assert await counts(database) == (0, 0)
