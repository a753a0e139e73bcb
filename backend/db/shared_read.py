"""One read for everybody who asks at the same time: a hint makes thousands of pages ask the same thing at once."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar, TypeVarTuple

from backend.db.reads import Reads

ResultT = TypeVar("ResultT")
ArgumentTs = TypeVarTuple("ArgumentTs")


def shared(
    read: Callable[[Reads, *ArgumentTs], Awaitable[ResultT]],
) -> Callable[[Reads, *ArgumentTs], Coroutine[Any, Any, ResultT]]:  # Any: nothing is sent into it
    """Who asks while the read runs waits for the next run, with all others: no result is older than its question.

    For reads that give everybody the same; arguments must be hashable, and nobody may change the result.
    """
    latest: dict[Hashable, _Run[ResultT]] = {}

    def forget(key: Hashable, run: _Run[ResultT]) -> None:
        if latest[key] is run:
            del latest[key]

    async def ask(reads: Reads, *arguments: *ArgumentTs) -> ResultT:
        key = (reads, arguments)
        run = latest.get(key)
        if run is None or run.has_begun:
            run = latest[key] = _Run(lambda: read(reads, *arguments), after=run)
            run.task.add_done_callback(lambda _: forget(key, run))
        # Who goes away leaves the read to the others.
        return await asyncio.shield(run.task)

    return ask


class _Run(Generic[ResultT]):
    """One run of a read, after the run before it; until it has begun, others may join."""

    def __init__(self, read: Callable[[], Awaitable[ResultT]], *, after: "_Run[ResultT] | None") -> None:
        self.has_begun = False
        self.task: asyncio.Task[ResultT] = asyncio.create_task(self._run(read, after.task if after else None))

    async def _run(self, read: Callable[[], Awaitable[ResultT]], earlier: "asyncio.Task[ResultT] | None") -> ResultT:
        if earlier is not None:
            await asyncio.wait([earlier])
        self.has_begun = True
        return await read()
