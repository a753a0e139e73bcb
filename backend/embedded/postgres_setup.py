"""The first start of the embedded PostgreSQL: a cluster that is there whole or not at all."""

import os
import pwd
import shutil
import time
from pathlib import Path

from backend.embedded.binaries import BARE_ENVIRONMENT
from backend.embedded.data_folder import DataFolder, disk_full, keep_secret
from backend.embedded.errors import DiskFullError, ServiceFailedError
from backend.embedded.process import run_as

USER = "tocsin"
DATABASE = "tocsin"


def ensure_cluster(folder: DataFolder, binaries: Path) -> str:
    """Make the cluster unless there is one; returns the password of its user."""
    secret = folder.secrets / "postgres"
    knows_password = secret.exists()
    password = keep_secret(secret)
    for half_finished in folder.root.glob(f"{folder.postgres.name}.new-*"):
        remove_draft(half_finished)
    if not folder.postgres.exists():
        refuse_nameless_account(folder.account.uid if folder.account else os.geteuid())
        create_cluster(folder, binaries, password)
    else:
        refuse_other_version(folder, binaries)
        if not knows_password:
            change_password(folder, binaries, password)
    return password


def remove_draft(draft: Path, attempts: int = 50) -> None:
    """What a killed first start had started may still be writing for a moment."""
    for attempt in range(1, attempts + 1):
        try:
            shutil.rmtree(draft)
        except FileNotFoundError:
            if not draft.exists():
                return
        except OSError:
            if attempt == attempts:
                raise
        else:
            return
        time.sleep(0.1)


def create_cluster(folder: DataFolder, binaries: Path, password: str) -> None:
    """Initialise beside the final place, then rename: an interrupted first start leaves only the draft."""
    draft = folder.root / f"{folder.postgres.name}.new-{os.getpid()}"
    draft.mkdir(mode=0o700)
    folder.own(draft)
    try:
        initialise(folder, binaries, draft / "data", password)
        create_database(folder, binaries, draft / "data")
        (draft / "data").replace(folder.postgres)
        sync_folder(folder.root)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def initialise(folder: DataFolder, binaries: Path, data: Path, password: str) -> None:
    password_file = data.with_name("password")
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    folder.own(password_file)
    _run(
        folder,
        [
            str(binaries / "initdb"),
            f"--pgdata={data}",
            f"--username={USER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            # Neither ICU nor the machine's locales: the same order everywhere, for ever.
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
        ],
        "PostgreSQL's data folder cannot be initialised",
    )


def refuse_nameless_account(uid: int) -> None:
    """initdb looks the user up; containers run under uids that no password file knows."""
    try:
        pwd.getpwuid(uid)
    except KeyError as error:
        raise ServiceFailedError(
            f"PostgreSQL wants its user to have a name, and uid {uid} has none on this machine; "
            "run Tocsin as a named user, or give it a server of your own with TOCSIN_DATABASE_URL."
        ) from error


def create_database(folder: DataFolder, binaries: Path, data: Path) -> None:
    _single_user(folder, binaries, data, f"CREATE DATABASE {DATABASE};\n")


def change_password(folder: DataFolder, binaries: Path, password: str) -> None:
    """The file with the password was lost; the cluster is ours, so give its user a new one."""
    _single_user(folder, binaries, folder.postgres, f"ALTER ROLE {USER} PASSWORD '{password}';\n")


def refuse_other_version(folder: DataFolder, binaries: Path) -> None:
    made_by = (folder.postgres / "PG_VERSION").read_text().strip()
    answer = run_as([str(binaries / "postgres"), "--version"], env=BARE_ENVIRONMENT, account=folder.account)
    ours = answer.stdout.split()[-1].partition(".")[0]
    if made_by != ours:
        raise ServiceFailedError(
            f"The data folder {folder.root} was made by PostgreSQL {made_by} and cannot be read by {ours}; "
            "back it up with the Tocsin that made it and restore it into a new folder."
        )


def sync_folder(path: Path) -> None:
    """Make a rename survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _single_user(folder: DataFolder, binaries: Path, data: Path, statement: str) -> None:
    _run(
        folder,
        [str(binaries / "postgres"), "--single", "-D", str(data), "postgres"],
        "PostgreSQL's database cannot be prepared",
        statement,
    )


def _run(folder: DataFolder, argv: list[str], trouble: str, stdin: str | None = None) -> None:
    done = run_as(argv, env=BARE_ENVIRONMENT, account=folder.account, stdin=stdin)
    # In single-user mode a failed statement still ends with 0.
    if done.returncode == 0 and "ERROR:" not in done.stderr:
        return
    if "No space left on device" in done.stderr:
        raise DiskFullError(disk_full(folder.root))
    raise ServiceFailedError(f"{trouble}: {last_words(done.stderr)}")


def last_words(text: str) -> str:
    """The last line that says something, for a message of one sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower() or "FATAL" in line]
    return (telling or lines or ["it said nothing"])[-1]
