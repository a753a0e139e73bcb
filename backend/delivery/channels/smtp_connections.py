"""Connections to the mail server, kept for the next mail and made anew when they are stale."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiosmtplib import SMTP, SMTPException, SMTPHeloError

from backend.core.smtp_url import SmtpSecurity, SmtpServer

MOST_CONNECTIONS = 6
# Servers end connections that take more.
MOST_MAILS = 100
_STALE_AFTER = 30.0  # seconds; servers wait minutes


@dataclass(slots=True)
class _Open:
    smtp: SMTP
    mails: int = 0
    idle_since: float = field(default=0.0)


class SmtpConnections:
    """`connection()` lends one that works; whoever fails with it need not say so, a broken one is not lent again.

    Whoever borrows has one of the `places`.
    """

    def __init__(
        self, server: SmtpServer, *, own_name: str, tls_context: ssl.SSLContext | None = None, timeout: float
    ) -> None:
        self._server = server
        self._own_name = own_name
        self._tls_context = tls_context or ssl.create_default_context()
        self._timeout = timeout
        self.places = asyncio.Semaphore(MOST_CONNECTIONS)
        self._idle: list[_Open] = []

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[SMTP]:
        lent = await self._kept() or _Open(await self._connected())
        try:
            yield lent.smtp
        except BaseException:
            # Cut off in the middle of a dialogue, nobody knows where it stands.
            lent.smtp.close()
            raise
        lent.mails += 1
        lent.idle_since = asyncio.get_running_loop().time()
        self._idle.append(lent)

    async def aclose(self) -> None:
        while self._idle:
            smtp = self._idle.pop().smtp
            with suppress(SMTPException, OSError):
                await smtp.quit()
            smtp.close()

    async def _kept(self) -> _Open | None:
        """The one used last that still answers; asked before a mail is given to it, so that none is sent twice."""
        while self._idle:
            kept = self._idle.pop()
            try:
                if await self._is_usable(kept):
                    return kept
            except BaseException:
                kept.smtp.close()
                raise
            kept.smtp.close()
        return None

    async def _is_usable(self, kept: _Open) -> bool:
        age = asyncio.get_running_loop().time() - kept.idle_since
        if kept.mails >= MOST_MAILS or age > _STALE_AFTER or not kept.smtp.is_connected:
            return False
        with suppress(SMTPException, OSError):
            await kept.smtp.noop()
            return kept.smtp.is_connected
        return False

    async def _connected(self) -> SMTP:
        server = self._server
        smtp = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            # The library would ask DNS, and wait for it.
            local_hostname=self._own_name,
            timeout=self._timeout,
            use_tls=server.security is SmtpSecurity.TLS,
            # As set and not as offered: whoever sits in between could take the offer away.
            start_tls=server.security is SmtpSecurity.STARTTLS,
            tls_context=self._tls_context,
        )
        try:
            await smtp.connect()
            if smtp.is_ehlo_or_helo_needed:
                # What it can do is asked for before a mail is made for it; a very old server is greeted otherwise.
                with suppress(SMTPHeloError):
                    await smtp.ehlo()
        except BaseException:
            smtp.close()
            raise
        return smtp
