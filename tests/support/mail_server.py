"""A real mail server on loopback in its own thread, which can be told to misbehave; for tests and stories."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Received:
    """A mail that was accepted."""

    sender: str
    recipients: list[str]
    content: bytes
    was_encrypted: bool

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=default)


@dataclass(slots=True)
class MailServer:
    """Answers by address or as a whole; set at any time.

    `at_recipient` and `at_data` answer instead of accepting, the first by address. `drops_at` (`noop`, `rcpt`, `data`)
    closes the connection there; `delay` is in seconds before each answer to RCPT.
    """

    port: int = 0
    received: list[Received] = field(default_factory=list)
    # That were ever made.
    connections: int = 0
    at_recipient: dict[str, str] = field(default_factory=dict)
    at_data: str | None = None
    drops_at: str | None = None
    delay: float = 0.0
    # Ends every connection once it has taken a mail.
    hangs_up: bool = False

    def mail_to(self, address: str) -> EmailMessage:
        """The last one."""
        return next(one.mail for one in reversed(self.received) if address in one.recipients)


class _Handler:
    """aiosmtpd finds its hooks by their names."""

    def __init__(self, state: MailServer) -> None:
        self._state = state

    async def handle_NOOP(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, text: str
    ) -> str:
        if self._state.drops_at == "noop":
            _cut(server)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self._state.delay)
        if self._state.drops_at == "rcpt":
            _cut(server)
        refusal = self._state.at_recipient.get(address)
        if refusal is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self._state.drops_at == "data":
            _cut(server)
        if self._state.at_data is not None:
            return self._state.at_data
        content = envelope.original_content or b""
        assert server.transport is not None
        is_encrypted = server.transport.get_extra_info("ssl_object") is not None
        self._state.received.append(
            Received(envelope.mail_from or "", list(envelope.rcpt_tos), content, was_encrypted=is_encrypted)
        )
        if self._state.hangs_up:
            asyncio.get_running_loop().call_later(0.01, _cut, server)
        return "250 Taken as 4711"


def _cut(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@dataclass(frozen=True, slots=True)
class Certificate:
    """Self-made, for loopback."""

    path: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path)
        return context

    def client_context(self) -> ssl.SSLContext:
        """Trusts it and nothing else."""
        return ssl.create_default_context(cafile=str(self.path))


def make_certificate(folder: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ip_address(HOST))]
    now = datetime.now(UTC)  # noqa: TID251 - certificates know no other clock
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail-server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return Certificate(path)


@contextmanager
def mail_server(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
    takes_utf8: bool = True,
) -> Iterator[MailServer]:
    """Plain without a context. With `login` nothing goes without it."""
    state = MailServer()

    def authenticate(server: SMTP, session: Session, envelope: Envelope, way: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == login, handled=False)

    def protocol() -> SMTP:
        return _Smtp(
            state,
            login is not None,
            _Handler(state),
            hostname="mail.example",
            tls_context=starttls,
            require_starttls=starttls is not None,
            enable_SMTPUTF8=takes_utf8,
            decode_data=False,
            authenticator=authenticate if login else None,
            auth_require_tls=False,
        )

    with _in_a_thread(protocol, tls) as port:
        state.port = port
        yield state


class _Smtp(SMTP):
    """Counts its connections."""

    def __init__(self, state: MailServer, needs_login: bool, *given: Any, **named: Any) -> None:  # Any: aiosmtpd's own
        super().__init__(*given, **named)
        self._state = state
        # As a parameter it warns that the password is not encrypted.
        self._auth_required = needs_login

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._state.connections += 1
        super().connection_made(transport)


@contextmanager
def _in_a_thread(protocol: Callable[[], asyncio.BaseProtocol], tls: ssl.SSLContext | None) -> Iterator[int]:
    listening: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]] = Future()

    async def serve() -> None:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        server = await loop.create_server(protocol, HOST, 0, ssl=tls)
        listening.set_result((loop, over, server.sockets[0].getsockname()[1]))
        await over.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    loop, over, port = listening.result(timeout=10)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(timeout=10)


@contextmanager
def mute_server() -> Iterator[int]:
    """Its port: it takes connections and never says a word."""
    with socket.create_server((HOST, 0)) as listening:
        kept: list[socket.socket] = []
        thread = threading.Thread(target=_accept, args=(listening, kept), daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in kept:
                connection.close()


def _accept(listening: socket.socket, kept: list[socket.socket]) -> None:
    try:
        while True:
            kept.append(listening.accept()[0])
    except OSError:
        return
