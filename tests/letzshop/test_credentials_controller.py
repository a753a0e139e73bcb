import httpx
import msgspec
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from backend.core.egress import EgressGuard
from backend.core.roles import Role
from backend.db.database import Database
from backend.jobs.runner import JobRunner
from backend.letzshop.credentials import shown_end
from backend.letzshop.sim.faults import Fault
from backend.tenancy import Store
from tests.factories.tenancy import add_store
from tests.letzshop.conftest import Letzshop, Look
from tests.support.application import AsRole

STORES = "/api/v1/admin/letzshop/stores"


@pytest_asyncio.fixture
async def admin(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.ADMIN)


@pytest_asyncio.fixture
async def unconnected(database: Database, letzshop: Letzshop) -> Store:
    async with database.unit_of_work() as session:
        return await add_store(session)


def entered(letzshop: Letzshop, **changes: object) -> dict[str, object]:
    return {"api_key": "sim-secret-7", "endpoint_url": letzshop.url, "sync_interval_minutes": 30} | changes


async def test_credentials_are_tested_and_kept_and_the_key_never_comes_back(
    admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop, look: Look
) -> None:
    where = f"{STORES}/{unconnected.id}/credentials"
    saved = await admin.put(where, json=entered(letzshop))
    assert saved.status_code == 200, saved.text
    assert letzshop.simulator.calls == 1
    found = await admin.get(where)
    assert found.json() == saved.json()
    assert found.json()["api_key_last4"] == "et-7"
    assert found.json()["next_sync_at"] is not None
    (row,) = await look.rows("select * from letzshop_credentials")
    audited = await look.rows("select * from audit_log")
    assert "sim-secret-7" not in f"{saved.text}{found.text}{row}{audited}"


async def test_the_audit_log_has_what_was_saved_but_not_the_key(
    admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop, look: Look
) -> None:
    where = f"{STORES}/{unconnected.id}/credentials"
    for changes in ({}, {"api_key": None, "sync_interval_minutes": 45}):
        assert (await admin.put(where, json=entered(letzshop, **changes))).status_code == 200
    saved = await look.rows("select detail from audit_log where action = 'letzshop.credentials.save' order by id")
    assert [msgspec.json.decode(row["detail"]) for row in saved] == [
        {"endpoint_url": letzshop.url, "sync_interval_minutes": 30, "is_key_new": True},
        {"endpoint_url": letzshop.url, "sync_interval_minutes": 45, "is_key_new": False},
    ]


async def test_a_key_that_letzshop_refuses_is_not_kept_and_the_error_names_the_field(
    admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop, look: Look
) -> None:
    reply = await admin.put(f"{STORES}/{unconnected.id}/credentials", json=entered(letzshop, api_key="not-a-key-of-it"))
    assert (reply.status_code, reply.json()["code"]) == (422, "letzshop_refused")
    assert reply.json()["errors"] == [{"path": "api_key", "message": "Letzshop refuses the API key (401)."}]
    assert await look.rows("select * from letzshop_credentials") == []


async def test_an_address_that_does_not_answer_is_named(
    admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.BAD_GATEWAY)
    reply = await admin.put(f"{STORES}/{unconnected.id}/credentials", json=entered(letzshop))
    assert reply.json()["errors"][0]["path"] == "endpoint_url"


async def test_an_address_that_an_admin_types_may_not_lead_into_our_own_network(
    admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop
) -> None:
    address = letzshop.url.replace("/graphql", "/elsewhere")
    reply = await admin.put(f"{STORES}/{unconnected.id}/credentials", json=entered(letzshop, endpoint_url=address))
    assert (reply.status_code, reply.json()["code"]) == (400, "egress_address")
    assert reply.json()["errors"][0]["path"] == "endpoint_url"
    assert letzshop.simulator.calls == 0


async def test_without_an_address_the_installation_s_is_meant_and_without_a_key_the_stored_one_stays(
    admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop
) -> None:
    where = f"{STORES}/{unconnected.id}/credentials"
    first = await admin.put(where, json={"api_key": "sim-secret-7", "sync_interval_minutes": 30})
    assert first.json()["endpoint_url"] == letzshop.url
    second = await admin.put(where, json={"sync_interval_minutes": 5})
    assert (second.json()["sync_interval_minutes"], second.json()["api_key_last4"]) == (5, "et-7")


async def test_a_stored_key_is_not_sent_to_another_address(
    admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop
) -> None:
    where = f"{STORES}/{unconnected.id}/credentials"
    await admin.put(where, json=entered(letzshop))
    reply = await admin.put(where, json={"endpoint_url": "https://elsewhere.example/graphql"})
    assert reply.status_code == 400
    assert reply.json()["errors"] == [{"path": "api_key", "message": "another address needs its API key again"}]


async def test_a_first_save_needs_a_key(admin: httpx.AsyncClient, unconnected: Store) -> None:
    reply = await admin.put(f"{STORES}/{unconnected.id}/credentials", json={})
    assert reply.json()["errors"] == [{"path": "api_key", "message": "the store has no API key yet"}]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("api_key", "abc"),
        ("api_key", "with space"),
        ("api_key", "line\nbreak"),
        ("endpoint_url", "ftp://letzshop.lu"),
        ("sync_interval_minutes", 0),
        ("sync_interval_minutes", 1441),
    ],
)
async def test_bad_input_names_its_field(
    field: str, value: object, admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop
) -> None:
    reply = await admin.put(f"{STORES}/{unconnected.id}/credentials", json=entered(letzshop, **{field: value}))
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["path"] == field


async def test_saved_credentials_can_be_tested_again(
    admin: httpx.AsyncClient, store: Store, letzshop: Letzshop
) -> None:
    where = f"{STORES}/{store.id}/credentials/test"
    assert (await admin.post(where)).status_code == 204
    letzshop.fault(Fault.BAD_KEY)
    assert (await admin.post(where)).status_code == 422


async def test_a_disconnected_store_has_no_key_and_no_schedule(
    admin: httpx.AsyncClient, store: Store, look: Look
) -> None:
    where = f"{STORES}/{store.id}/credentials"
    assert (await admin.delete(where)).status_code == 204
    assert (await admin.get(where)).json()["code"] == "letzshop_not_connected"
    assert await look.rows("select * from letzshop_credentials") == []
    (schedule,) = await look.rows("select is_active from job_schedules")
    assert not schedule["is_active"]


async def test_a_store_that_is_not_there_is_not_found(admin: httpx.AsyncClient, letzshop: Letzshop) -> None:
    for reply in (
        await admin.get(f"{STORES}/999/credentials"),
        await admin.put(f"{STORES}/999/credentials", json=entered(letzshop)),
    ):
        assert (reply.status_code, reply.json()["code"]) == (404, "store_not_found")


async def test_a_public_address_is_reached_over_https_only_for_the_key_travels_with_each_call(
    admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop
) -> None:
    address = "http://93.184.215.14/graphql"
    reply = await admin.put(f"{STORES}/{unconnected.id}/credentials", json=entered(letzshop, endpoint_url=address))
    assert (reply.status_code, reply.json()["code"]) == (400, "egress_clear_text")
    (error,) = reply.json()["errors"]
    assert error["path"] == "endpoint_url"
    assert "https://" in error["message"]


async def test_an_address_is_looked_up_before_the_database_is_touched(
    admin: httpx.AsyncClient,
    unconnected: Store,
    letzshop: Letzshop,
    look: Look,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_transactions: list[int] = []

    async def look_up(self: EgressGuard, host: str, port: int) -> list[str]:
        rows = await look.rows(
            "select 1 from pg_stat_activity where state = 'idle in transaction' and datname = current_database()"
        )
        open_transactions.append(len(rows))
        return await addresses(self, host, port)

    addresses = EgressGuard.addresses
    monkeypatch.setattr(EgressGuard, "addresses", look_up)
    saved = await admin.put(f"{STORES}/{unconnected.id}/credentials", json=entered(letzshop))
    assert saved.status_code == 200, saved.text
    assert open_transactions
    assert set(open_transactions) == {0}


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=4, max_size=60))
def test_of_a_key_the_last_four_are_shown_and_of_a_very_short_one_fewer(key: str) -> None:
    shown = shown_end(key)
    assert key.endswith(shown)
    assert len(shown) == (4 if len(key) >= 8 else len(key) // 3)
    assert len(shown) >= 1


async def test_a_short_key_does_not_come_back_whole(
    admin: httpx.AsyncClient, unconnected: Store, letzshop: Letzshop
) -> None:
    saved = await admin.put(f"{STORES}/{unconnected.id}/credentials", json=entered(letzshop, api_key="sim-7"))
    assert saved.json()["api_key_last4"] == "7"


async def test_a_stored_key_that_cannot_be_read_any_more_is_to_be_entered_again(
    admin: httpx.AsyncClient, store: Store, letzshop: Letzshop, look: Look
) -> None:
    await look.rows("update letzshop_credentials set sealed_api_key = 'gAAAAA'")
    where = f"{STORES}/{store.id}/credentials"
    for reply in (await admin.post(f"{where}/test"), await admin.put(where, json={})):
        assert (reply.status_code, reply.json()["code"]) == (422, "letzshop_key_unreadable")
        assert reply.json()["errors"] == [
            {
                "path": "api_key",
                "message": "The stored API key cannot be read with the present secret key; enter it again.",
            }
        ]
    assert (await admin.put(where, json=entered(letzshop))).status_code == 200
    assert (await admin.post(f"{where}/test")).status_code == 204


async def test_a_key_that_was_sealed_with_a_lost_secret_says_so(
    store: Store, look: Look, runner: JobRunner, start: object
) -> None:
    await look.rows("update letzshop_credentials set sealed_api_key = 'gAAAAA'")
    run_id = await start(store)  # type: ignore[operator]  # the fixture's function
    await runner.run_due()
    assert (await look.run(run_id)).error_message == (
        "The stored API key cannot be read with the present secret key; enter it again."
    )
