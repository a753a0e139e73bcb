import asyncio
from datetime import timedelta

import msgspec
import pytest

from backend.auth import UserNotFoundError
from backend.core.errors import InvalidInputError
from backend.core.settings import Settings
from backend.db.database import Database
from backend.delivery.alert_thread_repository import AlertThreadRepository
from backend.delivery.models import Destination
from backend.delivery.preference_schemas import OverrideIn, PreferencesIn
from backend.delivery.preference_service import PreferenceService
from backend.delivery.preferences import Language, Preferences, Threshold
from tests.factories.alerts import raise_alert
from tests.factories.delivery import add_delivery, add_destination, add_message
from tests.factories.people import add_user
from tests.factories.tenancy import add_store
from tests.support.times import FrozenClock
from tests.support.waiting import until_somebody_waits

FRENCH = PreferencesIn(language=Language.FR, matrix={"security": {"chat": "never"}})


async def test_who_never_chose_has_the_defaults_in_the_platforms_time_zone(
    database: Database, clock: FrozenClock, settings: Settings
) -> None:
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        chosen = await PreferenceService(session, clock, settings).of(anne.id)
    assert chosen == (Preferences(timezone="Europe/Luxembourg"), None)


async def test_what_is_replaced_is_kept_whole_and_once(
    database: Database, clock: FrozenClock, settings: Settings
) -> None:
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        service = PreferenceService(session, clock, settings)
        assert await service.replace(anne.id, FRENCH, database.reads) == ["language", "matrix"]
        assert await service.replace(anne.id, FRENCH, database.reads) == []
    async with database.unit_of_work() as session:
        chosen = await PreferenceService(session, clock, settings).of(anne.id)
    assert chosen.updated_at == clock.now()
    assert chosen.preferences.language is Language.FR
    assert chosen.preferences.matrix["security"] == {"email": Threshold.HIGH, "chat": Threshold.NEVER}
    (row,) = await database.reads.fetch("select document from delivery_preferences")
    assert '"overrides": []' in row["document"]


async def test_what_is_absent_goes_back_to_its_default(
    database: Database, clock: FrozenClock, settings: Settings
) -> None:
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        service = PreferenceService(session, clock, settings)
        await service.replace(anne.id, FRENCH, database.reads)
        await service.replace(anne.id, PreferencesIn(), database.reads)
        assert (await service.of(anne.id)).preferences == Preferences()


async def test_the_preferences_of_all_people_are_read_at_once(
    database: Database, clock: FrozenClock, settings: Settings
) -> None:
    async with database.unit_of_work() as session:
        anne, ben, cleo = [await add_user(session, name=name) for name in ("Anne", "Ben", "Cleo")]
        service = PreferenceService(session, clock, settings)
        await service.replace(anne.id, FRENCH, database.reads)
        await service.replace(cleo.id, PreferencesIn(language=Language.DE), database.reads)
        found = await service.of_people([anne.id, ben.id])
    assert {user_id: one.language for user_id, one in found.items()} == {anne.id: Language.FR, ben.id: Language.EN}


async def test_a_store_that_there_is_can_have_a_choice_of_its_own(
    database: Database, clock: FrozenClock, settings: Settings
) -> None:
    async with database.unit_of_work() as session:
        store, anne = await add_store(session), await add_user(session)
    wanted = PreferencesIn(
        overrides=[
            OverrideIn(channel="email", min_priority=Threshold.LOW, store_id=store.id),
            OverrideIn(channel="email", min_priority=Threshold.LOW, merchant_id=store.merchant_id),
        ]
    )
    async with database.unit_of_work() as session:
        await PreferenceService(session, clock, settings).replace(anne.id, wanted, database.reads)
    async with database.unit_of_work() as session:
        chosen = await PreferenceService(session, clock, settings).of(anne.id)
    assert [one.store_id for one in chosen.preferences.overrides] == [store.id, None]


@pytest.mark.parametrize("place", [{"store_id": 4711}, {"merchant_id": 4711}])
async def test_a_place_that_there_is_not_is_refused_and_nothing_changes(
    place: dict[str, int], database: Database, clock: FrozenClock, settings: Settings
) -> None:
    override = {"channel": "email", "min_priority": "low"} | place
    wanted = msgspec.convert({"overrides": [override]}, PreferencesIn)
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        service = PreferenceService(session, clock, settings)
        with pytest.raises(InvalidInputError) as refused:
            await service.replace(anne.id, wanted, database.reads)
        assert (await service.of(anne.id)).updated_at is None
    assert [fault.path for fault in refused.value.errors] == [f"overrides.0.{next(iter(place))}"]


async def test_nobody_has_no_preferences(database: Database, clock: FrozenClock, settings: Settings) -> None:
    async with database.unit_of_work() as session:
        service = PreferenceService(session, clock, settings)
        with pytest.raises(UserNotFoundError):
            await service.shown(4711)
        with pytest.raises(UserNotFoundError):
            await service.replace(4711, FRENCH, database.reads)


async def test_an_unsubscribe_beside_a_change_loses_neither(
    database: Database, clock: FrozenClock, settings: Settings
) -> None:
    async with database.unit_of_work() as session:
        anne = await add_user(session)

    async def unsubscribe() -> None:
        async with database.unit_of_work() as session:
            await PreferenceService(session, clock, settings).turn_off_mail(anne.id, "security")

    # The first time, when there is no row yet, and then with one.
    for language in (Language.FR, Language.DE):
        async with asyncio.TaskGroup() as both, database.unit_of_work() as session:
            await PreferenceService(session, clock, settings).replace(
                anne.id, PreferencesIn(language=language), database.reads
            )
            both.create_task(unsubscribe())
            await until_somebody_waits(database)
        async with database.unit_of_work() as session:
            kept = (await PreferenceService(session, clock, settings).of(anne.id)).preferences
        assert (kept.language, kept.matrix["security"]["email"]) == (language, Threshold.NEVER)


async def test_preferences_are_kept_beside_the_end_of_an_alert_that_waits_for_quiet_hours(
    database: Database, clock: FrozenClock, settings: Settings
) -> None:
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        chat = await add_destination(session, kind="chat", user_id=anne.id)
        alert = await raise_alert(session, clock)
        told = await add_message(session, alert_id=alert.id)
        later = clock.now() + timedelta(hours=8)
        await add_delivery(session, chat, told, reason="quiet_hours", next_attempt_at=later)

    async def save() -> None:
        async with database.unit_of_work() as session:
            wanted = PreferencesIn(chat_url=None)
            await PreferenceService(session, clock, settings).replace(anne.id, wanted, database.reads)

    # Destinations before deliveries, as the end of the alert and every claim: else they wait for each other.
    async with asyncio.TaskGroup() as both, database.unit_of_work() as session:
        await session.get(Destination, chat.id, with_for_update={"key_share": True})
        both.create_task(save())
        await until_somebody_waits(database)
        await AlertThreadRepository(session).drop_unsent(alert.id, clock.now())
    assert await database.reads.fetchval("select reason from deliveries") == "over_before_sent"
