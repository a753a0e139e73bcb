import asyncio
import getpass
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.cli.main import build_parser, main
from backend.cli.openapi_file import render
from backend.db.database import Database

STRONG = "seven bells ring at noon"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, database_url: str, redis_url: str) -> None:
    monkeypatch.setenv("TOCSIN_DATABASE_URL", database_url)
    monkeypatch.setenv("TOCSIN_REDIS_URL", redis_url)


@pytest.mark.parametrize("command", ["up", "api", "worker", "migrate", "seed", "import", "openapi", "user"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        build_parser().parse_args([command, "--help"])
    assert stopped.value.code == 0
    assert "usage: tocsin" in capsys.readouterr().out


def test_a_wrong_setting_is_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOCSIN_PORT", "eighty")
    assert main(["api"]) == 2
    assert capsys.readouterr().err == "tocsin: TOCSIN_PORT must be a whole number from 1 to 65535.\n"


def test_a_command_without_a_database_says_which_variable_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("TOCSIN_DATABASE_URL", raising=False)
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path))
    assert main(["migrate"]) == 2
    assert "TOCSIN_DATABASE_URL" in capsys.readouterr().err


def test_the_openapi_document_is_the_same_each_time_and_names_no_host(tmp_path: Path) -> None:
    assert render() == render()
    file = tmp_path / "openapi.json"
    assert main(["openapi", str(file)]) == 0
    document = json.loads(file.read_text())
    assert "servers" not in document or document["servers"] == [{"url": "/"}]


@pytest.mark.usefixtures("environment")
class TestSeed:
    async def test_a_first_start_that_breaks_off_in_the_demo_leaves_no_admin_whose_password_nobody_saw(
        self, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("TOCSIN_DEMO", "1")

        async def break_off(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr("backend.cli.setup.seed_demo", break_off)
            with pytest.raises(KeyboardInterrupt):
                await asyncio.to_thread(main, ["seed"])
        assert await database.reads.fetchval("select count(*) from users") == 0
        assert await asyncio.to_thread(main, ["seed"]) == 0
        said = capsys.readouterr().out
        assert "First admin admin@tocsin.local, password: " in said
        assert "Seeded a demo platform" in said
        assert await asyncio.to_thread(main, ["seed"]) == 0
        assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("environment")
class TestUser:
    async def test_creates_a_person_with_the_password_from_stdin(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert await self.run(monkeypatch, STRONG, "create", "anne@example.com", "--name", "Anne", "--role", "operator")
        async with database.unit_of_work() as session:
            row = (await session.execute(text("select email, name, role, password_hash from users"))).one()
        assert (row.email, row.name, row.role) == ("anne@example.com", "Anne", "operator")
        assert STRONG not in row.password_hash

    async def test_refuses_a_weak_password_in_one_sentence(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert not await self.run(
            monkeypatch, "short", "create", "bob@example.com", "--name", "Bob", "--role", "viewer"
        )
        assert capsys.readouterr().err.startswith("tocsin: ")

    async def test_disables_a_person(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        await self.run(monkeypatch, STRONG, "create", "anne@example.com", "--name", "Anne", "--role", "operator")
        assert await self.run(monkeypatch, "", "disable", "anne@example.com")
        assert await database.reads.fetchval("select is_active from users") is False

    async def test_what_was_done_is_in_the_audit_log(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        await self.run(monkeypatch, STRONG, "create", "anne@example.com", "--name", "Anne", "--role", "operator")
        await self.run(monkeypatch, STRONG + "er", "set-password", "anne@example.com")
        await self.run(monkeypatch, "", "disable", "nobody@example.com")
        await self.run(monkeypatch, "", "disable", "anne@example.com")
        anne = await database.reads.fetchval("select id::text from users")
        rows = await database.reads.fetch("select actor_kind, actor_name, action, target from audit_log order by id")
        assert [tuple(row) for row in rows] == [
            ("system", getpass.getuser(), action, anne)
            for action in ("user.create", "user.reset_password", "user.update")
        ]

    async def run(self, monkeypatch: pytest.MonkeyPatch, stdin: str, *arguments: str) -> bool:
        """Run in a thread: the command brings its own event loop."""
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin + "\n"))
        return await asyncio.to_thread(main, ["user", *arguments]) == 0
