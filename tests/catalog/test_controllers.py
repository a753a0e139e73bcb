import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from backend.catalog.sample_feed import sample_feed, some_broken
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.jobs.runner import JobRunner
from backend.tenancy import Store
from tests.catalog.conftest import Look, StartImport
from tests.support.application import AsRole
from tests.support.times import FrozenClock

IMPORTS = "/api/v1/admin/imports"
FEED = b"".join(sample_feed(20))


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


async def upload(client: httpx.AsyncClient, content: bytes = FEED, **fields: object) -> httpx.Response:
    return await upload_with(client, fields, content)


async def upload_with(client: httpx.AsyncClient, fields: dict[str, object], content: bytes = FEED) -> httpx.Response:
    data = {name: str(value) for name, value in fields.items()}
    return await client.post(IMPORTS, data=data, files={"file": ("feed.tsv", content, "text/tab-separated-values")})


def stored_files(settings: Settings) -> list[Path]:
    return [path for path in (settings.stores.data_dir / "files").rglob("*") if path.is_file()]


def paths(response: httpx.Response) -> list[str]:
    return [error["path"] for error in response.json()["errors"]]


class TestUpload:
    async def test_a_file_is_taken_and_imported(
        self, operator: httpx.AsyncClient, store: Store, runner: JobRunner, clock: FrozenClock
    ) -> None:
        response = await upload(operator, store_id=store.id, language="fr")
        assert response.status_code == 202, response.text
        made = response.json()
        person = made.pop("started_by")
        assert person["name"]
        assert made == {
            "id": made["id"],
            "store_id": store.id,
            "store_name": "Moulin de Hesper",
            "marketplace": "Letzshop",
            "source": "feed.tsv",
            "language": "fr",
            "status": "pending",
            "progress": 0.0,
            "total_rows": None,
            "processed_count": 0,
            "imported_count": 0,
            "updated_count": 0,
            "unchanged_count": 0,
            "error_count": 0,
            "warning_count": 0,
            "error_message": None,
            "cancel_requested": False,
            "can_retry": False,
            "created_at": clock.now().isoformat().replace("+00:00", "Z"),
            "started_at": None,
            "completed_at": None,
        }
        await runner.run_due()
        done = (await operator.get(f"{IMPORTS}/{made['id']}")).json()
        assert (done["status"], done["imported_count"], done["total_rows"], done["progress"]) == (
            "completed",
            20,
            20,
            1,
        )

    async def test_the_file_may_come_before_the_fields(self, operator: httpx.AsyncClient, store: Store) -> None:
        body = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="f.csv"\r\n\r\nid,title,price\r\n'
            b'--b\r\nContent-Disposition: form-data; name="store_id"\r\n\r\n%d\r\n'
            b'--b\r\nContent-Disposition: form-data; name="language"\r\n\r\nde\r\n--b--\r\n' % store.id
        )
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        response = await operator.post(IMPORTS, content=body, headers=headers)
        assert response.status_code == 202, response.text
        assert response.json()["language"] == "de"

    @pytest.mark.parametrize(
        ("fields", "path"),
        [
            ({"language": "fr"}, "store_id"),
            ({"store_id": "x", "language": "fr"}, "store_id"),
            ({"store_id": 0, "language": "fr"}, "store_id"),
            ({"store_id": 10**30, "language": "fr"}, "store_id"),
            ({"store_id": 4711, "language": "fr"}, "store_id"),
            ({"store_id": 1}, "language"),
            ({"store_id": 1, "language": "xx"}, "language"),
            ({"store_id": 1, "language": "fr", "colour": "red"}, "colour"),
        ],
    )
    async def test_a_wrong_field_is_named_and_no_file_stays(
        self, operator: httpx.AsyncClient, settings: Settings, fields: dict[str, object], path: str
    ) -> None:
        response = await upload_with(operator, fields)
        assert response.status_code == 400, response.text
        assert paths(response) == [path]
        assert stored_files(settings) == []

    async def test_an_upload_without_a_file_is_refused(self, operator: httpx.AsyncClient, store: Store) -> None:
        files = {"store_id": (None, str(store.id)), "language": (None, "fr")}
        response = await operator.post(IMPORTS, files=files)
        assert response.status_code == 400
        assert paths(response) == ["file"]

    @pytest.mark.parametrize(
        ("content_type", "body"),
        [
            ("multipart/form-data", b"x"),
            ("multipart/form-data; boundary=b", b"not multipart at all"),
            ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\ncut'),
            ("multipart/form-data; boundary=b", b""),
            ("application/json", b"{"),
            ("application/json", b"[]"),
            ("text/plain", b"hello"),
            ("", b""),
        ],
    )
    async def test_an_unreadable_body_is_a_400(
        self, operator: httpx.AsyncClient, settings: Settings, content_type: str, body: bytes
    ) -> None:
        response = await operator.post(IMPORTS, content=body, headers={"Content-Type": content_type})
        assert response.status_code == 400, response.text
        assert response.headers["content-type"] == "application/problem+json"
        assert stored_files(settings) == []

    async def test_an_api_key_may_start_an_import(self, as_role: AsRole, store: Store) -> None:
        machine = await as_role(Role.INGEST)
        response = await upload(machine, store_id=store.id, language="fr")
        assert response.status_code == 202
        assert response.json()["started_by"] is None
        assert (await machine.get(IMPORTS)).status_code == 403


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        from dataclasses import replace  # noqa: PLC0415 - for this fixture alone

        return replace(settings, stores=replace(settings.stores, max_upload=3_000_000))

    async def test_a_file_beyond_the_limit_is_a_413(
        self, operator: httpx.AsyncClient, store: Store, settings: Settings
    ) -> None:
        response = await upload(operator, bytes(3_000_001), store_id=store.id, language="fr")
        assert response.status_code == 413
        assert stored_files(settings) == []

    async def test_an_upload_may_be_longer_than_other_bodies(self, operator: httpx.AsyncClient, store: Store) -> None:
        response = await upload(operator, b"x" * 2_999_999, store_id=store.id, language="fr")
        assert response.status_code == 202

    async def test_a_body_that_is_no_upload_may_not(self, operator: httpx.AsyncClient) -> None:
        async def endless() -> AsyncIterator[bytes]:
            yield b" " * 100

        too_long = await operator.post(
            IMPORTS, content=b" " * (1 << 20) + b"{}", headers={"Content-Type": "application/json"}
        )
        without_length = await operator.post(IMPORTS, content=endless(), headers={"Content-Type": "application/json"})
        assert (too_long.status_code, without_length.status_code) == (413, 413)


class TestFromUrl:
    async def test_an_address_is_taken(self, operator: httpx.AsyncClient, store: Store) -> None:
        body = {"store_id": store.id, "language": "en", "source_url": "https://93.184.215.14/feed.csv"}
        response = await operator.post(IMPORTS, json=body)
        assert response.status_code == 202, response.text
        assert response.json()["source"] == body["source_url"]

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1/x", "http://169.254.169.254/latest", "ftp://x.lu/f", "http://[::1]/", "x", "", 7]
    )
    async def test_an_address_that_may_not_be_fetched_is_refused(
        self, operator: httpx.AsyncClient, store: Store, url: object
    ) -> None:
        response = await operator.post(IMPORTS, json={"store_id": store.id, "language": "en", "source_url": url})
        assert response.status_code == 400
        assert paths(response) == ["source_url"]

    async def test_an_address_that_answers_nothing_fails_the_import(
        self, operator: httpx.AsyncClient, store: Store, runner: JobRunner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("backend.catalog.fetch.PAUSES", ())
        monkeypatch.setattr("backend.core.egress.EgressGuard.check_url", _pass)
        body = {"store_id": store.id, "language": "en", "source_url": "http://10.255.255.1/feed.csv"}
        made = (await operator.post(IMPORTS, json=body)).json()
        await runner.run_due()
        job = (await operator.get(f"{IMPORTS}/{made['id']}")).json()
        assert job["status"] == "failed"
        assert "refused" in job["error_message"]
        assert job["can_retry"]


async def _pass(*_: object, **__: object) -> None:
    return None


class TestLists:
    async def test_imports_are_listed_newest_first_by_page(
        self, operator: httpx.AsyncClient, start_import: StartImport
    ) -> None:
        ids = [await start_import() for _ in range(5)]
        page = (await operator.get(IMPORTS, params={"limit": 3})).json()
        rest = (await operator.get(IMPORTS, params={"limit": 3, "cursor": page["next_cursor"]})).json()
        assert [item["id"] for item in [*page["items"], *rest["items"]]] == ids[::-1]
        assert rest["next_cursor"] is None

    async def test_filters_narrow_the_list(
        self,
        operator: httpx.AsyncClient,
        start_import: StartImport,
        runner: JobRunner,
        store: Store,
        clock: FrozenClock,
    ) -> None:
        await start_import()
        await runner.run_due()
        begun = clock.now() + timedelta(minutes=1)
        clock.advance(timedelta(minutes=2))
        second = await start_import(language="de")
        cases: list[tuple[dict[str, str | int | list[str]], list[int]]] = [
            ({"status": "pending"}, [second]),
            ({"status": ["pending", "completed"], "language": "de"}, [second]),
            ({"since": begun.isoformat()}, [second]),
            ({"until": begun.isoformat(), "language": "de"}, []),
            ({"store_id": store.id + 1}, []),
        ]
        for filters, expected in cases:
            response = await operator.get(IMPORTS, params=filters)
            assert [item["id"] for item in response.json()["items"]] == expected, filters

    @pytest.mark.parametrize(
        "query",
        [
            "status=odd",
            "store_id=x",
            "colour=red",
            "limit=0",
            "cursor=zz",
            "language=xx",
            "since=now",
            "since=2026-01-01T00:00:00",
        ],
    )
    async def test_wrong_filters_are_a_400(self, operator: httpx.AsyncClient, query: str) -> None:
        assert (await operator.get(f"{IMPORTS}?{query}")).status_code == 400

    async def test_a_missing_import_is_a_404(self, operator: httpx.AsyncClient) -> None:
        for response in (
            await operator.get(f"{IMPORTS}/4711"),
            await operator.get(f"{IMPORTS}/4711/errors"),
            await operator.post(f"{IMPORTS}/4711/cancel"),
            await operator.post(f"{IMPORTS}/4711/retry"),
        ):
            assert (response.status_code, response.json()["code"]) == (404, "import_not_found")


class TestErrors:
    @pytest_asyncio.fixture
    async def import_id(self, start_import: StartImport, runner: JobRunner) -> int:
        lines = list(sample_feed(40, broken=some_broken(40, 6)))
        lines[3] = lines[3].replace(b"\t3\t", b"\t99\t").replace(b"in stock", b"=cmd()")
        import_id = await start_import([*lines, b"=1+1\t\t\n"])
        await runner.run_due()
        return import_id

    async def test_errors_are_paged_by_row(self, operator: httpx.AsyncClient, import_id: int) -> None:
        items: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            params = {"limit": "4", "severity": "error"} | ({"cursor": cursor} if cursor else {})
            page = (await operator.get(f"{IMPORTS}/{import_id}/errors", params=params)).json()
            items += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert [item["row_number"] for item in items] == [*sorted(some_broken(40, 6)), 41]
        assert {item["severity"] for item in items} == {"error"}
        assert items[0].keys() == {"row_number", "severity", "code", "field", "message", "raw"}
        assert items[0]["raw"]["brand"]

    async def test_a_cursor_belongs_to_its_filter(self, operator: httpx.AsyncClient, import_id: int) -> None:
        address = f"{IMPORTS}/{import_id}/errors"
        cursor = (await operator.get(address, params={"limit": 1})).json()["next_cursor"]
        response = await operator.get(address, params={"cursor": cursor, "severity": "error"})
        assert response.status_code == 400

    @pytest.mark.parametrize(("query", "accept"), [("", "text/csv"), ("?format=csv", "*/*"), ("?format=csv", "")])
    async def test_errors_come_as_csv_that_a_spreadsheet_does_not_run(
        self, operator: httpx.AsyncClient, import_id: int, query: str, accept: str
    ) -> None:
        response = await operator.get(f"{IMPORTS}/{import_id}/errors{query}", headers={"Accept": accept})
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/csv")
        assert f"import-{import_id}-errors.csv" in response.headers["content-disposition"]
        rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
        assert len([row for row in rows if row["severity"] == "error"]) == 7
        assert json.loads(rows[-1]["raw"])["id"] == "=1+1"
        assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]

    @pytest.mark.parametrize("accept", ["application/json", "*/*", "text/html,*/*;q=0.1"])
    async def test_json_is_what_others_get(self, operator: httpx.AsyncClient, import_id: int, accept: str) -> None:
        response = await operator.get(f"{IMPORTS}/{import_id}/errors", headers={"Accept": accept})
        assert response.headers["content-type"].startswith("application/json")


class TestCancelAndRetry:
    async def test_a_waiting_import_is_cancelled(
        self, operator: httpx.AsyncClient, start_import: StartImport, look: Look
    ) -> None:
        import_id = await start_import()
        response = await operator.post(f"{IMPORTS}/{import_id}/cancel")
        assert (response.status_code, response.json()["status"]) == (200, "cancelled")
        again = await operator.post(f"{IMPORTS}/{import_id}/cancel")
        assert again.status_code == 200

    async def test_a_finished_import_is_not_cancelled(
        self, operator: httpx.AsyncClient, start_import: StartImport, runner: JobRunner
    ) -> None:
        import_id = await start_import()
        await runner.run_due()
        response = await operator.post(f"{IMPORTS}/{import_id}/cancel")
        assert (response.status_code, response.json()["code"]) == (409, "import_finished")

    async def test_a_finished_import_runs_again(
        self, operator: httpx.AsyncClient, start_import: StartImport, runner: JobRunner, look: Look
    ) -> None:
        import_id = await start_import(b"")
        await runner.run_due()
        response = await operator.post(f"{IMPORTS}/{import_id}/retry")
        assert (response.status_code, response.json()["status"]) == (202, "pending")
        assert response.json()["error_message"] is None
        refused = await operator.post(f"{IMPORTS}/{import_id}/retry")
        assert (refused.status_code, refused.json()["code"]) == (409, "import_running")

    async def test_a_file_that_is_no_longer_kept_is_not_run_again(
        self,
        operator: httpx.AsyncClient,
        start_import: StartImport,
        runner: JobRunner,
        clock: FrozenClock,
        settings: Settings,
        look: Look,
    ) -> None:
        import_id = await start_import()
        await runner.run_due()
        clock.advance(timedelta(days=31))
        await look.rows("insert into jobs (kind) values ('catalog.retention')")
        await runner.run_due()
        assert stored_files(settings) == []
        response = await operator.post(f"{IMPORTS}/{import_id}/retry")
        assert (response.status_code, response.json()["code"]) == (409, "import_file_gone")
        assert not (await operator.get(f"{IMPORTS}/{import_id}")).json()["can_retry"]

    async def test_old_imports_go(
        self, operator: httpx.AsyncClient, start_import: StartImport, runner: JobRunner, clock: FrozenClock, look: Look
    ) -> None:
        await start_import(b"id,title,price\n1,a,x\n2,b,1\n")
        await runner.run_due()
        clock.advance(timedelta(days=366))
        await look.rows("insert into jobs (kind) values ('catalog.retention')")
        await runner.run_due()
        assert (await operator.get(IMPORTS)).json()["items"] == []
        assert await look.rows("select id from import_errors") == []

    async def test_a_viewer_may_look_only(self, as_role: AsRole, start_import: StartImport) -> None:
        viewer = await as_role(Role.VIEWER)
        import_id = await start_import()
        assert (await viewer.get(f"{IMPORTS}/{import_id}")).status_code == 200
        for path in ("", f"/{import_id}/cancel", f"/{import_id}/retry"):
            assert (await viewer.post(f"{IMPORTS}{path}", json={})).status_code == 403
