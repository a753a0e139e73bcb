from collections.abc import AsyncIterator, Awaitable, Callable
from time import monotonic
from typing import Any

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec

from backend.auth import Principal, authenticate_key, is_session_alive
from backend.core.errors import TooManyRequestsError
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.realtime.event_stream import EventStream
from backend.realtime.hub import Hub
from backend.realtime.stream import Stream, StreamClosedError
from backend.realtime.wire import HEARTBEAT, RETRY, HintData

# Seconds. A stream's life is bounded, so that browsers spread over the processes again after a restart.
HEARTBEAT_EVERY = 15.0
LIFE = 1_800.0

_DOCUMENTED = {
    200: ResponseSpec(HintData, generate_examples=False, description="Hints", media_type="text/event-stream")
}

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters
IsAlive = Callable[[], Awaitable[bool]]


class TooManyStreamsError(TooManyRequestsError):
    code = "too_many_streams"
    title = "Too many open streams"

    def __init__(self) -> None:
        super().__init__("You have too many open streams; poll instead.", retry_after=60)


class EventController(Controller):
    path = "/api/v1/admin/events"
    tags = ("events",)

    @get(
        "/",
        operation_id="events",
        summary="Hints about what changed, as server-sent events; the first one is `resync`",
        opt={"role": Role.VIEWER},
        responses=_DOCUMENTED | problems(TooManyStreamsError),
    )
    async def events(
        self, request: AnyRequest, reads: NamedDependency[Reads], principal: NamedDependency[Principal]
    ) -> EventStream:
        hub: Hub = request.app.state.hub
        owner = f"{principal.kind}:{principal.id}"
        stream = hub.open_stream(owner)
        if stream is None:
            raise TooManyStreamsError
        chunks = _chunks(stream, _alive_check(request, principal, reads))
        return EventStream(chunks, release=lambda: hub.drop_stream(owner, stream))


def _alive_check(request: AnyRequest, principal: Principal, reads: Reads) -> IsAlive:
    """Whether whoever opened the stream may still come in: a session or a key may be gone since."""
    session_id, key = principal.session_id, request.headers.get("authorization", "").removeprefix("Bearer ")

    async def is_alive() -> bool:
        if session_id is not None:
            return await is_session_alive(reads, session_id)
        return await authenticate_key(reads, key) is not None

    return is_alive


async def _chunks(stream: Stream, is_alive: IsAlive) -> AsyncIterator[bytes]:
    """The stream's bytes: no database connection is held; each heartbeat asks whether it may go on."""
    ends = monotonic() + LIFE
    beat = monotonic() + HEARTBEAT_EVERY
    yield RETRY
    try:
        while monotonic() < ends:
            message = await stream.next_message(until=beat)
            if message is not None:
                yield message.encoded
            if monotonic() >= beat:
                if not await is_alive():
                    return
                yield HEARTBEAT
                beat = monotonic() + HEARTBEAT_EVERY
    except StreamClosedError:
        return
