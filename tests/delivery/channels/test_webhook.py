import asyncio
import gc
import ipaddress
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
import pytest_asyncio
from standardwebhooks.webhooks import Webhook

from backend import __version__
from backend.core.egress import EgressGuard
from backend.delivery.channels import kept_connections, webhook
from backend.delivery.channels.webhook import WebhookSender
from backend.delivery.kinds import Outcome
from backend.delivery.signing import new_signing_secret
from tests.factories.webhooks import SECRET, webhook_content, webhook_envelope
from tests.support.receivers import answer, receiving
from tests.support.times import FrozenClock

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest_asyncio.fixture
async def sender(clock: FrozenClock) -> AsyncIterator[WebhookSender]:
    async with WebhookSender(EgressGuard(LOOPBACK), clock, base_url="https://tocsin.example") as opened:
        yield opened


class TestWhatIsSent:
    async def test_a_receiver_with_the_usual_library_verifies_and_reads_it(self, sender: WebhookSender) -> None:
        async with receiving() as receiver:
            result = await sender.send(webhook_envelope(receiver.url))
        (got,) = receiver.got
        assert (result.outcome, result.status_code, result.excerpt) == (Outcome.SENT, 200, "ok")
        read = Webhook(SECRET).verify(got.body, got.headers)
        assert read["type"] == "notification.created"
        assert read["data"]["url"] == "https://tocsin.example/imports/5"

    async def test_its_headers_are_those_of_the_specification(self, sender: WebhookSender, clock: FrozenClock) -> None:
        async with receiving() as receiver:
            await sender.send(webhook_envelope(receiver.url + "?a=b%20c"))
        (got,) = receiver.got
        assert got.target == "/hooks/s3cr3t-token?a=b%20c"
        assert got.headers["host"] == receiver.url.split("/")[2]
        assert got.headers["content-type"] == "application/json"
        assert got.headers["user-agent"] == f"Tocsin/{__version__}"
        assert got.headers["webhook-id"] == "msg_41_7"
        assert got.headers["webhook-timestamp"] == str(int(clock.now().timestamp()))
        assert re.fullmatch(r"v1,[A-Za-z0-9+/]{43}=", got.headers["webhook-signature"])

    async def test_a_retry_has_the_same_id_and_body_and_its_own_timestamp(
        self, sender: WebhookSender, clock: FrozenClock
    ) -> None:
        async with receiving(answer(500), answer(200)) as receiver:
            await sender.send(webhook_envelope(receiver.url))
            clock.advance(timedelta(minutes=5))
            await sender.send(webhook_envelope(receiver.url, attempt=2))
        first, again = receiver.got
        assert first.headers["webhook-id"] == again.headers["webhook-id"]
        assert first.body == again.body
        assert int(again.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 300

    async def test_with_two_live_secrets_receivers_of_either_verify(self, sender: WebhookSender) -> None:
        new = new_signing_secret()
        async with receiving() as receiver:
            await sender.send(webhook_envelope(receiver.url, secrets=(new, SECRET)))
        (got,) = receiver.got
        for secret in (new, SECRET):
            Webhook(secret).verify(got.body, got.headers)

    async def test_another_destination_of_the_same_message_has_another_id(self, sender: WebhookSender) -> None:
        async with receiving() as receiver:
            for destination_id in (1, 2):
                await sender.send(webhook_envelope(receiver.url, destination_id=destination_id))
        assert len({got.headers["webhook-id"] for got in receiver.got}) == 2

    async def test_without_a_secret_nothing_is_sent_and_it_never_will_be(self, sender: WebhookSender) -> None:
        async with receiving() as receiver:
            result = await sender.send(webhook_envelope(receiver.url, secrets=()))
        assert (result.outcome, result.error) == (Outcome.REJECTED, "The webhook has no signing secret.")
        assert receiver.got == []


class TestAnswers:
    @pytest.mark.parametrize(
        ("status", "outcome"),
        [
            (200, Outcome.SENT),
            (202, Outcome.SENT),
            (299, Outcome.SENT),
            (300, Outcome.FAILED),
            (301, Outcome.FAILED),
            (304, Outcome.FAILED),
            (400, Outcome.FAILED),
            (401, Outcome.FAILED),
            (404, Outcome.FAILED),
            (408, Outcome.FAILED),
            (410, Outcome.GONE),
            (422, Outcome.FAILED),
            (425, Outcome.FAILED),
            (429, Outcome.FAILED),
            (500, Outcome.FAILED),
            (503, Outcome.FAILED),
            (999, Outcome.FAILED),
        ],
    )
    async def test_the_status_decides(self, sender: WebhookSender, status: int, outcome: Outcome) -> None:
        async with receiving(answer(status)) as receiver:
            result = await sender.send(webhook_envelope(receiver.url))
        assert (result.outcome, result.status_code) == (outcome, status)
        assert (result.error is None) is (outcome is Outcome.SENT)
        assert len(receiver.got) == 1

    async def test_a_busy_receiver_says_when_to_come_back(self, sender: WebhookSender, clock: FrozenClock) -> None:
        clock.set(datetime(2026, 11, 22, 12, tzinfo=UTC))
        busy = [answer(429, retry_after="77"), answer(503, Retry_After="Sun, 22 Nov 2026 12:02:00 GMT"), answer(500)]
        async with receiving(*busy) as receiver:
            waits = [(await sender.send(webhook_envelope(receiver.url))).retry_after for _ in busy]
        assert waits == [77, 120, None]

    async def test_a_redirect_is_not_followed(self, sender: WebhookSender) -> None:
        async with receiving() as inner, receiving(answer(307, location=inner.url)) as receiver:
            result = await sender.send(webhook_envelope(receiver.url))
        assert result.error == "The receiver redirects (307); redirects are not followed."
        assert inner.got == []

    async def test_a_redirect_to_a_private_address_is_not_followed_either(self, sender: WebhookSender) -> None:
        async with receiving(answer(302, location="http://169.254.169.254/latest/meta-data/")) as receiver:
            result = await sender.send(webhook_envelope(receiver.url))
        assert (result.outcome, result.status_code) == (Outcome.FAILED, 302)

    async def test_the_excerpt_is_the_beginning_as_the_database_can_hold_it(self, sender: WebhookSender) -> None:
        async with receiving(answer(500, b"\x00\xff bad " + b"x" * 5_000)) as receiver:
            result = await sender.send(webhook_envelope(receiver.url))
        assert result.excerpt is not None
        assert result.excerpt.startswith("\N{REPLACEMENT CHARACTER} bad xxx")
        assert len(result.excerpt) == 1_024

    async def test_an_answer_that_repeats_the_address_does_not_show_what_is_secret_in_it(
        self, sender: WebhookSender
    ) -> None:
        async with receiving(answer(404, b"Cannot POST /hooks/s3cr3t-token?key=t0pk3y99")) as receiver:
            result = await sender.send(webhook_envelope(receiver.url + "?key=t0pk3y99"))
        assert result.excerpt is not None
        assert result.excerpt.startswith("Cannot POST")
        assert "s3cr3t" not in result.excerpt
        assert "t0pk3y99" not in result.excerpt

    async def test_of_a_huge_answer_little_is_read_and_the_status_counts(self, sender: WebhookSender) -> None:
        written = 0

        async def flood(writer: asyncio.StreamWriter) -> None:
            nonlocal written
            writer.write(b"HTTP/1.1 200 -\r\ncontent-length: 1000000000000\r\n\r\n")
            while True:
                writer.write(b"x" * 65_536)
                await writer.drain()
                written += 65_536

        async with receiving(flood) as receiver:
            result = await sender.send(webhook_envelope(receiver.url))
        assert result.outcome is Outcome.SENT
        assert result.excerpt is not None
        assert len(result.excerpt) == 1_024
        assert written < 20_000_000  # what the system buffers

    async def test_an_answer_that_trails_off_counts_by_its_status(
        self, sender: WebhookSender, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(kept_connections, "_LONGEST_READ", 0.1)

        async def trail_off(writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 -\r\ncontent-length: 100\r\n\r\nthank")
            await writer.drain()
            await asyncio.sleep(30)

        async def break_off(writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 -\r\ncontent-length: 100\r\n\r\nthank")
            await writer.drain()
            writer.close()

        async with receiving(trail_off, break_off) as receiver:
            results = [await sender.send(webhook_envelope(receiver.url)) for _ in range(2)]
        assert [(result.outcome, result.excerpt) for result in results] == [(Outcome.SENT, "thank")] * 2


class TestReceiversInTrouble:
    async def test_a_slow_one_fails_when_the_attempts_time_is_over(
        self, sender: WebhookSender, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(webhook, "LONGEST_ATTEMPT", 0.2)

        async def drip(writer: asyncio.StreamWriter) -> None:
            for byte in b"HTTP/1.1 200 -\r\n" + b"x: y\r\n" * 100:
                writer.write(bytes((byte,)))
                await writer.drain()
                await asyncio.sleep(0.02)

        begun = monotonic()
        async with receiving(drip) as receiver:
            result = await sender.send(webhook_envelope(receiver.url))
        assert result.outcome is Outcome.FAILED
        assert result.error is not None
        assert "did not answer in" in result.error
        assert monotonic() - begun < 2

    async def test_a_connection_reset_fails(self, sender: WebhookSender) -> None:
        async def reset(writer: asyncio.StreamWriter) -> None:
            writer.transport.abort()

        async with receiving(reset) as receiver:
            result = await sender.send(webhook_envelope(receiver.url))
        assert (result.outcome, result.status_code) == (Outcome.FAILED, None)
        assert len(receiver.got) == 1

    async def test_nobody_listening_fails_without_showing_the_address(self, sender: WebhookSender) -> None:
        result = await sender.send(webhook_envelope("http://127.0.0.1:1/hooks/s3cr3t-token"))
        assert result.outcome is Outcome.FAILED
        assert result.error is not None
        assert "s3cr3t" not in result.error

    @pytest.mark.parametrize(
        "said", [b"hello\r\n\r\n", b"HTTP/1.1 abc -\r\n\r\n", b"HTTP/1.1 200 -\r\n" + b"x" * 200_000]
    )
    async def test_what_is_not_http_fails(self, sender: WebhookSender, said: bytes) -> None:
        async def speak(writer: asyncio.StreamWriter) -> None:
            writer.write(said)
            await writer.drain()
            writer.close()

        async with receiving(speak) as receiver:
            assert (await sender.send(webhook_envelope(receiver.url))).outcome is Outcome.FAILED

    async def test_tls_that_is_never_answered_fails_before_the_attempts_time_and_leaves_no_socket(
        self, sender: WebhookSender, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(webhook, "LONGEST_CONNECT", 0.1)
        begun = monotonic()
        async with receiving() as receiver:
            result = await sender.send(webhook_envelope(receiver.url.replace("http://", "https://")))
            # A transport that was left open would say so now, and warnings are errors.
            gc.collect()
        assert result.outcome is Outcome.FAILED
        assert monotonic() - begun < webhook.LONGEST_ATTEMPT / 2

    async def test_an_answer_in_clear_where_tls_was_asked_for_fails(self, sender: WebhookSender) -> None:
        async def speak(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(answer(200))
            writer.close()

        async with await asyncio.start_server(speak, "127.0.0.1", 0) as listener:
            port = listener.sockets[0].getsockname()[1]
            result = await sender.send(webhook_envelope(f"https://127.0.0.1:{port}/s3cr3t-token"))
        assert result.outcome is Outcome.FAILED
        assert result.error is not None
        assert "s3cr3t" not in result.error


class TestKeptConnections:
    async def test_one_connection_serves_one_after_the_other(self, sender: WebhookSender) -> None:
        async with receiving() as receiver:
            for number in range(20):
                await sender.send(webhook_envelope(receiver.url, content=webhook_content(message_id=number)))
        assert (receiver.connections, len(receiver.got)) == (1, 20)

    async def test_those_at_once_have_their_own(self, sender: WebhookSender) -> None:
        async def slowly(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.05)
            writer.write(answer(200))

        async with receiving(slowly) as receiver:
            envelopes = [webhook_envelope(receiver.url) for _ in range(8)]
            results = await asyncio.gather(*map(sender.send, envelopes))
            results += await asyncio.gather(*map(sender.send, envelopes))
        assert {result.outcome for result in results} == {Outcome.SENT}
        assert receiver.connections == 8

    async def test_one_that_the_receiver_closes_at_the_next_request_costs_no_attempt(
        self, sender: WebhookSender
    ) -> None:
        async def close(writer: asyncio.StreamWriter) -> None:
            writer.close()

        async with receiving(answer(200), close, answer(200)) as receiver:
            results = [await sender.send(webhook_envelope(receiver.url)) for _ in range(2)]
        assert [result.outcome for result in results] == [Outcome.SENT, Outcome.SENT]
        assert receiver.connections == 2

    async def test_after_an_answer_that_was_not_read_to_its_end_the_next_has_a_new_one(
        self, sender: WebhookSender
    ) -> None:
        async with receiving(answer(200, b"x" * 100_000), answer(200)) as receiver:
            results = [await sender.send(webhook_envelope(receiver.url)) for _ in range(2)]
        assert [result.outcome for result in results] == [Outcome.SENT, Outcome.SENT]
        assert receiver.connections == 2

    async def test_a_receiver_that_wants_it_closed_has_it_closed(self, sender: WebhookSender) -> None:
        async with receiving(answer(200, connection="close")) as receiver:
            for _ in range(2):
                await sender.send(webhook_envelope(receiver.url))
        assert receiver.connections == 2

    async def test_few_are_kept(self, sender: WebhookSender, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kept_connections, "_MOST_KEPT", 1)
        async with receiving() as one, receiving() as other:
            for receiver in (one, other, one, one):
                await sender.send(webhook_envelope(receiver.url))
        assert (one.connections, other.connections) == (2, 1)

    async def test_one_that_rested_for_long_is_not_used_again(
        self, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(kept_connections, "_KEPT_FOR", 0.01)
        async with WebhookSender(EgressGuard(LOOPBACK), clock) as sender, receiving() as receiver:
            await sender.send(webhook_envelope(receiver.url))
            await asyncio.sleep(0.05)
            await sender.send(webhook_envelope(receiver.url))
        assert receiver.connections == 2

    async def test_one_attempt_that_is_cancelled_leaves_the_next_unharmed(self, sender: WebhookSender) -> None:
        async def hang(_writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(30)

        async with receiving(hang, answer(200, b"fine")) as receiver:
            task = asyncio.create_task(sender.send(webhook_envelope(receiver.url)))
            while not receiver.got:  # noqa: ASYNC110 - the receiver has no event to wait for
                await asyncio.sleep(0.005)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await sender.send(webhook_envelope(receiver.url))).excerpt == "fine"
