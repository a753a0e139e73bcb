"""Secrets: random tokens, their hashes, and encryption at rest with rotatable keys."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SecretError(Exception):
    """A stored secret cannot be read: another key, or another owner's row."""


def random_token(prefix: str = "") -> str:
    """256 random bits, url-safe, behind a readable prefix."""
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored of a random token. A plain SHA-256 is enough for 256 random bits; passwords use Argon2id."""
    return hashlib.sha256(token.encode()).digest()


class SecretBox:
    """Encrypts secrets at rest; the owner's id travels inside, so that a row copied to another owner cannot be read."""

    def __init__(self, secret_keys: tuple[str, ...]) -> None:
        """The first key encrypts, all of them decrypt: put a new one in front to rotate."""
        self._fernet = MultiFernet([Fernet(_fernet_key(key)) for key in secret_keys])

    def seal(self, owner: str, secret: str) -> str:
        return self._fernet.encrypt(f"{owner}\n{secret}".encode()).decode()

    def open(self, owner: str, sealed: str) -> str:
        try:
            sealed_for, _, secret = self._fernet.decrypt(sealed.encode()).decode().partition("\n")
        except InvalidToken as error:
            raise SecretError(f"The secret of {owner} was sealed with another key.") from error
        if sealed_for != owner:
            raise SecretError(f"The secret of {owner} belongs to another owner.")
        return secret


def _fernet_key(secret_key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"tocsin.fernet\n" + secret_key.encode()).digest())
