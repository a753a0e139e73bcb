"""Chat through real HTTP receivers: what arrives, what is refused, and that no secret reaches a log."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from ipaddress import ip_network

import msgspec
import pytest
import pytest_asyncio

from backend.core.settings import Server, Settings
from backend.delivery.channels.chat import ChatSender
from backend.delivery.envelope import Envelope, Result
from backend.delivery.kinds import Outcome
from tests.factories.delivery import content, envelope
from tests.support.loopback import serving

TOPIC = "tocsin-Q7secret-topic"
LOOPBACK = (ip_network("127.0.0.1/32"),)
Scope = dict[str, object]
Receive = Callable[[], Awaitable[dict[str, object]]]
Send = Callable[[dict[str, object]], Awaitable[None]]


@dataclass
class Receiver:
    """A chat service's server: keeps what it gets, and answers as it is told."""

    url: str = ""
    status: int = 200
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    # Takes three seconds for its answer, a byte at a time.
    drips: bool = False
    calls: list[tuple[str, str, bytes]] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        return self.url.removeprefix("http://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytearray()
        while True:
            event = await receive()
            body += event.get("body", b"")  # type: ignore[arg-type]  # ASGI: bytes
            if not event.get("more_body"):
                break
        self.calls.append((str(scope["method"]), str(scope["path"]), bytes(body)))
        self.hosts += [value.decode() for name, value in scope["headers"] if name == b"host"]  # type: ignore[attr-defined]  # ASGI: a list
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        if self.drips:
            for _ in range(60):
                await send({"type": "http.response.body", "body": b" ", "more_body": True})
                await asyncio.sleep(0.05)
        await send({"type": "http.response.body", "body": b"{}"})


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    async with serving(receiver) as url:
        receiver.url = url
        yield receiver


@asynccontextmanager
async def sender_of(settings: Settings, **options: object) -> AsyncIterator[ChatSender]:
    sender = ChatSender(settings, **options)  # type: ignore[arg-type]  # the test's own
    try:
        yield sender
    finally:
        sender.close()


@pytest.fixture
def open_settings(settings: Settings) -> Settings:
    return replace(settings, egress_allow=LOOPBACK, server=Server(public_url="https://tocsin.example"))


async def send(settings: Settings, letter: Envelope, **options: object) -> Result:
    async with sender_of(settings, **options) as sender:
        return await sender.send(letter)


async def test_ntfy_gets_title_facts_text_and_link(receiver: Receiver, open_settings: Settings) -> None:
    told = content(title="Import failed", body="No *good* row.", store_name="Bakery", action_url="/imports/7")
    result = await send(open_settings, envelope(f"ntfy://{receiver.place}/{TOPIC}", told))
    assert result == Result(outcome=Outcome.SENT)
    ((method, _, body),) = receiver.calls
    said = msgspec.json.decode(body)
    assert (method, said["topic"], said["title"]) == ("POST", TOPIC, "Import failed")
    assert said["message"] == "High · Bakery\nNo *good* row.\nhttps://tocsin.example/imports/7"


async def test_a_webhook_as_slack_has_them_gets_the_text(receiver: Receiver, open_settings: Settings) -> None:
    key = "3ccdd113474722377935511fc85d3dd4"
    result = await send(open_settings, envelope(f"mmost://{receiver.place}/{key}", content(title="Import failed")))
    assert result.outcome is Outcome.SENT
    ((_, path, body),) = receiver.calls
    assert path == f"/hooks/{key}"
    assert "Import failed" in msgspec.json.decode(body)["text"]


async def test_nothing_is_dialled_that_the_guard_refuses(receiver: Receiver, settings: Settings) -> None:
    result = await send(settings, envelope(f"ntfy://{receiver.place}/{TOPIC}"))
    assert result.outcome is Outcome.REJECTED
    assert "not a public address" in (result.error or "")
    assert receiver.calls == []


async def test_what_is_judged_is_what_is_dialled_each_time(receiver: Receiver, open_settings: Settings) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.5"]])

    async def rebinding(_host: str, _port: int) -> Sequence[str]:
        return next(answers)

    port = receiver.place.rpartition(":")[2]
    letter = envelope(f"ntfy://chat.example.com:{port}/{TOPIC}")
    async with sender_of(open_settings, resolver=rebinding) as sender:
        first = await sender.send(letter)
        second = await sender.send(letter)
    assert first.outcome is Outcome.SENT
    # The name was kept, although an address was dialled.
    assert receiver.hosts == [f"chat.example.com:{port}"]
    assert second.outcome is Outcome.REJECTED
    assert "10.0.0.5" in (second.error or "")
    assert len(receiver.calls) == 1


async def test_http_reaches_no_public_address(open_settings: Settings) -> None:
    async def public(_host: str, _port: int) -> Sequence[str]:
        return ["93.184.216.34"]

    result = await send(open_settings, envelope(f"ntfy://chat.example.com/{TOPIC}"), resolver=public)
    assert result.outcome is Outcome.REJECTED
    assert "unencrypted" in (result.error or "")


async def test_a_name_that_is_not_found_may_be_found_later(open_settings: Settings) -> None:
    async def nothing(_host: str, _port: int) -> Sequence[str]:
        raise OSError

    result = await send(open_settings, envelope(f"ntfys://chat.example.com/{TOPIC}"), resolver=nothing)
    said = "The host name chat.example.com cannot be resolved."
    assert result == Result(outcome=Outcome.FAILED, error=said, has_answered=True)


async def test_the_environments_proxy_is_not_used(
    receiver: Receiver, open_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert (await send(open_settings, envelope(f"ntfy://{receiver.place}/{TOPIC}"))).outcome is Outcome.SENT


async def test_a_redirect_is_not_followed(receiver: Receiver, open_settings: Settings) -> None:
    receiver.status, receiver.headers = 302, [(b"location", b"/elsewhere")]
    result = await send(open_settings, envelope(f"ntfy://{receiver.place}/{TOPIC}"))
    assert result.outcome is Outcome.FAILED
    assert len(receiver.calls) == 1


@pytest.mark.parametrize(
    "pattern",
    [
        "ntfy://Q7user:Q7password@{place}/Q7secret-topic",
        "mmost://{place}/Q7cdd113474722377935511fc85d3d00",
        "gotify://{place}/Q7gotify.token",
        "rocket://Q7hook/Q7token@{place}/#general",
    ],
)
async def test_no_part_of_a_secret_reaches_a_log_or_an_error(
    receiver: Receiver,
    open_settings: Settings,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    pattern: str,
) -> None:
    caplog.set_level(1)
    for name in ("apprise", "urllib3", "urllib3.connectionpool", "requests"):
        caplog.set_level(1, logger=name)
    address = pattern.format(place=receiver.place)
    receiver.status = 403
    refused = await send(open_settings, envelope(address))
    away = await send(open_settings, envelope(address.replace(receiver.place, "127.0.0.1:9")))
    logging.getLogger("apprise").info("outside of a call %s", address)
    assert (refused.outcome, away.outcome) == (Outcome.FAILED, Outcome.FAILED)
    assert refused.error is not None
    assert away.error is not None
    out, err = capfd.readouterr()
    # The receiver's own log does not count.
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")]
    assert "Q7" not in f"{refused}{away}{logged}{out}{err}"
    assert len(receiver.calls) == 1


async def test_a_service_that_drips_its_answer_is_cut_off_and_frees_its_thread(
    receiver: Receiver, open_settings: Settings
) -> None:
    receiver.drips = True
    letter = envelope(f"ntfy://{receiver.place}/{TOPIC}")
    async with sender_of(open_settings, timeout=1.0) as sender:
        # More than there are threads: those that come later have their time, too.
        hung = await asyncio.gather(*(sender.send(letter) for _ in range(10)))
        assert {result.error for result in hung} == {"No answer within 1 s."}
        receiver.drips = False
        assert (await sender.send(letter)).outcome is Outcome.SENT


@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1/hook",
        "mailto://user:pass@example.com",
        "syslog://",
        "dbus://",
        "file:///etc/passwd",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ?template=/etc/passwd",
        "slack://too-short",
        "https://example.com/not/a/service",
    ],
)
async def test_what_is_no_chat_service_is_never_tried_again(open_settings: Settings, address: str) -> None:
    result = await send(open_settings, envelope(address))
    assert result.outcome is Outcome.REJECTED
    assert "passwd" not in (result.error or "")
