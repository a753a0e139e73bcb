import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tenancy.domain_name import NameRefusal, domain_name, host_name, unicode_name

labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True).filter(
    lambda it: not it.startswith("xn--")
)
top_labels = st.from_regex(r"[a-z][a-z]{1,10}", fullmatch=True)
names = st.builds(lambda head, top: ".".join([*head, top]), st.lists(labels, min_size=1, max_size=5), top_labels)
unicode_names = st.builds(
    lambda label, top: f"{label}.{top}",
    st.text(alphabet="abzäöüßéèçøñяλ中文日本", min_size=1, max_size=12),
    top_labels,
)
anything = st.one_of(st.text(max_size=60), names, unicode_names)

is_ldh = re.compile(r"(?=.{1,253}\Z)(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.ASCII).fullmatch


class TestDomainName:
    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("myshop.com", "myshop.com"),
            ("  https://Shop.Example.lu/ ", "shop.example.lu"),
            ("HTTP://shop.lu:8080", "shop.lu"),
            ("shop.lu.", "shop.lu"),
            ("shop.lu.:443", "shop.lu"),
            ("shop.lu:", "shop.lu"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
            ("faß.de", "xn--fa-hia.de"),
            ("shop。lu", "shop.lu"),
            ("ab--cd.lu", "ab--cd.lu"),
            ("1.lu", "1.lu"),
        ],
    )
    def test_what_admins_type_becomes_one_spelling(self, typed: str, name: str) -> None:
        assert domain_name(typed) == name

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("", "empty"),
            ("https://", "empty"),
            ("shop", "two parts"),
            ("https://localhost:8000", "two parts"),
            ("shop.lu/cart", "path"),
            ("https://shop.lu/cart", "path"),
            ("shop.lu?x=1", "path"),
            ("shop.lu#top", "path"),
            ("ftp://shop.lu", "path"),
            ("shop.lu\\x", "path"),
            ("ann@shop.lu", "user name"),
            ("_dmarc.shop.lu", "underscores"),
            ("*.shop.lu", "wildcards"),
            ("192.0.2.1", "IP address"),
            ("192.0.2.1:80", "IP address"),
            ("192.0.2.1.", "IP address"),
            ("\uff11\uff19\uff12.0.2.1", "IP address"),
            ("127.1", "IP address"),
            ("shop.0x7f", "IP address"),
            ("[2001:db8::1]", "IP address"),
            ("https://[2001:db8::1]:443/", "IP address"),
            ("2001:db8::1", "IP address"),
            ("-shop.lu", "host name"),
            ("shop..lu", "host name"),
            ("shop.lu..", "host name"),
            (".shop.lu", "host name"),
            ("shop.lu:http", "host name"),
            ("my shop.lu", "host name"),
            ("xn--a.lu", "host name"),
            ("I♥.example", "host name"),
            (f"{'a' * 64}.lu", "host name"),
            (".".join(["a" * 50] * 5), "253"),
        ],
    )
    def test_what_can_be_no_domain_is_refused_with_its_reason(self, typed: str, why: str) -> None:
        refusal = domain_name(typed)
        assert isinstance(refusal, NameRefusal), refusal
        assert why in refusal.reason

    @given(anything)
    def test_whatever_is_typed_the_answer_is_plain_or_a_refusal(self, typed: str) -> None:
        name = domain_name(typed)
        assert isinstance(name, NameRefusal) or (is_ldh(name) and "." in name)

    @given(anything)
    def test_what_came_out_comes_out_again(self, typed: str) -> None:
        name = domain_name(typed)
        assert isinstance(name, NameRefusal) or domain_name(name) == name

    @given(names | unicode_names, st.integers(0, 65_535), st.booleans(), st.sampled_from(["", "http://", "HTTPS://"]))
    def test_case_port_dot_and_scheme_never_matter(self, name: str, port: int, has_dot: bool, scheme: str) -> None:
        decorated = f"{scheme}{name.upper()}{'.' if has_dot else ''}:{port}{'/' if scheme else ''}"
        # Upper-casing itself changes some letters: ß becomes SS.
        assert domain_name(decorated) == domain_name(name.upper())
        assert not name.isascii() or domain_name(decorated) == name


@pytest.mark.parametrize(
    ("host", "name"), [("LOCALHOST:8000", "localhost"), ("a.b.localhost", "a.b.localhost"), ("shop.lu:80", "shop.lu")]
)
def test_a_host_may_have_a_single_label(host: str, name: str) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("shop.lu", "shop.lu"),
        ("xn--bcher-kva.example", "bücher.example"),
        ("www.xn--fa-hia.de", "www.faß.de"),
        # What only DNS knows, and what is in the table but was never a name, stay as they are.
        ("ab--cd.lu", "ab--cd.lu"),
        ("xn--a.lu", "xn--a.lu"),
    ],
)
def test_an_international_name_is_shown_as_people_write_it(name: str, shown: str) -> None:
    assert unicode_name(name) == shown


@given(anything)
def test_the_shown_name_leads_back_to_the_stored_one(typed: str) -> None:
    name = domain_name(typed)
    assert isinstance(name, NameRefusal) or domain_name(unicode_name(name)) == name
