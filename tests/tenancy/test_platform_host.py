import pytest

from backend.core.settings import Server
from backend.tenancy.platform_host import PlatformHost


@pytest.mark.parametrize(
    ("public_url", "name"),
    [
        (None, None),
        ("http://127.0.0.1:8000", None),
        ("http://[::1]:8000", None),
        ("http://localhost:8000", "localhost"),
        ("https://Letzshop.Example:8443/", "letzshop.example"),
        ("https://bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_it_is_the_host_of_the_public_url(public_url: str | None, name: str | None) -> None:
    assert PlatformHost.of(Server(public_url=public_url)).name == name


def test_it_owns_itself_and_what_is_below_but_not_what_only_ends_alike() -> None:
    platform = PlatformHost("letzshop.example")
    assert platform.owns("letzshop.example")
    assert platform.owns("a.b.letzshop.example")
    assert not platform.owns("myletzshop.example")
    assert not platform.owns("letzshop.example.lu")


def test_without_one_nothing_is_owned_and_there_are_no_subdomains() -> None:
    nobody = PlatformHost(None)
    assert not nobody.owns("shop.None")
    assert nobody.host_of("orion") is None


def test_a_subdomain_is_one_label_deep() -> None:
    platform = PlatformHost("letzshop.example")
    assert platform.subdomain_in("orion.letzshop.example") == "orion"
    assert platform.subdomain_in("a.orion.letzshop.example") is None
    assert platform.subdomain_in("letzshop.example") is None
    assert platform.host_of("orion") == "orion.letzshop.example"
