"""Deliveries put on their way by hand, and what became of them."""

from sqlalchemy import text

from tests.factories.delivery import add_deliveries
from tests.factories.people import add_user
from tests.support.pipeline import Pipeline


async def add(pipeline: Pipeline, destination_id: int, count: int = 1, **columns: object) -> list[int]:
    async with pipeline.database.unit_of_work() as session:
        return await add_deliveries(session, destination_id, count, **columns)


async def rows(pipeline: Pipeline, columns: str, table: str = "deliveries") -> list[tuple[object, ...]]:
    found = await pipeline.database.reads.fetch(f"select {columns} from {table} order by id")  # noqa: S608 - the test's own
    return [tuple(row) for row in found]


async def personal_mail(pipeline: Pipeline, name: str = "Anne") -> int:
    """The destination of a person's mail."""
    async with pipeline.database.unit_of_work() as session:
        user = await add_user(session, name=name)
        found = await session.execute(
            text(
                "insert into delivery_destinations (kind, user_id, name) values ('email', :id, 'E-mail') returning id"
            ),
            {"id": user.id},
        )
        return int(found.scalar_one())
