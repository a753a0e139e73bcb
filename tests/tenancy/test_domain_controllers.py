"""The same routes below stores and below merchants."""

from dataclasses import replace

import httpx
import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.core.settings import Server, Settings
from backend.db.database import Database
from tests.factories.tenancy import add_domain, add_merchant, add_store
from tests.support.application import AsRole
from tests.support.times import FrozenClock

ADMIN = "/api/v1/admin"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, server=Server(public_url="https://letzshop.example"))


@pytest_asyncio.fixture
async def admin(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.ADMIN)


@pytest_asyncio.fixture(params=["stores", "merchants"])
async def path(request: pytest.FixtureRequest, database: Database) -> str:
    async with database.unit_of_work() as session:
        owner = await (add_store(session) if request.param == "stores" else add_merchant(session))
    return f"{ADMIN}/{request.param}/{owner.id}/domains"


async def added(admin: httpx.AsyncClient, path: str, domain: str) -> dict[str, object]:
    response = await admin.post(path, json={"domain": domain})
    assert response.status_code == 201, response.text
    body: dict[str, object] = response.json()
    return body


async def test_one_is_added_and_says_how_it_is_verified(
    admin: httpx.AsyncClient, path: str, clock: FrozenClock
) -> None:
    made = await added(admin, path, "https://MyShop.com/")
    assert made == {
        "id": made["id"],
        "domain": "myshop.com",
        "unicode_domain": "myshop.com",
        "is_primary": True,
        "is_active": True,
        "is_verified": False,
        "verified_at": None,
        "ssl_status": "pending",
        "ssl_verified_at": None,
        "verification_token": made["verification_token"],
        "verification_record": {
            "name": "_tocsin-verify.myshop.com",
            "value": f"tocsin-verify={made['verification_token']}",
        },
        "last_checked_at": None,
        "last_error": None,
        "created_at": clock.now().isoformat().replace("+00:00", "Z"),
    }
    assert (await admin.get(path)).json() == {"items": [made], "next_cursor": None}


async def test_an_international_one_is_told_as_it_is_written_and_as_dns_knows_it(
    admin: httpx.AsyncClient, path: str
) -> None:
    made = await added(admin, path, "Bücher.example")
    assert (made["domain"], made["unicode_domain"]) == ("xn--bcher-kva.example", "bücher.example")
    record = {"name": "_tocsin-verify.xn--bcher-kva.example", "value": f"tocsin-verify={made['verification_token']}"}
    assert made["verification_record"] == record


async def test_the_list_is_walked_in_the_order_of_adding(admin: httpx.AsyncClient, path: str) -> None:
    names = [f"shop{number}.lu" for number in (3, 1, 2)]
    for name in names:
        await added(admin, path, name)
    first = (await admin.get(path, params={"limit": 2})).json()
    rest = (await admin.get(path, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [item["domain"] for item in first["items"] + rest["items"]] == names
    assert rest["next_cursor"] is None


async def test_the_same_call_again_with_its_key_adds_nothing(admin: httpx.AsyncClient, path: str) -> None:
    headers = {"Idempotency-Key": "once"}
    replies = [await admin.post(path, json={"domain": "shop.lu"}, headers=headers) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [201, 201]
    assert replies[0].json() == replies[1].json()


async def test_one_in_use_is_a_409_and_one_of_the_platform_a_400_and_both_name_the_field(
    admin: httpx.AsyncClient, database: Database, path: str
) -> None:
    async with database.unit_of_work() as session:
        await add_domain(session, await add_store(session), domain="store.lu")
        await add_domain(session, await add_merchant(session), domain="merchant.lu")
    for typed, status in {
        "store.lu": 409,
        "MERCHANT.lu.": 409,
        "letzshop.example": 400,
        "shop.letzshop.example": 400,
        "192.0.2.1": 400,
        "a b": 400,
        "x\x00y.lu": 400,
    }.items():
        response = await admin.post(path, json={"domain": typed})
        assert response.status_code == status, (typed, response.text)
        assert [error["path"] for error in response.json()["errors"]] == ["domain"]


async def test_a_change_touches_what_is_named(admin: httpx.AsyncClient, path: str) -> None:
    first, second = await added(admin, path, "first.lu"), await added(admin, path, "second.lu")
    changed = (await admin.patch(f"{path}/{second['id']}", json={"is_primary": True})).json()
    assert (changed["is_primary"], changed["is_active"]) == (True, True)
    changed = (await admin.patch(f"{path}/{second['id']}", json={"is_active": False})).json()
    assert (changed["is_primary"], changed["is_active"]) == (True, False)
    items = (await admin.get(path)).json()["items"]
    assert [(item["id"], item["is_primary"]) for item in items] == [(first["id"], False), (second["id"], True)]
    response = await admin.patch(f"{path}/{second['id']}", json={"is_primary": None, "domain": "x.lu"})
    assert response.status_code == 400


async def test_a_removed_one_is_gone_and_every_step_is_in_the_audit_log(
    admin: httpx.AsyncClient, database: Database, path: str
) -> None:
    made = await added(admin, path, "shop.lu")
    await admin.patch(f"{path}/{made['id']}", json={"is_active": False})
    await admin.post(f"{path}/{made['id']}/verify")
    assert (await admin.delete(f"{path}/{made['id']}")).status_code == 204
    assert (await admin.get(path)).json()["items"] == []
    owner = path.split("/")[4].removesuffix("s")
    rows = await database.reads.fetch("select action, target, detail::text from audit_log order by id")
    verbs = ["add", "update", "verify", "remove"]
    assert [row["action"] for row in rows] == [f"{owner}_domain.{verb}" for verb in verbs]
    assert all('"shop.lu"' in row["detail"] for row in rows)
    owner_id = path.split("/")[5]
    assert [row["target"] for row in rows] == [owner_id] + [f"{owner_id}/{made['id']}"] * 3


async def test_asking_for_a_check_queues_one_and_answers_at_once(
    admin: httpx.AsyncClient, database: Database, path: str
) -> None:
    made = await added(admin, path, "shop.lu")
    response = await admin.post(f"{path}/{made['id']}/verify")
    assert (response.status_code, response.json()) == (202, made)
    (job,) = await database.reads.fetch("select kind, payload::text from jobs")
    assert job["kind"] == "tenancy.verify_domain"
    assert '"is_asked": true' in job["payload"]


@pytest.mark.parametrize("missing", ["domain", "owner"])
async def test_what_is_not_there_is_a_404(admin: httpx.AsyncClient, path: str, missing: str) -> None:
    made = await added(admin, path, "shop.lu")
    owner = path.split("/")[4].removesuffix("s")
    if missing == "domain":
        one, code = f"{path}/{int(str(made['id'])) + 1}", "domain_not_found"
    else:
        one, code = f"{ADMIN}/{owner}s/4711/domains/{made['id']}", f"{owner}_not_found"
    responses = [
        await admin.patch(one, json={"is_active": False}),
        await admin.post(f"{one}/verify"),
        await admin.delete(one),
    ]
    assert [(response.status_code, response.json()["code"]) for response in responses] == [(404, code)] * 3


class TestResolve:
    async def test_it_says_where_a_host_leads_and_how(self, as_role: AsRole, database: Database) -> None:
        viewer = await as_role(Role.VIEWER)
        async with database.unit_of_work() as session:
            store = await add_store(session, name="Orion", subdomain="orion")
            await add_domain(session, store, domain="shop.lu")
        for host, via in {"SHOP.lu:443": "store_domain", "orion.letzshop.example": "subdomain"}.items():
            response = await viewer.get(f"{ADMIN}/domains/resolve", params={"host": host})
            assert response.json() == {
                "host": host,
                "store_id": store.id,
                "store_name": "Orion",
                "via": via,
                "reason": None,
            }

    @pytest.mark.parametrize(
        ("host", "reason"),
        [
            ("letzshop.example", "platform_host"),
            ("nobody.letzshop.example", "unknown_subdomain"),
            ("nobody.lu", "unknown_domain"),
            ("[::1]:8000", "not_a_host_name"),
        ],
    )
    async def test_or_why_it_leads_nowhere(self, as_role: AsRole, host: str, reason: str) -> None:
        viewer = await as_role(Role.VIEWER)
        response = await viewer.get(f"{ADMIN}/domains/resolve", params={"host": host})
        assert response.status_code == 200
        nothing = {"store_id": None, "store_name": None, "via": None}
        assert response.json() == {"host": host, "reason": reason} | nothing

    @pytest.mark.parametrize("query", ["", "host=", "host=a%00b", f"host={'a' * 301}"])
    async def test_a_query_without_a_host_is_a_400_that_names_it(self, as_role: AsRole, query: str) -> None:
        viewer = await as_role(Role.VIEWER)
        response = await viewer.get(f"{ADMIN}/domains/resolve?{query}")
        assert response.status_code == 400
        assert [error["path"] for error in response.json()["errors"]] == ["host"]
