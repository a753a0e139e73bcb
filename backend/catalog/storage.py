"""Files behind one storage URL: a local folder by default, S3-compatible when set (design 5)."""

import contextlib
from collections.abc import AsyncIterable, AsyncIterator
from datetime import datetime
from functools import lru_cache

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from backend.core.errors import PayloadTooLargeError
from backend.core.settings import Stores

_READ_BLOCK = 1 << 18
# What one upload holds in memory; also the size of a part in S3, which takes 10,000 of them.
_WRITE_BUFFER = 5 << 20


class StoredFileMissingError(Exception):
    """The file is gone from the storage."""


class Storage:
    """Streams files in and out; keys are of our own making."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def write(self, key: str, blocks: AsyncIterable[bytes], *, limit: int) -> int:
        """Store a file and return its size. PayloadTooLargeError beyond `limit` bytes; what fails leaves no file."""
        size = 0
        try:
            async with obstore.open_writer_async(self._store, key, buffer_size=_WRITE_BUFFER) as writer:
                async for block in blocks:
                    size += len(block)
                    _check_size(size, limit)
                    await writer.write(block)
        except BaseException:
            await self.delete(key)
            raise
        return size

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """The file's blocks; StoredFileMissingError when there is none."""
        try:
            found = await obstore.get_async(self._store, key)
        except (NotFoundError, FileNotFoundError) as error:
            raise StoredFileMissingError("The uploaded file is no longer kept.") from error
        async for block in found.stream(min_chunk_size=_READ_BLOCK):
            yield bytes(block)

    async def written_before(self, before: datetime, prefix: str) -> AsyncIterator[list[str]]:
        """The keys under `prefix` of files that were written before then, some at a time."""
        async for found in obstore.list(self._store, prefix):
            yield [file["path"] for file in found if file["last_modified"] < before]

    async def delete(self, key: str) -> None:
        """Remove the file if it is there."""
        with contextlib.suppress(BaseError, FileNotFoundError):
            await obstore.delete_async(self._store, key)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise PayloadTooLargeError(f"The file is larger than {limit:,} bytes (TOCSIN_MAX_UPLOAD).")


def open_storage(stores: Stores) -> Storage:
    """The installation's storage."""
    return Storage(_store_at(stores.storage_url or (stores.data_dir / "files").absolute().as_uri()))


@lru_cache(maxsize=8)
def _store_at(url: str) -> ObjectStore:
    # Kept, because a store holds its own connections.
    if url.startswith("file:"):
        return LocalStore.from_url(url, automatic_cleanup=True, mkdir=True)
    return from_url(url)
