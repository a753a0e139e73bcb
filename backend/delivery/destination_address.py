"""An address that somebody enters: whether it can be used, and how it is kept."""

import asyncio

from backend.core.egress import EgressGuard
from backend.core.errors import InvalidInputError
from backend.core.secrets import SecretBox
from backend.core.settings import Settings
from backend.delivery.channels.apprise_service import understood
from backend.delivery.channels.chat_services import refusal, web_address_of
from backend.delivery.kinds import Channel
from backend.delivery.mail.address import recipient

_FIELD = "url"


def owner_of(destination_id: int) -> str:
    """Whose secrets they are, for the secret box."""
    return f"destination:{destination_id}"


def seal(settings: Settings, destination_id: int, secret: str) -> str:
    return SecretBox(settings.secret_keys).seal(owner_of(destination_id), secret)


async def check_address(settings: Settings, kind: Channel, address: str) -> None:
    """Refuse what cannot be used, naming the field `url`. It looks names up: not within a transaction."""
    match kind:
        case Channel.WEBHOOK:
            await EgressGuard(settings.egress_allow).check_url(address, field=_FIELD)
        case Channel.CHAT:
            await _check_chat(settings, address)
        case Channel.EMAIL:
            if recipient(address) is None:
                raise InvalidInputError.field(_FIELD, "is not one e-mail address, as in ops@example.com")


async def _check_chat(settings: Settings, address: str) -> None:
    why_not = refusal(address)
    if why_not is not None:
        raise InvalidInputError.field(_FIELD, why_not)
    # In a thread: the first call loads all that Apprise knows.
    if await asyncio.to_thread(understood, address) is None:
        raise InvalidInputError.field(_FIELD, "is not understood by Apprise: something is missing or misspelt")
    web_address = web_address_of(address)
    if web_address is not None:
        guard = EgressGuard(settings.egress_allow, in_clear=web_address.startswith("http://"))
        await guard.check_url(web_address, field=_FIELD)
