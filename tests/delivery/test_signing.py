"""Signatures are checked by somebody else's code: the `standardwebhooks` library."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from backend.delivery.signing import SigningSecretError, new_signing_secret, signature

BODY = '{"type":"test","data":"Café"}'.encode()


def now() -> datetime:
    """The library compares with the real time."""
    return datetime.now(UTC)  # noqa: TID251 - the library's clock cannot be passed in


def headers(secrets: tuple[str, ...], *, at: datetime, body: bytes = BODY) -> dict[str, str]:
    timestamp = int(at.timestamp())
    signed = signature(secrets, message_id="msg_41_7", timestamp=timestamp, body=body)
    return {"webhook-id": "msg_41_7", "webhook-timestamp": str(timestamp), "webhook-signature": signed}


def test_a_secret_is_256_random_bits_behind_the_usual_prefix() -> None:
    first, second = new_signing_secret(), new_signing_secret()
    assert first.startswith("whsec_")
    assert len(base64.b64decode(first.removeprefix("whsec_"), validate=True)) == 32
    assert first != second


def test_the_specifications_own_example_has_the_specifications_own_signature() -> None:
    signed = signature(
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",),
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.binary(min_size=1, max_size=300).map(lambda raw: raw.hex().encode()))
def test_any_body_verifies(body: bytes) -> None:
    secret = new_signing_secret()
    Webhook(secret).verify(body, headers((secret,), at=now(), body=body), json_parse=False)


def test_during_a_rotation_each_of_the_two_secrets_verifies_and_the_new_one_stands_first() -> None:
    new, old = new_signing_secret(), new_signing_secret()
    at = now()
    sent = headers((new, old), at=at)
    for secret in (new, old):
        assert Webhook(secret).verify(BODY, sent) == {"type": "test", "data": "Café"}
    alone = [headers((secret,), at=at)["webhook-signature"] for secret in (new, old)]
    assert sent["webhook-signature"].split(" ") == alone


def test_another_secret_does_not_verify() -> None:
    with pytest.raises(WebhookVerificationError, match="No matching"):
        Webhook(new_signing_secret()).verify(BODY, headers((new_signing_secret(),), at=now()))


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
def test_what_stands_in_the_headers_is_signed_too(name: str) -> None:
    secret, at = new_signing_secret(), now()
    others = headers((secret,), at=at - timedelta(seconds=1)) | {"webhook-id": "msg_42_7"}
    with pytest.raises(WebhookVerificationError, match="No matching"):
        Webhook(secret).verify(BODY, headers((secret,), at=at) | {name: others[name]})


def test_a_changed_body_does_not_verify() -> None:
    secret = new_signing_secret()
    with pytest.raises(WebhookVerificationError, match="No matching"):
        Webhook(secret).verify(BODY.replace(b"test", b"rest"), headers((secret,), at=now()))


@pytest.mark.parametrize("age", [timedelta(minutes=6), -timedelta(minutes=6)])
def test_an_old_or_early_timestamp_does_not_verify(age: timedelta) -> None:
    secret = new_signing_secret()
    with pytest.raises(WebhookVerificationError, match="timestamp"):
        Webhook(secret).verify(BODY, headers((secret,), at=now() - age))


@pytest.mark.parametrize("secrets", [(), ("whsec_",), ("whsec_not base64 abc",), (new_signing_secret(), "")])
def test_without_a_secret_that_can_be_read_nothing_is_signed_and_none_is_quoted(secrets: tuple[str, ...]) -> None:
    with pytest.raises(SigningSecretError) as raised:
        signature(secrets, message_id="msg_1_1", timestamp=1, body=b"{}")
    assert "base64" not in str(raised.value)
