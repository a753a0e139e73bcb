"""Whatever the OpenAPI document allows and forbids is thrown at every operation: never a 500, every status documented.

Cases are made first and then sent by a signed-in admin, in this process, to a real database.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from typing import NamedTuple

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar
from schemathesis.generation import GenerationMode

from backend.auth import AuthService
from backend.core.egress import EgressGuard
from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.tenancy import add_store
from tests.support.application import AsRole, client_of
from tests.support.bad_input import aim, cases, operations, send
from tests.support.times import FrozenClock

# What may end the session that it is asked with, or take its rights: each case has a person of its own.
PERSONAL = {"change_password", "end_my_session", "end_sessions_of_user", "logout", "update_user"}
# Statuses that an operation has to reach once its cases are aimed at what there is.
REACHED = {
    "change_password": 204,
    "end_my_session": 204,
    "end_sessions_of_user": 204,
    "login": 200,
    "logout": 204,
    "start_import": 202,
    "update_user": 200,
}
PASSWORD = "four words in a row"

pytestmark = pytest.mark.filterwarnings("ignore")
in_mode = pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
MANY = pytest.param(60, id="many", marks=[pytest.mark.story, pytest.mark.timeout(300)])


class Person(NamedTuple):
    """Somebody new, with what their calls may name."""

    client: httpx.AsyncClient
    known: dict[str, object]


NewPerson = Callable[[], Awaitable[Person]]


@pytest_asyncio.fixture
async def new_person(app: Litestar, database: Database, clock: FrozenClock) -> AsyncIterator[NewPerson]:
    """A function that gives another admin, signed in."""
    numbers = count(1)
    async with AsyncExitStack() as stack:

        async def make() -> Person:
            email = f"person{next(numbers)}@example.com"
            async with database.unit_of_work() as session:
                service = AuthService(session, clock)
                user = await service.create_user(email=email, name="Anne", role=Role.ADMIN, password=PASSWORD)
            client = await stack.enter_async_context(client_of(app))
            signed_in = await client.post("/api/v1/auth/login", json={"email": email, "password": PASSWORD})
            assert signed_in.status_code == 200, signed_in.text
            (own,) = (await client.get("/api/v1/auth/sessions")).json()["items"]
            known: dict[str, object] = {"user_id": user.id, "session_id": own["id"], "email": email}
            passwords = {"password": PASSWORD, "current_password": PASSWORD, "new_password": f"{PASSWORD} of cars"}
            return Person(client, known | passwords)

        yield make


@in_mode
@pytest.mark.parametrize("examples", [pytest.param(3, id="some"), MANY])
@pytest.mark.parametrize("name", sorted(operations().keys() - REACHED.keys()))
async def test_an_operation_answers_as_documented_whatever_it_is_sent(
    as_role: AsRole, name: str, mode: GenerationMode, examples: int
) -> None:
    admin = await as_role(Role.ADMIN)
    for case in cases(operations()[name], mode, examples=examples):
        await send(admin, case)


@in_mode
@pytest.mark.parametrize("examples", [pytest.param(5, id="some"), MANY])
@pytest.mark.parametrize("name", sorted(REACHED))
async def test_so_does_one_that_changes_who_asks_or_what_runs(
    new_person: NewPerson,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    mode: GenerationMode,
    examples: int,
) -> None:
    monkeypatch.setattr(EgressGuard.__init__, "__kwdefaults__", {"in_clear": False, "resolver": _somewhere})
    async with database.unit_of_work() as session:
        store = await add_store(session)
    statuses = set()
    person = await new_person()
    for number, case in enumerate(cases(operations()[name], mode, examples=examples)):
        if name in PERSONAL:
            person = await new_person()
        if mode is GenerationMode.POSITIVE and number % 2 == 0:
            aim(case, person.known | {"store_id": store.id, "source_url": "https://shop.example/feed.csv"})
        statuses.add(await send(person.client, case))
    assert mode is not GenerationMode.POSITIVE or REACHED[name] in statuses


async def _somewhere(_host: str, _port: int) -> list[str]:
    """In the place of DNS: a public address."""
    return ["93.184.215.14"]
