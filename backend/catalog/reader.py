"""A feed of any length as a stream of chunks, in bounded memory and without holding up the event loop."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from backend.catalog.feed_parser import FeedChunk, FeedParser

# A chunk ends with the block in which it reaches either bound.
CHUNK_ROWS = 10_000
_CHUNK_BYTES = 6 << 20
_BLOCK_BYTES = 1 << 18


async def read_chunks(blocks: AsyncIterable[bytes], *, after_row: int = 0) -> AsyncGenerator[FeedChunk, None]:
    """The feed's chunks; a thread parses the next while the caller works on one. Errors as FeedParser's."""
    chunks = _parse(blocks, after_row)
    coming = asyncio.ensure_future(anext(chunks, None))
    try:
        while (chunk := await coming) is not None:
            coming = asyncio.ensure_future(anext(chunks, None))
            yield chunk
            # Two chunks in memory, not three: the last one goes before the next is waited for.
            del chunk
    finally:
        coming.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await coming
        await chunks.aclose()


async def _parse(blocks: AsyncIterable[bytes], after_row: int) -> AsyncGenerator[FeedChunk, None]:
    parser = FeedParser(after_row=after_row)
    size = 0
    loop = asyncio.get_running_loop()
    # One thread for the whole feed: each thread that allocates keeps memory of its own.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="feed") as thread:
        async for block in blocks:
            for part in _parts(block):
                await loop.run_in_executor(thread, parser.feed, part)
                size += len(part)
                if parser.pending >= CHUNK_ROWS or (size >= _CHUNK_BYTES and parser.pending):
                    yield parser.take()
                    size = 0
        await loop.run_in_executor(thread, parser.finish)
    if parser.pending:
        yield parser.take()


def _parts(block: bytes) -> Iterator[bytes]:
    for start in range(0, len(block), _BLOCK_BYTES):
        yield block[start : start + _BLOCK_BYTES]
