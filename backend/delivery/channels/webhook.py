"""Webhooks out, by the Standard Webhooks specification."""

import asyncio
from types import TracebackType
from typing import Self

import httpcore

from backend import __version__
from backend.core.clock import Clock
from backend.core.egress import EgressError, EgressGuard, EgressNameError, parsed_url
from backend.core.fields import one_line
from backend.delivery.channels.kept_connections import KeptConnections
from backend.delivery.envelope import Envelope, Result
from backend.delivery.kinds import Outcome
from backend.delivery.signing import SigningSecretError, signature
from backend.delivery.webhook_answer import result_of
from backend.delivery.webhook_body import webhook_body

# The whole attempt: name, connection, TLS, answer; seconds.
LONGEST_ATTEMPT = 15.0
# The dialling, and once more TLS; both end before the attempt does, because httpcore leaves a socket open where TLS is
# cancelled from outside.
LONGEST_CONNECT = 6.0
_AGENT = f"Tocsin/{__version__}".encode()
# httpcore's errors have no class of their own above them.
_TRANSPORT = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    OSError,
)


class WebhookSender:
    """Posts signed events; open for a worker's life, so that connections are kept. A redirect is a failure."""

    def __init__(self, guard: EgressGuard, clock: Clock, *, base_url: str | None = None) -> None:
        """`base_url` is where the SPA is found, for links in the body."""
        self._connections = KeptConnections(guard)
        self._clock = clock
        self._base_url = base_url

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._connections.aclose()

    async def send(self, envelope: Envelope) -> Result:
        """Try once. What goes wrong is a Result; nothing but CancelledError is raised."""
        try:
            async with asyncio.timeout(LONGEST_ATTEMPT):
                answer = await self._connections.ask(self._request(envelope))
        except EgressNameError as error:
            return Result(outcome=Outcome.FAILED, error=error.detail)
        except (EgressError, SigningSecretError) as error:
            return Result(outcome=Outcome.REJECTED, error=str(error))
        except (TimeoutError, httpcore.TimeoutException):
            return Result(outcome=Outcome.FAILED, error=f"The receiver did not answer in {LONGEST_ATTEMPT:.0f} s.")
        except _TRANSPORT as error:
            reason = one_line(str(error)) or type(error).__name__
            return Result(outcome=Outcome.FAILED, error=f"The receiver could not be reached: {reason}.")
        return result_of(answer, address=envelope.address, now=self._clock.now())

    def _request(self, envelope: Envelope) -> httpcore.Request:
        url = parsed_url(envelope.address)
        body = webhook_body(envelope.content, base_url=self._base_url)
        message_id = webhook_id(envelope)
        timestamp = int(self._clock.now().timestamp())
        signed = signature(envelope.secrets, message_id=message_id, timestamp=timestamp, body=body)
        headers = [
            (b"host", url.netloc),
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"user-agent", _AGENT),
            (b"webhook-id", message_id.encode()),
            (b"webhook-timestamp", b"%d" % timestamp),
            (b"webhook-signature", signed.encode()),
        ]
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        return httpcore.Request(
            "POST", target, headers=headers, content=body, extensions={"timeout": {"connect": LONGEST_CONNECT}}
        )


def webhook_id(envelope: Envelope) -> str:
    """The same at every try and replay: receivers drop what they have seen."""
    return f"msg_{envelope.content.message_id}_{envelope.destination_id}"
