from datetime import timedelta

import httpx
import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.people import add_user
from tests.factories.tenancy import add_merchant, add_store
from tests.support.application import AsRole
from tests.support.times import FrozenClock

MERCHANTS = "/api/v1/admin/merchants"
STORES = "/api/v1/admin/stores"


@pytest_asyncio.fixture
async def admin(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.ADMIN)


async def names(client: httpx.AsyncClient, path: str, **filters: object) -> list[str]:
    response = await client.get(path, params=filters)  # type: ignore[arg-type]  # httpx turns values into text
    assert response.status_code == 200, response.text
    return [item["name"] for item in response.json()["items"]]


class TestMerchants:
    async def test_it_has_one_owner_who_may_hand_it_on(self, admin: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            anne, ben = await add_user(session, name="Anne"), await add_user(session, name="Ben")
        body = {"name": "Dupont SARL", "contact_email": "office@dupont.example", "owner_user_id": anne.id}
        made = (await admin.post(MERCHANTS, json=body)).json()
        assert made["owner"] == {"id": anne.id, "name": "Anne"}
        for owner in ({"id": ben.id, "name": "Ben"}, None):
            change = {"owner_user_id": owner["id"] if owner else None}
            assert (await admin.patch(f"{MERCHANTS}/{made['id']}", json=change)).json()["owner"] == owner
            (listed,) = (await admin.get(MERCHANTS)).json()["items"]
            assert listed["owner"] == owner

    async def test_an_owner_that_nobody_is_is_refused(self, admin: httpx.AsyncClient) -> None:
        made = (await admin.post(MERCHANTS, json={"name": "D", "contact_email": "d@dupont.example"})).json()
        for reply in (
            await admin.post(MERCHANTS, json={"name": "E", "contact_email": "e@d.example", "owner_user_id": 999}),
            await admin.patch(f"{MERCHANTS}/{made['id']}", json={"owner_user_id": 999}),
        ):
            assert (reply.status_code, reply.json()["errors"][0]["path"]) == (400, "owner_user_id")

    async def test_one_is_made_from_a_name_and_an_address(self, admin: httpx.AsyncClient, clock: FrozenClock) -> None:
        body = {"name": "Boulangerie Dupont SARL", "contact_email": "office@dupont.example"}
        response = await admin.post(MERCHANTS, json=body)
        assert response.status_code == 201, response.text
        made = response.json()
        now = clock.now().isoformat().replace("+00:00", "Z")
        assert made == {
            **body,
            "id": made["id"],
            "owner_user_id": None,
            "owner": None,
            "description": None,
            "contact_phone": None,
            "website": None,
            "business_address": None,
            "tax_number": None,
            "is_active": True,
            "is_verified": False,
            "store_count": 0,
            "created_at": now,
            "updated_at": now,
            "stopped_schedules": [],
        }
        assert (await admin.get(f"{MERCHANTS}/{made['id']}")).json() == made

    async def test_a_change_touches_what_is_named_and_null_empties(
        self, admin: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            merchant = await add_merchant(session, website="https://dupont.example", tax_number="LU123")
        clock.advance(timedelta(hours=1))
        response = await admin.patch(f"{MERCHANTS}/{merchant.id}", json={"website": None, "is_active": False})
        changed = response.json()
        assert (changed["website"], changed["is_active"], changed["tax_number"]) == (None, False, "LU123")
        assert changed["updated_at"] > changed["created_at"]

    async def test_a_name_may_not_be_emptied(self, admin: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            merchant = await add_merchant(session)
        response = await admin.patch(f"{MERCHANTS}/{merchant.id}", json={"name": None})
        assert response.status_code == 400
        assert [error["path"] for error in response.json()["errors"]] == ["name"]

    async def test_they_are_found_by_words_and_state(self, admin: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            await add_merchant(session, name="Bäckerei Müller")
            await add_merchant(session, name="Orion 100%", is_active=False)
            await add_merchant(session, name="Épicerie", contact_email="anne@mueller.example")
        assert await names(admin, MERCHANTS, q="MÜLLER") == ["Bäckerei Müller"]
        assert await names(admin, MERCHANTS, q="mueller") == ["Épicerie"]
        assert await names(admin, MERCHANTS, q="0%") == ["Orion 100%"]
        assert await names(admin, MERCHANTS, is_active=False) == ["Orion 100%"]

    async def test_a_missing_one_is_a_404(self, admin: httpx.AsyncClient) -> None:
        assert (await admin.get(f"{MERCHANTS}/4711")).json()["code"] == "merchant_not_found"
        assert (await admin.patch(f"{MERCHANTS}/4711", json={})).status_code == 404


class TestStores:
    async def test_one_is_made_for_a_merchant(self, admin: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            merchant = await add_merchant(session, name="WizaCorp Ltd.")
        body = {"merchant_id": merchant.id, "name": "Orion", "store_code": "ORION", "subdomain": "orion"}
        response = await admin.post(STORES, json=body)
        assert response.status_code == 201, response.text
        made = response.json()
        assert made.items() >= {**body, "merchant_name": "WizaCorp Ltd.", "is_active": True}.items()
        assert made["letzshop_default_tax_rate"] == 17
        assert (await admin.get(f"{STORES}/{made['id']}")).json() == made
        assert (await admin.get(f"{MERCHANTS}/{merchant.id}")).json()["store_count"] == 1

    async def test_a_code_in_use_is_a_409_that_names_the_field(
        self, admin: httpx.AsyncClient, database: Database
    ) -> None:
        async with database.unit_of_work() as session:
            store = await add_store(session, store_code="ORION")
            other = await add_store(session)
        for response in (
            await admin.post(
                STORES,
                json={"merchant_id": store.merchant_id, "name": "x", "store_code": "orion", "subdomain": "x"},
            ),
            await admin.patch(f"{STORES}/{other.id}", json={"store_code": "Orion"}),
        ):
            assert response.status_code == 409
            assert [error["path"] for error in response.json()["errors"]] == ["store_code"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("merchant_id", 4711),
            ("merchant_id", 0),
            ("name", "  "),
            ("name", "a\x00b"),
            ("store_code", "with space"),
            ("subdomain", "-dash"),
            ("subdomain", "two.labels"),
            ("letzshop_csv_url_fr", "ftp://dupont.example/feed.csv"),
            ("letzshop_default_tax_rate", 19),
            ("letzshop_boost_sort", 11),
            ("letzshop_delivery_method", "drone"),
        ],
    )
    async def test_bad_input_is_a_400_that_names_the_field(
        self, admin: httpx.AsyncClient, database: Database, field: str, value: object
    ) -> None:
        async with database.unit_of_work() as session:
            merchant = await add_merchant(session)
        body = {"merchant_id": merchant.id, "name": "Orion", "store_code": "ORION", "subdomain": "orion"}
        response = await admin.post(STORES, json=body | {field: value})
        assert response.status_code == 400, response.text
        assert [error["path"] for error in response.json()["errors"]] == [field]

    async def test_feed_addresses_are_changed_one_by_one(self, admin: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            store = await add_store(
                session,
                letzshop_csv_url_fr="https://dupont.example/fr.csv",
                letzshop_csv_url_de="https://dupont.example/de.csv",
            )
        body = {"letzshop_csv_url_en": "https://dupont.example/en.csv", "letzshop_csv_url_de": None}
        changed = (await admin.patch(f"{STORES}/{store.id}", json=body)).json()
        assert [changed[f"letzshop_csv_url_{language}"] for language in ("fr", "en", "de")] == [
            "https://dupont.example/fr.csv",
            "https://dupont.example/en.csv",
            None,
        ]

    async def test_they_are_found_by_merchant_words_and_state(
        self, admin: httpx.AsyncClient, database: Database
    ) -> None:
        async with database.unit_of_work() as session:
            orion = await add_store(session, name="Orion", store_code="OR1", subdomain="or-one")
            gadgets = await add_store(session, name="Gadgets", merchant_id=orion.merchant_id, is_active=False)
            books = await add_store(session, name="Books", store_code="BK1", subdomain="books-lu")
        assert await names(admin, STORES, merchant_id=orion.merchant_id) == ["Gadgets", "Orion"]
        assert await names(admin, STORES, merchant_id=[orion.merchant_id, books.merchant_id]) == [
            "Books",
            "Gadgets",
            "Orion",
        ]
        assert await names(admin, STORES, q="or1") == ["Orion"]
        assert await names(admin, STORES, q="BOOKS-lu") == ["Books"]
        assert await names(admin, STORES, is_active=False) == [gadgets.name]

    async def test_a_walk_by_name_shows_each_store_once(self, admin: httpx.AsyncClient, database: Database) -> None:
        shown = ["İstanbul", "istanbul", "Straße", "STRASSE", "Äpfel", "apfel", "Apfel", "Zoo", "éclair"]
        async with database.unit_of_work() as session:
            merchant = await add_merchant(session)
            for name in shown:
                await add_store(session, name=name, merchant_id=merchant.id)
        walked: list[str] = []
        cursor: str | None = None
        while True:
            page = (await admin.get(STORES, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
            walked += [item["name"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert sorted(walked) == sorted(shown)
        assert walked.index("Apfel") < walked.index("Zoo")

    async def test_a_cursor_of_other_filters_is_refused(self, admin: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            for _ in range(2):
                await add_store(session)
        cursor = (await admin.get(STORES, params={"limit": 1})).json()["next_cursor"]
        response = await admin.get(STORES, params={"limit": 1, "q": "x", "cursor": cursor})
        assert response.status_code == 400
        assert [error["path"] for error in response.json()["errors"]] == ["cursor"]
