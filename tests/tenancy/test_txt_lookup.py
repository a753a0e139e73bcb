import socket

import dns.rcode
import pytest

from backend.tenancy.txt_lookup import DnsFailureError, DnsResolver, NoSuchNameError, look_up
from backend.tenancy.verification import Answer
from tests.tenancy.dns_server import FakeDns, dns_server

RECORD = "_tocsin-verify.shop.lu"


def resolver_at(port: int) -> DnsResolver:
    return DnsResolver(["127.0.0.1"], port=port, timeout=1.5)


class TestDnsResolver:
    """Against a real server, over real datagrams."""

    async def test_it_gives_all_values_each_put_together_from_its_strings(self) -> None:
        async with dns_server({RECORD: ['"tocsin-" "verify=abc"', '"v=spf1 -all"']}) as port:
            assert sorted(await resolver_at(port).txt(RECORD)) == ["tocsin-verify=abc", "v=spf1 -all"]

    async def test_a_value_that_is_no_text_is_readable_and_storable(self) -> None:
        async with dns_server({RECORD: [r'"\255\000x"']}) as port:
            assert await resolver_at(port).txt(RECORD) == ["\ufffdx"]

    async def test_a_name_without_such_a_record_has_no_values(self) -> None:
        async with dns_server({RECORD: []}) as port:
            assert await resolver_at(port).txt(RECORD) == []

    async def test_a_name_that_does_not_exist_is_told_apart(self) -> None:
        async with dns_server({}) as port:
            with pytest.raises(NoSuchNameError):
                await resolver_at(port).txt(RECORD)

    @pytest.mark.parametrize("rcode", [dns.rcode.SERVFAIL, dns.rcode.REFUSED])
    async def test_a_server_that_refuses_is_a_failure(self, rcode: dns.rcode.Rcode) -> None:
        async with dns_server({}, refusal=rcode) as port:
            with pytest.raises(DnsFailureError):
                await resolver_at(port).txt(RECORD)

    async def test_a_server_that_is_not_there_is_a_failure(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            with pytest.raises(DnsFailureError):
                await DnsResolver(["127.0.0.1"], port=silent.getsockname()[1], timeout=0.3).txt(RECORD)

    async def test_a_name_that_is_too_long_for_dns_is_a_failure(self) -> None:
        with pytest.raises(DnsFailureError):
            await resolver_at(9).txt(".".join(["a" * 60] * 5))


class TestLookUp:
    async def test_the_record_is_asked_for_first_and_the_domain_only_when_it_is_missing(self) -> None:
        dns_fake = FakeDns({RECORD: ["x"]})
        assert await look_up(dns_fake, "shop.lu") == Answer(values=["x"])
        assert dns_fake.asked == [RECORD]

    async def test_a_missing_record_and_a_missing_domain_are_two_things(self) -> None:
        assert await look_up(FakeDns({"shop.lu": []}), "shop.lu") == Answer()
        assert await look_up(FakeDns(), "shop.lu") == Answer(is_domain_unknown=True)

    async def test_a_failure_is_an_answer_too(self) -> None:
        assert await look_up(FakeDns(failure="timed out"), "shop.lu") == Answer(failure="timed out")

    async def test_a_record_known_to_be_missing_stays_so_when_the_domain_cannot_be_asked_for(self) -> None:
        class HalfDns(FakeDns):
            async def txt(self, name: str) -> list[str]:
                raise DnsFailureError("timed out") if name == "shop.lu" else NoSuchNameError(name)

        assert await look_up(HalfDns(), "shop.lu") == Answer()
