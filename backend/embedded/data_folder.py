"""The folder that holds the embedded services' data: its layout, owners and modes."""

import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.errors import DiskFullError, FolderUnusableError
from backend.embedded.process import Account, service_account

NEEDED_BYTES = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DataFolder:
    root: Path
    account: Account | None

    @property
    def lock(self) -> Path:
        return self.root / "tocsin.lock"

    @property
    def children(self) -> Path:
        return self.root / "children.json"

    @property
    def ports(self) -> Path:
        return self.root / "ports.json"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def valkey(self) -> Path:
        return self.root / "valkey"

    @property
    def binaries(self) -> Path:
        return self.root / "binaries"

    def own(self, path: Path) -> None:
        """Give a file or folder to the account that the services run as."""
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)


def open_data_folder(root: Path) -> DataFolder:
    """Create what is missing; raises FolderUnusableError or DiskFullError with one sentence."""
    folder = DataFolder(root.absolute(), service_account(os.geteuid()))
    try:
        if not folder.root.is_dir():
            folder.root.mkdir(parents=True)
            # The services' account passes through; a folder that was there keeps the mode its owner gave it.
            folder.root.chmod(0o700 if folder.account is None else 0o711)
        folder.secrets.mkdir(mode=0o700, exist_ok=True)
        folder.logs.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise FolderUnusableError(not_writable(folder.root, error)) from error
    if not os.access(folder.root, os.W_OK):
        raise FolderUnusableError(not_writable(folder.root, None))
    refuse_closed_way(folder)
    refuse_full_disk(folder.root)
    return folder


def not_writable(root: Path, error: OSError | None) -> str:
    reason = "permission denied" if error is None else (error.strerror or str(error)).lower()
    return f"The data folder {root} is not writable ({reason}); choose another with TOCSIN_DATA_DIR."


def refuse_closed_way(folder: DataFolder) -> None:
    if folder.account is None:
        return
    closed = closed_parent(folder.root, folder.account)
    if closed is not None:
        raise FolderUnusableError(
            f"PostgreSQL does not run as root but as uid {folder.account.uid}, which may not enter {closed}, "
            f"so that the data folder {folder.root} is out of its reach; "
            "choose another with TOCSIN_DATA_DIR, such as /var/lib/tocsin."
        )


def closed_parent(path: Path, account: Account) -> Path | None:
    """The topmost folder on the way to `path`, itself included, that the account may not enter."""
    for part in (*reversed(path.parents), path):
        status = part.stat()
        if status.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif status.st_gid == account.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not status.st_mode & needed:
            return part
    return None


def refuse_full_disk(root: Path) -> None:
    free = shutil.disk_usage(root).free
    if free < NEEDED_BYTES:
        raise DiskFullError(disk_full(root, free))


def disk_full(root: Path, free: int | None = None) -> str:
    free = shutil.disk_usage(root).free if free is None else free
    return (
        f"The disk under the data folder {root} is full ({free // 1024**2} MB free, "
        f"{NEEDED_BYTES // 1024**2} MB needed to start); make room or choose another with TOCSIN_DATA_DIR."
    )


def keep_secret(path: Path) -> str:
    """The secret in `path`, made at random the first time; the file is 0600 and complete or absent."""
    if path.exists():
        return path.read_text().strip()
    value = secrets.token_urlsafe(24)
    write_whole(path, value)
    return value


def write_whole(path: Path, text: str) -> None:
    """Write a 0600 file that is never seen half."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
