import base64

import pytest

from backend.core.secrets import SecretBox, SecretError, random_token, token_hash


class TestTokens:
    def test_carry_256_bits_behind_their_prefix(self) -> None:
        token = random_token("tcs_")
        assert token.startswith("tcs_")
        assert len(base64.urlsafe_b64decode(token.removeprefix("tcs_") + "=")) == 32

    def test_are_never_the_same(self) -> None:
        assert len({random_token() for _ in range(100)}) == 100

    def test_are_stored_as_a_hash_that_does_not_contain_them(self) -> None:
        assert token_hash("a token") == token_hash("a token")
        assert b"a token" not in token_hash("a token")


class TestSecretBox:
    def test_opens_what_it_sealed(self) -> None:
        box = SecretBox(("key",))
        sealed = box.seal("destination:1", "hook\nwith a line break")
        assert "hook" not in sealed
        assert box.open("destination:1", sealed) == "hook\nwith a line break"

    def test_refuses_a_secret_of_another_owner(self) -> None:
        box = SecretBox(("key",))
        with pytest.raises(SecretError, match="another owner"):
            box.open("destination:2", box.seal("destination:1", "hook"))

    def test_refuses_a_secret_of_another_key(self) -> None:
        with pytest.raises(SecretError, match="another key"):
            SecretBox(("new",)).open("destination:1", SecretBox(("old",)).seal("destination:1", "hook"))

    def test_a_new_key_in_front_still_opens_what_the_old_one_sealed(self) -> None:
        sealed = SecretBox(("old",)).seal("destination:1", "hook")
        rotated = SecretBox(("new", "old"))
        assert rotated.open("destination:1", sealed) == "hook"
        assert SecretBox(("new",)).open("destination:1", rotated.seal("destination:1", "hook")) == "hook"
