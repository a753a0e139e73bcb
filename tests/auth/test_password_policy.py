import pytest

from backend.auth.password_policy import LONGEST, SHORTEST, refuse_weak, weakness
from backend.core.errors import InvalidInputError

EMAIL = "anne.muller@example.com"


class TestLength:
    """ASVS 6.2.1 and 6.2.9: at least 8 characters, 64 and more allowed."""

    def test_refuses_one_less_than_the_shortest(self) -> None:
        assert SHORTEST >= 8
        assert weakness("xk7 q2v mw9 z"[: SHORTEST - 1], email=EMAIL) is not None

    def test_accepts_the_shortest(self) -> None:
        assert weakness("xk7 q2v mw9 z"[:SHORTEST], email=EMAIL) is None

    def test_accepts_far_more_than_64_characters(self) -> None:
        assert weakness("a sentence that goes on. " * 10, email=EMAIL) is None

    def test_refuses_what_only_burns_memory(self) -> None:
        assert weakness("xk7 q2v m" * LONGEST, email=EMAIL) is not None


class TestComposition:
    """ASVS 6.2.5: no rules about kinds of characters."""

    @pytest.mark.parametrize(
        "password",
        [
            "onlylowercaseletters",
            "ONLY UPPER CASE WORDS",
            "82749105628374",
            "ωμέγα και άλφα",
            "日本語のながいパスワード",
        ],
    )
    def test_any_characters_will_do(self, password: str) -> None:
        assert weakness(password, email=EMAIL) is None


class TestObviousOnes:
    """ASVS 6.2.4 and 6.2.11: leaked passwords and words of the context are refused."""

    @pytest.mark.parametrize(
        "password",
        [
            "password1234",
            "Password12345!",
            "P@ssw0rd2026!!",
            "passwordpassword",
            "qwertyuiop123",
            "1q2w3e4r5t6y",
            "iloveyou2026",
            "letmein-letmein-1",
            "sunshine.1234",
            "administrator1",
            "tocsin-2026-01",
        ],
    )
    def test_what_attackers_try_first(self, password: str) -> None:
        assert weakness(password, email=EMAIL) == "is among the first that attackers try"

    @pytest.mark.parametrize("password", ["aaaaaaaaaaaaaaaa", "abababababab", "123123123123", "            "])
    def test_repetitions(self, password: str) -> None:
        assert weakness(password, email=EMAIL) == "must not be a repetition or a sequence"

    @pytest.mark.parametrize("password", ["123456789012", "abcdefghijklmnop", "987654321098"])
    def test_sequences(self, password: str) -> None:
        assert weakness(password, email=EMAIL) == "must not be a repetition or a sequence"

    @pytest.mark.parametrize("password", [EMAIL, EMAIL.upper(), "anne.muller1234", "Anne-Muller-99"])
    def test_the_address_itself(self, password: str) -> None:
        assert weakness(password, email=EMAIL) == "must not be made of the e-mail address"


def test_the_refusal_names_the_field() -> None:
    with pytest.raises(InvalidInputError) as caught:
        refuse_weak("short", email=EMAIL, field="new_password")
    assert caught.value.errors[0].path == "new_password"
    assert "short" not in str(caught.value)
