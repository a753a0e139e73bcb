"""Signatures by the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body`, by a `whsec_` secret."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from secrets import token_bytes

_PREFIX = "whsec_"
_BYTES = 32
_VERSION = "v1"


class SigningSecretError(ValueError):
    """Nothing can be signed: there is no secret, or it is not `whsec_` and base64. The message does not quote it."""


def new_signing_secret() -> str:
    """256 random bits as receivers' libraries take them."""
    return _PREFIX + base64.b64encode(token_bytes(_BYTES)).decode()


def signature(secrets: Sequence[str], *, message_id: str, timestamp: int, body: bytes) -> str:
    """The `webhook-signature` header: one signature for each live secret, in their order."""
    if not secrets:
        raise SigningSecretError("The webhook has no signing secret.")
    signed = b"%s.%d.%s" % (message_id.encode(), timestamp, body)
    return " ".join(f"{_VERSION},{_digest(secret, signed)}" for secret in secrets)


def _digest(secret: str, signed: bytes) -> str:
    return base64.b64encode(hmac.digest(_key(secret), signed, hashlib.sha256)).decode()


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except ValueError as error:
        raise SigningSecretError("A signing secret of the webhook cannot be read.") from error
    if not key:
        raise SigningSecretError("A signing secret of the webhook is empty.")
    return key
