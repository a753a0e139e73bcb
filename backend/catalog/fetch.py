"""Fetching a feed by its address: through the egress guard, with a limit, and in words when it fails."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import httpx

from backend.catalog.storage import Storage
from backend.core.egress import EgressError, EgressGuard
from backend.core.errors import PayloadTooLargeError

_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_HIGHEST_OK, _TOO_MANY, _SERVER_ERRORS = 299, 429, 500
# A server that sends a byte now and then would otherwise hold the import for ever; seconds.
_LONGEST = 3600.0
# Seconds between tries of what may pass by itself: no answer, 429, 5xx.
PAUSES = (1.0, 4.0)


class FetchError(Exception):
    """The feed could not be fetched; the message is for admins."""


class _PassingError(FetchError):
    """It may work a moment later."""


async def fetch_feed(
    guard: EgressGuard, url: str, storage: Storage, key: str, *, limit: int, pauses: tuple[float, ...] = PAUSES
) -> int:
    """Store what the address gives under `key`; its size. FetchError when it gives nothing usable."""
    for pause in pauses:
        try:
            return await _fetch_once(guard, url, storage, key, limit)
        except _PassingError:
            await asyncio.sleep(pause)
    return await _fetch_once(guard, url, storage, key, limit)


async def _fetch_once(guard: EgressGuard, url: str, storage: Storage, key: str, limit: int) -> int:
    try:
        async with (
            asyncio.timeout(_LONGEST),
            guard.client(timeout=_TIMEOUT, follow_redirects=True) as client,
            client.stream("GET", url) as answer,
        ):
            _check(answer)
            async with aclosing(_blocks(answer)) as blocks:
                return await storage.write(key, blocks, limit=limit)
    except EgressError as error:
        raise FetchError(f"The feed's address is refused: {error.detail}") from error
    except PayloadTooLargeError as error:
        raise FetchError(error.detail) from error
    except httpx.TooManyRedirects as error:
        raise FetchError("The feed's address redirects too often.") from error
    except TimeoutError as error:
        raise FetchError("The feed's address took too long.") from error
    except httpx.TimeoutException as error:
        raise _PassingError("The feed's address did not answer in time.") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _PassingError(f"The feed could not be fetched: {str(error) or type(error).__name__}.") from error


def _check(answer: httpx.Response) -> None:
    if answer.status_code <= _HIGHEST_OK:
        return
    kind = _PassingError if answer.status_code == _TOO_MANY or answer.status_code >= _SERVER_ERRORS else FetchError
    raise kind(f"The feed's address answered {answer.status_code} {answer.reason_phrase}".rstrip() + ".")


async def _blocks(answer: httpx.Response) -> AsyncGenerator[bytes, None]:
    async for block in answer.aiter_bytes():
        yield block
