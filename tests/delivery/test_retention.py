from datetime import timedelta

from backend.delivery.retention import remove_old
from tests.factories.delivery import add_deliveries
from tests.support.pipeline import Pipeline


async def test_what_is_old_goes_with_all_that_was_sent_but_not_what_is_still_on_its_way(pipeline: Pipeline) -> None:
    destination_id = await pipeline.destination()
    async with pipeline.database.unit_of_work() as session:
        await add_deliveries(session, destination_id, 3, status="sent")
        await add_deliveries(session, destination_id, 1, status="pending")
    before = pipeline.clock.now() + timedelta(hours=1)

    async with pipeline.database.unit_of_work() as session:
        first = await remove_old(session, before=before, limit=2)
        second = await remove_old(session, before=before, limit=2)

    assert (first, second) == (2, 1)
    assert await pipeline.statuses() == ["pending"]
