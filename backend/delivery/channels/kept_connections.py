"""Connections that stay open between webhooks.

httpcore's pool (and httpx, which uses it) asks the system about every connection it holds for each request: at 32 at
once that is most of the work. Here a request looks at the one connection that it takes.
"""

import asyncio
from contextlib import suppress

import httpcore
import httpx

from backend.core.egress import EgressGuard
from backend.delivery.webhook_answer import WebhookAnswer

# Seconds: shorter than servers keep an idle connection (5 is the least usual), so that it is our end that closes.
_KEPT_FOR = 4.0
_MOST_KEPT = 128
# What is read of an answer so that its connection can be used again; its status has decided by then.
_MOST_READ = 16_384
_LONGEST_READ = 2.0  # seconds

# A kept connection that the receiver closed meanwhile.
_STALE = (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError, httpcore.ConnectionNotAvailable)


class KeptConnections:
    """HTTP/1.1 by the egress guard's network; how many are open at once is the caller's business."""

    def __init__(self, guard: EgressGuard) -> None:
        self._network = guard.network()
        self._tls = httpx.create_ssl_context(trust_env=False)
        self._idle: list[httpcore.AsyncHTTPConnection] = []

    async def aclose(self) -> None:
        idle, self._idle = self._idle, []
        for connection in idle:
            await connection.aclose()

    async def ask(self, request: httpcore.Request) -> WebhookAnswer:
        """Send it and read the answer's beginning; raises httpcore's errors and the guard's. May send it twice."""
        kept = await self._kept(request.url.origin)
        if kept is not None:
            with suppress(*_STALE):
                return await self._exchange(kept, request)
        return await self._exchange(self._new(request.url.origin), request)

    async def _exchange(self, connection: httpcore.AsyncHTTPConnection, request: httpcore.Request) -> WebhookAnswer:
        try:
            response = await connection.handle_async_request(request)
            body = await _beginning(response)
        except BaseException:
            await connection.aclose()
            raise
        await self._keep(connection)
        wait = next((value for name, value in response.headers if name.lower() == b"retry-after"), None)
        return WebhookAnswer(response.status, None if wait is None else wait.decode("latin-1"), body)

    async def _kept(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection | None:
        """The one that was used last: the longer a connection rests, the likelier it is closed."""
        while True:
            found = next((kept for kept in reversed(self._idle) if kept.can_handle_request(origin)), None)
            if found is None:
                return None
            self._idle.remove(found)
            if not found.has_expired():
                return found
            await found.aclose()

    async def _keep(self, connection: httpcore.AsyncHTTPConnection) -> None:
        if not connection.is_idle():
            await connection.aclose()
            return
        self._idle.append(connection)
        if len(self._idle) > _MOST_KEPT:
            await self._idle.pop(0).aclose()

    def _new(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        return httpcore.AsyncHTTPConnection(
            origin, ssl_context=self._tls, keepalive_expiry=_KEPT_FOR, network_backend=self._network
        )


async def _beginning(response: httpcore.Response) -> bytes:
    """What comes of the body, within bounds of size and time: a receiver that trails off has answered all the same."""
    body = bytearray()
    with suppress(TimeoutError, httpcore.NetworkError, httpcore.ProtocolError):
        async with asyncio.timeout(_LONGEST_READ):
            async for block in response.aiter_stream():
                body += block
                if len(body) >= _MOST_READ:
                    break
    await response.aclose()
    return bytes(body[:_MOST_READ])
