"""Addresses as they are entered: judged before they are kept."""

from dataclasses import replace
from ipaddress import ip_network

import pytest

from backend.core.egress import EgressAddressError
from backend.core.settings import Settings
from backend.delivery.destination_address import check_address
from backend.delivery.kinds import Channel

LOCAL = [
    (Channel.WEBHOOK, "http://127.0.0.1:8080/hook"),
    (Channel.CHAT, "ntfy://127.0.0.1:8080/topic"),
    (Channel.CHAT, "gotifys://[::1]/Q7tokenQ7"),
]


@pytest.mark.parametrize(("kind", "address"), LOCAL)
async def test_what_is_not_public_is_taken_only_where_it_is_allowed(
    settings: Settings, kind: Channel, address: str
) -> None:
    with pytest.raises(EgressAddressError) as refused:
        await check_address(settings, kind, address)
    assert "Q7" not in str(refused.value)
    assert [error.path for error in refused.value.errors] == ["url"]
    allow = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
    await check_address(replace(settings, egress_allow=allow), kind, address)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (Channel.CHAT, "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"),
        # A topic of ntfy.sh: there is no host to judge, and the dialling is guarded.
        (Channel.CHAT, "ntfy://localhost"),
        (Channel.EMAIL, "ops@example.com"),
    ],
)
async def test_what_names_no_host_needs_no_judgement(settings: Settings, kind: Channel, address: str) -> None:
    await check_address(settings, kind, address)
