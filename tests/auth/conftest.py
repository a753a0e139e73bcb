from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from backend.auth import AuthService
from backend.auth.models import User
from backend.core.roles import Role
from backend.db.database import Database
from tests.support.application import client_of
from tests.support.times import FrozenClock

PASSWORD = "four words in a row"

MakeUser = Callable[..., Awaitable[User]]
SignedIn = Callable[[User], Awaitable[httpx.AsyncClient]]


@pytest.fixture
def make_user(database: Database, clock: FrozenClock) -> MakeUser:
    """A function that adds a person; `anne@example.com`, an admin, unless told otherwise."""

    async def make(email: str = "anne@example.com", role: Role = Role.ADMIN, password: str = PASSWORD) -> User:
        async with database.unit_of_work() as session:
            return await AuthService(session, clock).create_user(
                email=email, name=email.partition("@")[0].title(), role=role, password=password
            )

    return make


@pytest_asyncio.fixture
async def signed_in(app: Litestar) -> AsyncIterator[SignedIn]:
    """A function that gives a new browser in which a person has signed in."""
    async with AsyncExitStack() as stack:

        async def sign_in(user: User) -> httpx.AsyncClient:
            client = await stack.enter_async_context(client_of(app))
            response = await client.post("/api/v1/auth/login", json={"email": user.email, "password": PASSWORD})
            assert response.status_code == 200, response.text
            return client

        yield sign_in
