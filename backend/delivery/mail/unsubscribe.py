"""The token in a mail's List-Unsubscribe: says who wants no more of what, and is good for that only (RFC 8058)."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass

_MOST = 400
_SIGNATURE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Unsubscription:
    user_id: int
    category: str


class UnsubscribeTokens:
    """Signed with the first key, believed with any. They do not expire: mails are kept."""

    def __init__(self, secret_keys: tuple[str, ...]) -> None:
        self._keys = tuple(hashlib.sha256(b"tocsin.unsubscribe\n" + key.encode()).digest() for key in secret_keys)

    def make(self, wish: Unsubscription) -> str:
        said = f"{wish.user_id}.{wish.category}".encode()
        return base64.urlsafe_b64encode(_signature(self._keys[0], said) + said).decode().rstrip("=")

    def read(self, token: str) -> Unsubscription | None:
        """What it asks for; None for what is not ours."""
        signed = _decoded(token)
        if signed is None:
            return None
        signature, said = signed[:_SIGNATURE_BYTES], signed[_SIGNATURE_BYTES:]
        matches = [hmac.compare_digest(signature, _signature(key, said)) for key in self._keys]
        # All of them are compared, so that the time tells nothing of the key.
        if not any(matches):
            return None
        user_id, _, category = said.decode().partition(".")
        return Unsubscription(int(user_id), category)


def _signature(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, said, "sha256")


def _decoded(token: str) -> bytes | None:
    if len(token) > _MOST or not token.isascii():
        return None
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return None
