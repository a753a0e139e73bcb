"""What is shown of an address, and what is struck out of errors, never gives access to it."""

import json
import re
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.delivery.channels.chat_services import ALLOWED
from backend.delivery.kinds import Channel
from backend.delivery.masking import SHORTEST_SECRET, secrets_of, shown_address, struck

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
# With a digit and a capital, as random keys have them: no word of ours.
secret = st.text(LETTERS + "-_.~!$'()* é\"<>", min_size=SHORTEST_SECRET, max_size=30).map(lambda text: f"Q7{text}")
encoded = secret.map(lambda text: (text, quote(text, safe="")))
HOST = "hooks.example.com"


def test_of_a_webhook_the_place_is_shown_and_one_plain_step() -> None:
    assert shown_address(Channel.WEBHOOK, "https://hooks.example.com/in/aaaa/bbbb?key=cccc") == (
        "https://hooks.example.com/in/…"
    )
    assert shown_address(Channel.WEBHOOK, "http://127.0.0.1:8080/aaaa") == "http://127.0.0.1:8080/…"
    assert shown_address(Channel.WEBHOOK, "https://hooks.example.com/?aaaa") == "https://hooks.example.com/…"
    assert shown_address(Channel.WEBHOOK, "https://[2001:db8::1]:8443") == "https://[2001:db8::1]:8443"
    # A single step may be all of the secret, whatever it looks like.
    assert shown_address(Channel.WEBHOOK, "https://hooks.example.com/in") == "https://hooks.example.com/…"
    assert shown_address(Channel.WEBHOOK, "not a url with a s3cret") == "…"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#ops", "slack://…"),
        ("tgram://123456789:abcdefg/12315544", "tgram://…"),
        ("ntfys://user:pass@ntfy.example.com/topic", "ntfys://ntfy.example.com/…"),
        ("ntfy://127.0.0.1:8080/topic", "ntfy://127.0.0.1:8080/…"),
        # A topic of ntfy.sh is what gives access.
        ("ntfy://secret.topic", "ntfy://…"),
        ("ntfy://secret.topic/other?mode=cloud", "ntfy://…"),
        # So may be what stands in a host's place without a dot.
        ("matrix://accesstoken/path", "matrix://…"),
        ("https://hooks.slack.com/services/T1JJ3T3L2/A1BR/TIia", "https://hooks.slack.com/services/…"),
        ("nonsense://T1JJ3T3L2", "…"),
    ],
)
def test_of_a_chat_service_its_name_is_shown_and_a_host_that_is_one(address: str, shown: str) -> None:
    assert shown_address(Channel.CHAT, address) == shown


def test_a_mail_address_is_shown_as_it_is() -> None:
    assert shown_address(Channel.EMAIL, "ops@example.com") == "ops@example.com"


@given(st.lists(encoded, min_size=1, max_size=4), encoded, encoded, st.booleans())
def test_no_secret_part_of_a_webhook_is_shown(
    steps: list[tuple[str, str]], user: tuple[str, str], value: tuple[str, str], has_user: bool
) -> None:
    login = f"{user[1]}:{user[1]}@" if has_user else ""
    path = "/".join(step[1] for step in steps)
    shown = shown_address(Channel.WEBHOOK, f"https://{login}{HOST}/{path}?token={value[1]}#{value[1]}")
    assert shown == f"https://{HOST}/…"


@given(st.sampled_from(sorted(ALLOWED)), st.lists(encoded, min_size=1, max_size=4), encoded, st.booleans())
def test_no_secret_part_of_a_chat_address_is_shown(
    scheme: str, steps: list[tuple[str, str]], value: tuple[str, str], has_login: bool
) -> None:
    login = f"{value[1]}:{value[1]}@" if has_login else ""
    path = "/".join(step[1] for step in steps)
    shown = shown_address(Channel.CHAT, f"{scheme}://{login}{HOST}/{path}?token={value[1]}")
    assert shown in {f"{scheme}://…", f"{scheme}://{HOST}/…"}


@given(st.sampled_from(["https", "slack", "ntfys"]), st.lists(encoded, min_size=1, max_size=3), encoded)
def test_no_spelling_of_a_secret_part_survives_in_an_error(
    scheme: str, steps: list[tuple[str, str]], value: tuple[str, str]
) -> None:
    address = f"{scheme}://{HOST}/" + "/".join(step[1] for step in steps) + f"?key={value[1]}"
    told = [*steps, value]
    text = f"404 for {address}: " + " | ".join(
        f"{raw} {coded} {json.dumps(raw)} {raw!r} {raw.lower()}" for raw, coded in told
    )
    left = struck(text, [address])
    for raw, coded in told:
        assume(raw.strip() == raw)
        for spelling in (raw, coded, json.dumps(raw)[1:-1], repr(raw)[1:-1]):
            assert spelling.lower() not in left.lower()


def test_what_is_no_secret_stays_readable() -> None:
    address = "https://hooks.example.com/services/T1JJ3T3L2?x=1"
    left = struck("hooks.example.com answered 404 to POST /services/T1JJ3T3L2 after 1 s", [address])
    assert left == "hooks.example.com answered 404 to POST /*** after 1 s"


def test_a_host_that_is_a_token_is_a_secret() -> None:
    assert "T1JJ3T3L2" in secrets_of("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ")


def test_a_key_is_struck_out_as_well_as_an_address() -> None:
    assert struck("signed with WHSEC_abcd1234", ["whsec_abcd1234"]) == "signed with ***"
    assert re.sub(r"\*+", "", struck("", ["", "abcd"])) == ""
