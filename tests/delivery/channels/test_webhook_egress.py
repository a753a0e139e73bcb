"""Webhooks go where an admin says, and never into the private network: a resolver that lies gains nothing."""

import ipaddress
from collections.abc import Sequence

import pytest

from backend.core.egress import EgressGuard
from backend.delivery.channels.webhook import WebhookSender
from backend.delivery.envelope import Result
from backend.delivery.kinds import Outcome
from tests.factories.webhooks import webhook_envelope
from tests.support.receivers import Receiver, answer, receiving
from tests.support.times import FrozenClock

LOOPBACK = (ipaddress.ip_network("127.0.0.1/32"),)


class LyingResolver:
    """Answers the n-th question with the n-th answer, the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def __call__(self, _host: str, _port: int) -> Sequence[str]:
        self.asked += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def named(receiver: Receiver, name: str = "hooks.example") -> str:
    return receiver.url.replace("127.0.0.1", name)


async def sent(guard: EgressGuard, clock: FrozenClock, *urls: str) -> list[Result]:
    async with WebhookSender(guard, clock) as sender:
        return [await sender.send(webhook_envelope(url)) for url in urls]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.5", "169.254.169.254", "100.64.0.1", "::1", "::ffff:127.0.0.1", "fd00:ec2::254", "0.0.0.0"],  # noqa: S104 - refused
)
async def test_a_name_that_leads_inside_is_refused_for_good(clock: FrozenClock, address: str) -> None:
    async with receiving() as receiver:
        (result,) = await sent(EgressGuard(resolver=LyingResolver([address])), clock, named(receiver))
    assert result.outcome is Outcome.REJECTED
    assert result.error is not None
    assert "not a public address" in result.error
    assert receiver.got == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:127.0.0.1]", "[::1]", "localhost"])
async def test_an_address_inside_is_refused_however_it_is_written(clock: FrozenClock, host: str) -> None:
    async with receiving() as receiver:
        (result,) = await sent(EgressGuard(), clock, named(receiver, host))
    assert result.outcome is Outcome.REJECTED
    assert receiver.got == []


async def test_a_name_that_rebinds_between_check_and_dial_is_refused(clock: FrozenClock) -> None:
    guard = EgressGuard(resolver=LyingResolver(["93.184.215.14"], ["127.0.0.1"]))
    async with receiving() as receiver:
        await guard.check_url(named(receiver), field="url")
        (result,) = await sent(guard, clock, named(receiver))
    assert result.outcome is Outcome.REJECTED
    assert receiver.got == []


async def test_an_allowed_network_is_reached_by_the_judged_address_and_under_its_name(clock: FrozenClock) -> None:
    resolver = LyingResolver(["127.0.0.1"])
    async with receiving() as receiver:
        results = await sent(EgressGuard(LOOPBACK, resolver=resolver), clock, *[named(receiver)] * 3)
    assert {result.outcome for result in results} == {Outcome.SENT}
    assert receiver.got[0].headers["host"].startswith("hooks.example:")
    # A connection that is kept stays at the address that was judged.
    assert (resolver.asked, receiver.connections) == (1, 1)


async def test_a_name_that_rebinds_after_a_kept_connection_was_closed_is_refused(clock: FrozenClock) -> None:
    resolver = LyingResolver(["127.0.0.1"], ["169.254.169.254"])
    async with receiving(answer(200, connection="close")) as receiver:
        first, second = await sent(EgressGuard(LOOPBACK, resolver=resolver), clock, *[named(receiver)] * 2)
    assert (first.outcome, second.outcome) == (Outcome.SENT, Outcome.REJECTED)


async def test_a_name_that_does_not_resolve_today_is_tried_again(clock: FrozenClock) -> None:
    async def nothing(_host: str, _port: int) -> Sequence[str]:
        raise OSError("not found")

    (result,) = await sent(EgressGuard(resolver=nothing), clock, "https://hooks.example/s3cr3t-token")
    assert result.outcome is Outcome.FAILED
    assert result.error == "The host name hooks.example cannot be resolved."


@pytest.mark.parametrize(
    "url", ["", "hooks.example", "ftp://hooks.example/", "http://a:b@hooks.example/", "http://[::1", "http://a\n/"]
)
async def test_what_is_not_a_web_address_is_refused_for_good(clock: FrozenClock, url: str) -> None:
    (result,) = await sent(EgressGuard(resolver=LyingResolver(["93.184.215.14"])), clock, url)
    assert result.outcome is Outcome.REJECTED
    assert result.error


async def test_the_environments_proxy_is_not_asked_to_dial(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        (result,) = await sent(EgressGuard(resolver=LyingResolver(["10.0.0.1"])), clock, "http://hooks.example/")
    assert result.outcome is Outcome.REJECTED
    assert proxy.got == []
