"""Chat and push by Apprise URLs: off the event loop, within 20 s, through the egress guard, and without a log."""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from apprise.plugins.base import NotifyBase

from backend.core.egress import EgressError, EgressGuard, EgressNameError, Resolver, resolve
from backend.core.fields import storable
from backend.core.settings import Settings
from backend.delivery.channels.apprise_log import collecting
from backend.delivery.channels.apprise_service import hand_over, understood
from backend.delivery.channels.chat_services import refusal
from backend.delivery.channels.chat_text import body_of, title_of, type_of
from backend.delivery.channels.guarded_requests import Dialling, dialling
from backend.delivery.envelope import Envelope, Result
from backend.delivery.kinds import Outcome
from backend.delivery.masking import struck

# Seconds, of one message with all that its service needs for it, once it has a thread.
TIMEOUT = 20.0
# The claim takes no more messages than there are threads, but one that was cut off may need a little to end.
MOST_THREADS = 8
_PATIENCE = 10.0  # seconds
_LONGEST_ERROR = 500


_NO_THREAD = Result(outcome=Outcome.FAILED, error="All threads were taken by other messages.", is_of_channel=True)


@dataclass(frozen=True, slots=True)
class _Answer:
    is_understood: bool
    is_taken: bool
    said: str


class ChatSender:
    """Sends through services that Apprise knows and we allow (chat_services)."""

    def __init__(self, settings: Settings, *, resolver: Resolver = resolve, timeout: float = TIMEOUT) -> None:
        self._public_url = settings.server.public_url
        self._guard = EgressGuard(settings.egress_allow, resolver=resolver)
        # Services take their credentials with every call.
        self._clear_guard = EgressGuard(settings.egress_allow, in_clear=True, resolver=resolver)
        self._timeout = timeout
        self._threads = ThreadPoolExecutor(MOST_THREADS, thread_name_prefix="chat")
        self._free = asyncio.Semaphore(MOST_THREADS)

    async def send(self, envelope: Envelope) -> Result:
        why_not = refusal(envelope.address)
        if why_not is not None:
            return Result(outcome=Outcome.REJECTED, error=f"The address {why_not}.")
        if not await self._has_thread():
            return _NO_THREAD
        through = Dialling(self._guard, self._clear_guard, asyncio.get_running_loop())
        try:
            async with asyncio.timeout(self._timeout):
                answer = await asyncio.wrap_future(self._begun(envelope, through))
        except TimeoutError:
            return Result(outcome=Outcome.FAILED, error=f"No answer within {self._timeout:g} s.")
        finally:
            # A thread cannot be stopped, but with its connections closed it ends by itself.
            through.cut()
        return _result(envelope, answer, through.refused)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _has_thread(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                return await self._free.acquire()
        return False

    def _begun(self, envelope: Envelope, through: Dialling) -> Future[_Answer]:
        """Its thread is free again when it has ended, and not when nobody waits for it any more."""
        loop = asyncio.get_running_loop()

        def is_free(_: object) -> None:
            # The loop may have ended before.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._free.release)

        begun = self._threads.submit(self._try, envelope, through)
        begun.add_done_callback(is_free)
        return begun

    def _try(self, envelope: Envelope, through: Dialling) -> _Answer:
        with dialling(through), collecting() as said:
            try:
                service = understood(envelope.address)
                is_taken = service is not None and self._hand_over(service, envelope)
            except Exception as error:  # noqa: BLE001 - 80 services' code that is not ours: whatever it is, it failed
                return _Answer(is_understood=True, is_taken=False, said=f"{type(error).__name__}: {error}")
        return _Answer(service is not None, is_taken, " ".join(said))

    def _hand_over(self, service: NotifyBase, envelope: Envelope) -> bool:
        return hand_over(
            service,
            title=title_of(envelope),
            body=body_of(envelope, self._public_url),
            kind=type_of(envelope.content),
        )


def _result(envelope: Envelope, answer: _Answer, refused: EgressError | None) -> Result:
    if answer.is_taken:
        return Result(outcome=Outcome.SENT)
    if not answer.is_understood:
        return Result(outcome=Outcome.REJECTED, error="The address is not understood; enter it again.")
    # A name may be found again later; an address that is not public stays so.
    is_final = refused is not None and not isinstance(refused, EgressNameError)
    said = refused.detail if refused else answer.said or "The service did not take the message."
    return Result(
        outcome=Outcome.REJECTED if is_final else Outcome.FAILED,
        error=storable(struck(said, (envelope.address,)), _LONGEST_ERROR),
        # Its thread is free again: what a chat lacks when it is down are threads.
        has_answered=True,
    )
