from pathlib import Path

import pytest

from backend.catalog.storage import Storage, StoredFileMissingError, open_storage
from backend.core.errors import PayloadTooLargeError
from backend.core.settings import Stores
from tests.catalog.conftest import stream


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return open_storage(Stores(data_dir=tmp_path))


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def content(storage: Storage, key: str) -> bytes:
    return b"".join([block async for block in storage.read(key)])


class TestStorage:
    async def test_what_is_written_is_read(self, storage: Storage) -> None:
        size = await storage.write("imports/a", stream([b"one", b"", b"two"]), limit=100)
        assert size == 6
        assert await content(storage, "imports/a") == b"onetwo"

    async def test_a_large_file_is_read_in_pieces(self, storage: Storage) -> None:
        await storage.write("imports/a", stream([bytes(1_000_000)] * 12), limit=1 << 30)
        sizes = [len(block) async for block in storage.read("imports/a")]
        assert sum(sizes) == 12_000_000
        assert max(sizes) <= 4 << 20

    async def test_a_file_beyond_the_limit_is_refused_and_leaves_nothing(
        self, storage: Storage, tmp_path: Path
    ) -> None:
        with pytest.raises(PayloadTooLargeError, match="TOCSIN_MAX_UPLOAD"):
            await storage.write("imports/a", stream([bytes(60), bytes(60)]), limit=100)
        assert files(tmp_path) == []

    async def test_an_upload_that_breaks_off_leaves_nothing(self, storage: Storage, tmp_path: Path) -> None:
        async def broken() -> object:
            yield bytes(6_000_000)
            raise ConnectionResetError

        with pytest.raises(ConnectionResetError):
            await storage.write("imports/a", broken(), limit=1 << 30)  # type: ignore[arg-type]  # breaks off
        assert files(tmp_path) == []

    async def test_a_missing_file_is_told_and_may_be_deleted_again(self, storage: Storage) -> None:
        await storage.delete("imports/a")
        with pytest.raises(StoredFileMissingError):
            await content(storage, "imports/a")

    async def test_a_storage_url_is_used(self, tmp_path: Path) -> None:
        elsewhere = tmp_path / "else where"
        storage = open_storage(Stores(data_dir=tmp_path / "data", storage_url=elsewhere.as_uri()))
        await storage.write("imports/a", stream([b"x"]), limit=10)
        assert files(elsewhere) == ["a"]
