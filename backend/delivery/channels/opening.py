"""All channels of one process, open for as long as it sends."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from backend.core.clock import Clock
from backend.core.egress import EgressGuard
from backend.core.settings import Settings
from backend.delivery.channels.chat import ChatSender
from backend.delivery.channels.email import EmailSender
from backend.delivery.channels.webhook import WebhookSender
from backend.delivery.envelope import Sender
from backend.delivery.kinds import Channel
from backend.delivery.mail.links import links_of
from backend.delivery.mail.setup import mail_setup


@asynccontextmanager
async def open_channels(settings: Settings, clock: Clock) -> AsyncIterator[Mapping[Channel, Sender]]:
    """One sender for each channel, closed at the end of the block."""
    email, chat = EmailSender(mail_setup(settings), clock), ChatSender(settings)
    base_url = links_of(settings.server).base
    try:
        async with WebhookSender(EgressGuard(settings.egress_allow), clock, base_url=base_url) as webhook:
            yield {Channel.EMAIL: email, Channel.CHAT: chat, Channel.WEBHOOK: webhook}
    finally:
        await email.aclose()
        chat.close()
