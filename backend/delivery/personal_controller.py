from typing import Any, Literal

import msgspec
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import AuthService, Principal, UserNotFoundError
from backend.core.clock import Clock
from backend.core.parameters import PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.reads import Reads
from backend.delivery.destination_errors import ChannelNotSetUpError, DestinationOffError, NoMailServerError
from backend.delivery.destination_repository import DestinationRepository
from backend.delivery.destination_schemas import DestinationTestOut
from backend.delivery.destination_testing import send_test
from backend.delivery.kinds import Channel, DeliveryStatus
from backend.delivery.personal_channels import own_channel
from backend.delivery.personal_state import PeopleOut, people_reached, state_of
from backend.delivery.preference_controller import KeysHaveNoPreferencesError, person_of
from backend.delivery.preference_schemas import ChannelState
from backend.delivery.switching import switch_on

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters
OwnChannel = FromPath[Literal["email", "chat"]]

_MINE = "/preferences/channels/{channel:str}"
_OF_USER = "/users/{user_id:int}/preferences/channels/{channel:str}"


class PersonalChannelController(Controller):
    """The addresses of people: how they do, tried again, and tested."""

    path = "/api/v1/admin"
    tags = ("preferences",)

    @get(
        "/delivery/destinations/personal",
        operation_id="list_people_reached",
        summary="Everybody with a mail or chat address of their own, by name, and how these do",
        opt={"role": Role.OPERATOR},
    )
    async def list_people(self, reads: NamedDependency[Reads]) -> PeopleOut:
        return await people_reached(reads)

    @post(
        f"{_MINE}/enable",
        status_code=200,
        operation_id="enable_my_channel",
        summary="Send to my own address again at once, whatever failed before",
        opt={"role": Role.VIEWER, "audit": "preferences.enable_channel"},
        responses=problems(KeysHaveNoPreferencesError, ChannelNotSetUpError),
    )
    async def enable_mine(
        self,
        request: AnyRequest,
        channel: OwnChannel,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> ChannelState:
        return await _enabled(request, session, clock, person_of(principal), Channel(channel))

    @post(
        f"{_OF_USER}/enable",
        status_code=200,
        operation_id="enable_channel_of_user",
        summary="Send to a person's own address again at once, whatever failed before",
        opt={"role": Role.ADMIN, "audit": "preferences.enable_channel"},
        responses=problems(UserNotFoundError, ChannelNotSetUpError),
    )
    async def enable_of_user(
        self,
        request: AnyRequest,
        user_id: PathId,
        channel: OwnChannel,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
    ) -> ChannelState:
        await AuthService(session, clock).get_user(user_id)
        return await _enabled(request, session, clock, user_id, Channel(channel))

    @post(
        f"{_MINE}/test",
        status_code=202,
        operation_id="test_my_channel",
        summary="Send a test message to my own address, on the way of all others",
        opt={"role": Role.VIEWER, "audit": "preferences.test_channel", "idempotent": True},
        responses=problems(KeysHaveNoPreferencesError, ChannelNotSetUpError, NoMailServerError, DestinationOffError),
    )
    async def test_mine(
        self,
        request: AnyRequest,
        channel: OwnChannel,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
        principal: NamedDependency[Principal],
    ) -> DestinationTestOut:
        user_id = person_of(principal)
        _refuse_unsendable(settings, channel)
        return await _tested(request, session, clock, user_id, Channel(channel), principal)

    @post(
        f"{_OF_USER}/test",
        status_code=202,
        operation_id="test_channel_of_user",
        summary="Send a test message to a person's own address, on the way of all others",
        opt={"role": Role.ADMIN, "audit": "preferences.test_channel", "idempotent": True},
        responses=problems(UserNotFoundError, ChannelNotSetUpError, NoMailServerError, DestinationOffError),
    )
    async def test_of_user(
        self,
        request: AnyRequest,
        user_id: PathId,
        channel: OwnChannel,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
        principal: NamedDependency[Principal],
    ) -> DestinationTestOut:
        await AuthService(session, clock).get_user(user_id)
        _refuse_unsendable(settings, channel)
        return await _tested(request, session, clock, user_id, Channel(channel), principal)


def _refuse_unsendable(settings: Settings, channel: str) -> None:
    """Such a mail would fail, and its address would be blamed."""
    if channel == Channel.EMAIL and settings.smtp_url is None:
        raise NoMailServerError


async def _enabled(
    request: AnyRequest, session: AsyncSession, clock: Clock, user_id: int, channel: Channel
) -> ChannelState:
    row = await own_channel(session, user_id, channel)
    switch_on(row)
    await DestinationRepository(session).hurry(row.id)
    row.updated_at = clock.now()
    await session.flush()
    request.state.audit_detail = {"user_id": user_id, "channel": channel.value}
    return msgspec.convert(state_of(row), ChannelState)


async def _tested(
    request: AnyRequest, session: AsyncSession, clock: Clock, user_id: int, channel: Channel, principal: Principal
) -> DestinationTestOut:
    row = await own_channel(session, user_id, channel)
    delivery = await send_test(session, clock, row, asked_by=principal.name)
    request.state.audit_detail = {"user_id": user_id, "channel": channel.value, "delivery_id": delivery.id}
    return DestinationTestOut(delivery_id=delivery.id, status=DeliveryStatus(delivery.status))
