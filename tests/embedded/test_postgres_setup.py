import contextlib
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from backend.embedded.binaries import postgres_binaries
from backend.embedded.data_folder import open_data_folder
from backend.embedded.errors import ServiceFailedError
from backend.embedded.postgres_setup import (
    change_password,
    ensure_cluster,
    refuse_nameless_account,
    remove_draft,
)
from backend.embedded.services import run_services, temporary_folder


def test_a_draft_is_removed_although_somebody_still_writes_into_it(tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    (draft / "deep").mkdir(parents=True)
    writing = threading.Event()
    until = time.monotonic() + 0.5

    def write() -> None:
        while time.monotonic() < until:
            for number in range(50):
                with contextlib.suppress(OSError):
                    (draft / "deep" / str(number)).write_text("")
            writing.set()

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait()

    remove_draft(draft)

    assert not draft.exists()
    writer.join()


def test_a_draft_that_stays_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_: Path) -> None:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(shutil, "rmtree", busy)

    with pytest.raises(OSError, match="busy"):
        remove_draft(tmp_path, attempts=2)


def test_a_user_without_a_name_is_refused_in_words() -> None:
    with pytest.raises(ServiceFailedError, match=r"uid 61999 has none on this machine.*TOCSIN_DATABASE_URL"):
        refuse_nameless_account(61_999)
    refuse_nameless_account(os.geteuid())


@pytest.mark.story
def test_data_of_another_postgresql_is_refused_with_both_versions() -> None:
    with temporary_folder() as root:
        with run_services(root, durable=False):
            pass
        (root / "postgres" / "PG_VERSION").write_text("15\n")

        with (
            pytest.raises(ServiceFailedError, match=r"made by PostgreSQL 15 and cannot be read by 18"),
            run_services(root),
        ):
            pytest.fail("other data")


@pytest.mark.story
def test_a_first_start_throws_half_finished_ones_away_and_a_second_keeps_the_cluster() -> None:
    with temporary_folder() as root:
        folder = open_data_folder(root)
        (root / "postgres.new-123" / "data").mkdir(parents=True)
        binaries = postgres_binaries(folder)

        password = ensure_cluster(folder, binaries)
        made = (root / "postgres" / "PG_VERSION").stat().st_ino

        assert ensure_cluster(folder, binaries) == password
        assert (root / "postgres" / "PG_VERSION").stat().st_ino == made
        assert [path.name for path in root.glob("postgres*")] == ["postgres"]

        (folder.secrets / "postgres").unlink()
        assert ensure_cluster(folder, binaries) != password


@pytest.mark.story
def test_a_cluster_that_cannot_be_repaired_says_why() -> None:
    with temporary_folder() as root:
        folder = open_data_folder(root)
        binaries = postgres_binaries(folder)
        ensure_cluster(folder, binaries)
        shutil.rmtree(root / "postgres" / "global")

        with pytest.raises(ServiceFailedError, match="PostgreSQL's database cannot be prepared: "):
            change_password(folder, binaries, "x")
