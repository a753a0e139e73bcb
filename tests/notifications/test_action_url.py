import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import InvalidInputError
from backend.notifications.action_url import checked, refusal


@pytest.mark.parametrize("url", ["/", "/imports/3?tab=errors#row-4", "https://status.example/incident/7", "/é"])
def test_paths_of_our_own_and_https_addresses_are_allowed(url: str) -> None:
    assert checked(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "imports/3",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "http://evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://user@evil.example",
        "https://[::1",
        "/a b",
        "/" + "a" * 2_000,
    ],
)
def test_anything_else_is_refused_with_a_reason(url: str) -> None:
    assert refusal(url)
    with pytest.raises(InvalidInputError) as caught:
        checked(url)
    assert caught.value.errors[0].path == "action_url"


@given(st.text(max_size=50))
def test_whatever_comes_is_allowed_or_refused(url: str) -> None:
    if refusal(url) is None:
        assert url.startswith(("/", "https://"))
        assert not url.startswith("//")


def test_no_link_is_no_link() -> None:
    assert checked(None) is None
