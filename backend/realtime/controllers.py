from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream as StreamingResponse

from backend.auth import Principal, is_session_alive
from backend.core.errors import TooManyRequestsError
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.realtime.hub import Hub
from backend.realtime.stream import Stream, StreamClosedError
from backend.realtime.wire import HEARTBEAT, RETRY, HintData

# Seconds. A stream's life is bounded, so that browsers spread over the processes again after a restart.
HEARTBEAT_EVERY = 15.0
LIFE = 1_800.0

_HEADERS = {
    "Cache-Control": "no-store",
    # nginx buffers otherwise, and hints would come in clumps.
    "X-Accel-Buffering": "no",
}
_DOCUMENTED = {
    200: ResponseSpec(HintData, generate_examples=False, description="Hints", media_type="text/event-stream")
}


class EventController(Controller):
    path = "/api/v1/admin/events"
    tags = ["events"]

    @get(
        "/",
        operation_id="events",
        opt={"role": Role.VIEWER},
        responses=_DOCUMENTED | problems(TooManyRequestsError),
    )
    async def events(
        self, request: Request[Any, Any, Any], reads: NamedDependency[Reads], principal: NamedDependency[Principal]
    ) -> StreamingResponse:  # Any: Litestar's free parameters
        hub: Hub = request.app.state.hub
        owner = f"{principal.kind}:{principal.id}"
        stream = hub.open_stream(owner)
        if stream is None:
            raise TooManyRequestsError("You have too many open streams; poll instead.", retry_after=60)
        return StreamingResponse(
            _bytes(hub, owner, stream, principal, reads), media_type="text/event-stream", headers=_HEADERS
        )


async def _bytes(hub: Hub, owner: str, stream: Stream, principal: Principal, reads: Reads) -> AsyncIterator[bytes]:
    """The stream's bytes: no database session is held; each heartbeat checks that the session still lives."""
    ends = monotonic() + LIFE
    beat = monotonic() + HEARTBEAT_EVERY
    try:
        yield RETRY
        while monotonic() < ends:
            messages = await stream.next_messages(max(0.0, beat - monotonic()))
            for message in messages:
                yield message.encoded()
            if monotonic() >= beat:
                if principal.session_id is not None and not await is_session_alive(reads, principal.session_id):
                    return
                yield HEARTBEAT
                beat = monotonic() + HEARTBEAT_EVERY
    except StreamClosedError:
        return
    finally:
        hub.drop_stream(owner, stream)
