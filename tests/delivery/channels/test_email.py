import asyncio
import base64
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from backend.core.clock import SystemClock
from backend.delivery.channels.email import EmailSender
from backend.delivery.channels.smtp_connections import MOST_CONNECTIONS
from backend.delivery.envelope import Result
from backend.delivery.kinds import Outcome
from tests.factories.mails import envelope, setup
from tests.support.mail_server import Certificate, MailServer, mail_server, make_certificate, mute_server

PASSWORD = "s3cr3t/and more"
LOGIN = ("alerts@example.com", PASSWORD)
URL_LOGIN = "alerts%40example.com:s3cr3t%2Fand%20more@"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def sender(
    port: int,
    *,
    url: str = "smtp://127.0.0.1:{port}",
    trusts: Certificate | None = None,
    timeout: float = 5.0,
) -> EmailSender:
    context = trusts.client_context() if trusts else None
    return EmailSender(setup(url.format(port=port)), SystemClock(), tls_context=context, timeout=timeout)


async def sent(mails: EmailSender, address: str = "anne@example.com") -> Result:
    async with aclosing(mails):
        return await mails.send(envelope(address=address))


async def test_a_mail_that_is_accepted_is_sent_with_text_and_html(server: MailServer) -> None:
    result = await sent(sender(server.port))
    assert (result.outcome, result.status_code, result.excerpt) == (Outcome.SENT, 250, "Taken as 4711")
    mail = server.mail_to("anne@example.com")
    assert mail["Subject"] == "[Tocsin] Critical: Database is full"
    assert mail["From"] == "Tocsin <tocsin@tocsin.example>"
    assert mail["To"] == "Anne Muller <anne@example.com>"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert all("No more rows fit." in part.get_content() for part in mail.iter_parts())
    assert not server.received[0].was_encrypted


async def test_long_links_in_the_head_arrive_whole(server: MailServer) -> None:
    await sent(sender(server.port))
    head = server.received[0].content.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    (link,) = [line for line in head if line.startswith("List-Unsubscribe:")]
    assert link.startswith("List-Unsubscribe: <https://tocsin.example/api/v1/delivery/unsubscribe/")
    assert link.endswith(">")


async def test_the_mail_goes_by_starttls_with_a_login(certificate: Certificate) -> None:
    with mail_server(starttls=certificate.server_context(), login=LOGIN) as server:
        url = f"smtp://{URL_LOGIN}localhost:{{port}}?starttls=1"
        result = await sent(sender(server.port, url=url, trusts=certificate))
        assert result.outcome is Outcome.SENT
        assert server.received[0].was_encrypted


async def test_the_mail_goes_by_tls_with_a_login(certificate: Certificate) -> None:
    with mail_server(tls=certificate.server_context(), login=LOGIN) as server:
        result = await sent(sender(server.port, url=f"smtps://{URL_LOGIN}localhost:{{port}}", trusts=certificate))
        assert result.outcome is Outcome.SENT
        assert server.received[0].was_encrypted


@pytest.mark.parametrize("url", ["smtps://localhost:{port}", "smtp://localhost:{port}?starttls=1"])
async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(url: str, certificate: Certificate) -> None:
    context = certificate.server_context()
    is_tls = url.startswith("smtps")
    with mail_server(tls=context if is_tls else None, starttls=None if is_tls else context) as server:
        result = await sent(sender(server.port, url=url))
        assert (result.outcome, server.received) == (Outcome.FAILED, [])
        assert "certificate" in (result.error or "").lower()


async def test_a_server_that_cannot_encrypt_gets_no_password_when_that_was_asked_for() -> None:
    with mail_server(login=LOGIN) as server:
        result = await sent(sender(server.port, url=f"smtp://{URL_LOGIN}localhost:{{port}}?starttls=1"))
        assert (result.outcome, server.received) == (Outcome.FAILED, [])
        assert "STARTTLS" in (result.error or "")


async def test_a_wrong_password_may_be_right_later_and_is_told_to_nobody() -> None:
    with mail_server(login=("alerts@example.com", "another")) as server:
        result = await sent(sender(server.port, url=f"smtp://{URL_LOGIN}localhost:{{port}}"))
    assert (result.outcome, result.status_code) == (Outcome.FAILED, 535)
    assert "did not accept user and password" in (result.error or "")
    assert PASSWORD not in repr(result)
    assert base64.b64encode(PASSWORD.encode()).decode() not in repr(result)


async def test_an_address_that_the_server_does_not_know_is_refused_for_good_in_its_words(server: MailServer) -> None:
    server.at_recipient["anne@example.com"] = "550 5.1.1 No such user here"
    result = await sent(sender(server.port))
    assert (result.outcome, result.status_code) == (Outcome.BOUNCED, 550)
    assert result.error == "The mail server refused the address: 550 5.1.1 No such user here."


async def test_an_address_that_is_put_off_is_tried_again(server: MailServer) -> None:
    server.at_recipient["anne@example.com"] = "451 4.7.1 Greylisted, come back later"
    mails = sender(server.port)
    async with aclosing(mails):
        first = await mails.send(envelope())
        server.at_recipient.clear()
        second = await mails.send(envelope(attempt=2))
    assert (first.outcome, first.status_code) == (Outcome.FAILED, 451)
    assert first.error == "The mail server refused the address for now: 451 4.7.1 Greylisted, come back later."
    assert not first.is_of_channel
    assert second.outcome is Outcome.SENT


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("554 5.6.0 Looks like spam", Outcome.REJECTED), ("452 4.3.1 Disk is full", Outcome.FAILED)],
)
async def test_a_message_is_refused_for_good_or_for_now(answer: str, outcome: Outcome, server: MailServer) -> None:
    server.at_data = answer
    result = await sent(sender(server.port))
    assert (result.outcome, result.status_code) == (outcome, int(answer[:3]))
    assert answer in (result.error or "")


async def test_a_server_that_asks_for_a_login_first_is_ours_to_mend() -> None:
    with mail_server(login=LOGIN) as server:
        result = await sent(sender(server.port))
    assert (result.outcome, result.status_code) == (Outcome.FAILED, 530)


@pytest.mark.parametrize("where", ["rcpt", "data"])
async def test_a_connection_that_is_cut_is_tried_again(where: str, server: MailServer) -> None:
    server.drops_at = where
    mails = sender(server.port)
    async with aclosing(mails):
        first = await mails.send(envelope())
        server.drops_at = None
        second = await mails.send(envelope(attempt=2))
    assert (first.outcome, first.error) == (Outcome.FAILED, "The mail server closed the connection.")
    assert second.outcome is Outcome.SENT


async def test_a_server_that_is_not_there_may_be_there_later() -> None:
    with mute_server() as port:
        pass
    result = await sent(sender(port))
    assert result.outcome is Outcome.FAILED
    assert "could not be reached" in (result.error or "")


async def test_a_server_that_answers_too_slowly_is_left(server: MailServer) -> None:
    server.delay = 3.0
    result = await sent(sender(server.port, timeout=0.3))
    assert (result.outcome, result.error) == (Outcome.FAILED, "The mail server did not answer within 0.3 seconds.")
    assert result.is_of_channel


async def test_a_server_that_never_says_a_word_is_left() -> None:
    with mute_server() as port:
        result = await sent(sender(port, timeout=0.3))
    assert (result.outcome, result.error) == (Outcome.FAILED, "The mail server did not answer within 0.3 seconds.")


async def test_several_mails_share_a_connection(server: MailServer) -> None:
    async with aclosing(sender(server.port)) as mails:
        for _ in range(3):
            assert (await mails.send(envelope())).outcome is Outcome.SENT
    assert (len(server.received), server.connections) == (3, 1)


async def test_a_connection_that_the_server_has_closed_is_made_anew(server: MailServer) -> None:
    server.hangs_up = True
    async with aclosing(sender(server.port)) as mails:
        for _ in range(2):
            assert (await mails.send(envelope())).outcome is Outcome.SENT
            await asyncio.sleep(0.1)
    assert (len(server.received), server.connections) == (2, 2)


async def test_a_connection_that_breaks_when_it_is_used_again_costs_no_mail(server: MailServer) -> None:
    async with aclosing(sender(server.port)) as mails:
        await mails.send(envelope())
        server.drops_at = "noop"
        assert (await mails.send(envelope())).outcome is Outcome.SENT
    assert (len(server.received), server.connections) == (2, 2)


async def test_waiting_for_a_connection_is_no_fault_of_the_server(server: MailServer) -> None:
    server.delay = 0.9
    several = range(3 * MOST_CONNECTIONS)
    # All of them together take longer than one may.
    async with aclosing(sender(server.port, timeout=2.5)) as mails:
        results = await asyncio.gather(*(mails.send(envelope(delivery_id=number)) for number in several))
    assert {result.outcome for result in results} == {Outcome.SENT}


async def test_mails_at_the_same_time_take_a_few_connections(server: MailServer) -> None:
    async with aclosing(sender(server.port)) as mails:
        results = await asyncio.gather(*(mails.send(envelope(delivery_id=number)) for number in range(20)))
    assert {result.outcome for result in results} == {Outcome.SENT}
    assert len({received.mail["Message-ID"] for received in server.received}) == 20
    assert server.connections <= MOST_CONNECTIONS


async def test_an_attempt_that_is_cancelled_leaves_no_half_dialogue_behind(server: MailServer) -> None:
    server.delay = 3.0
    async with aclosing(sender(server.port)) as mails:
        attempt = asyncio.create_task(mails.send(envelope()))
        await asyncio.sleep(0.3)
        attempt.cancel()
        with pytest.raises(asyncio.CancelledError):
            await attempt
        server.delay = 0.0
        assert (await mails.send(envelope())).outcome is Outcome.SENT
    assert server.connections == 2


async def test_a_name_beyond_ascii_goes_to_servers_that_take_it(server: MailServer) -> None:
    result = await sent(sender(server.port), "jürgen@käse.example")
    assert result.outcome is Outcome.SENT
    assert server.received[0].recipients == ["jürgen@xn--kse-qla.example"]
    assert "jürgen@" in server.received[0].content.decode()


async def test_a_name_beyond_ascii_is_refused_for_servers_that_do_not_take_it() -> None:
    with mail_server(takes_utf8=False) as server:
        result = await sent(sender(server.port), "jürgen@example.com")
        domain_only = await sent(sender(server.port), "anne@käse.example")
    assert result.outcome is Outcome.REJECTED
    assert "SMTPUTF8" in (result.error or "")
    assert domain_only.outcome is Outcome.SENT


@pytest.mark.parametrize(
    "address", ["anne@example.com\r\nRCPT TO:<eve@example.com>", "anne@example.com, eve@b", "anne", ""]
)
async def test_what_is_not_one_address_is_refused(address: str, server: MailServer) -> None:
    result = await sent(sender(server.port), address)
    assert (result.outcome, server.received) == (Outcome.REJECTED, [])


async def test_without_a_mail_server_it_says_what_is_missing() -> None:
    result = await EmailSender(setup(None), SystemClock()).send(envelope())
    assert result.outcome is Outcome.REJECTED
    assert "TOCSIN_SMTP_URL" in (result.error or "")


async def test_all_messages_of_an_alert_form_one_thread(server: MailServer) -> None:
    async with aclosing(sender(server.port)) as mails:
        await mails.send(envelope(delivery_id=7, thread="alert:9"))
        await mails.send(envelope(delivery_id=8, thread="alert:9", is_first_of_thread=False))
    first, second = (received.mail for received in server.received)
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert len({first["Message-ID"], second["Message-ID"], first["References"]}) == 3
    assert second["Subject"] == f"Re: {first['Subject']}"
