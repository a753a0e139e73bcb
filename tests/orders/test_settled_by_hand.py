from backend.notifications import Became, notifications_between
from backend.orders import SETTLED_BY_HAND, settlers_of
from backend.orders.exception_service import ExceptionService
from tests.factories.orders import incoming, item
from tests.factories.people import add_user
from tests.orders.conftest import Shop


async def test_the_person_who_settled_an_exception_last_is_found_by_its_orders_notification(shop: Shop) -> None:
    await shop.take(incoming("a", item(1), item(2)))
    await shop.take(incoming("b"))
    first, second, _ = [row["id"] for row in await shop.exceptions()]
    async with shop.database.unit_of_work() as session:
        anne, ben = await add_user(session), await add_user(session, name="Ben")
        service = ExceptionService(session, shop.clock)
        await service.ignore(first, notes="a gift", user_id=anne.id)
        await service.ignore(second, notes="a gift", user_id=ben.id)
    ids = [row["id"] for row in await shop.notifications()]
    assert await settlers_of(shop.database.reads.fetch, ids) == {ids[0]: ben.id}
    assert await settlers_of(shop.database.reads.fetch, []) == {}
    # The reason tells a person's work from what healed by itself.
    settled = await notifications_between(
        shop.database.reads.fetch,
        shop.clock.now(),
        shop.clock.now().replace(year=9000),
        reasons_by_hand=[SETTLED_BY_HAND],
        most=9,
    )
    assert {row.id: row.became for row in settled} == {ids[0]: Became.SETTLED_BY_HAND, ids[1]: Became.OPEN}
