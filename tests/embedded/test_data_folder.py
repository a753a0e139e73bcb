import os
from pathlib import Path

import pytest

from backend.embedded import data_folder
from backend.embedded.data_folder import (
    DataFolder,
    closed_parent,
    keep_secret,
    open_data_folder,
    refuse_closed_way,
    write_whole,
)
from backend.embedded.errors import DiskFullError, FolderUnusableError
from backend.embedded.process import Account
from backend.embedded.services import temporary_folder

STRANGER = Account(60_123, 60_123)


def test_a_new_folder_is_made_with_its_parents_and_keeps_its_secrets_to_itself() -> None:
    with temporary_folder() as parent:
        folder = open_data_folder(parent / "deep" / "data")

        assert folder.secrets.stat().st_mode & 0o777 == 0o700
        assert folder.root.stat().st_mode & 0o007 in {0, 1}


def test_a_folder_that_was_there_keeps_its_mode() -> None:
    with temporary_folder() as folder:
        folder.chmod(0o755)

        open_data_folder(folder)

        assert folder.stat().st_mode & 0o777 == 0o755


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    with pytest.raises(FolderUnusableError, match=r"data is not writable \(file exists\).*TOCSIN_DATA_DIR"):
        open_data_folder(tmp_path / "data")


def test_too_little_room_is_refused_with_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_folder, "NEEDED_BYTES", 1 << 60)

    with temporary_folder() as parent, pytest.raises(DiskFullError, match=r"is full \(\d+ MB free, \d+ MB needed"):
        open_data_folder(parent)


def test_the_topmost_closed_folder_on_the_way_is_the_one_to_name(tmp_path: Path) -> None:
    way = tmp_path / "open" / "closed" / "also closed"
    way.mkdir(parents=True)
    for folder in (tmp_path, *tmp_path.parents[:-2], tmp_path / "open"):
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(0o755)
    (tmp_path / "open" / "closed").chmod(0o700)
    way.chmod(0o700)

    assert closed_parent(way, STRANGER) == tmp_path / "open" / "closed"
    assert closed_parent(tmp_path / "open", STRANGER) is None


def test_the_owner_may_pass_where_others_may_not(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    assert closed_parent(tmp_path, Account(os.geteuid(), os.getegid())) is None


def test_a_closed_way_is_refused_with_the_way_out(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    with pytest.raises(FolderUnusableError, match=r"may not enter .* TOCSIN_DATA_DIR, such as /var/lib/tocsin"):
        refuse_closed_way(DataFolder(tmp_path, STRANGER))


def test_without_another_account_every_way_is_open(tmp_path: Path) -> None:
    refuse_closed_way(DataFolder(tmp_path, None))


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = keep_secret(tmp_path / "secret")

    assert keep_secret(tmp_path / "secret") == first
    assert len(first) >= 32
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_file_is_replaced_whole_and_leaves_no_draft(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", "one")
    write_whole(tmp_path / "file", "two")

    assert [path.read_text() for path in tmp_path.iterdir()] == ["two"]
