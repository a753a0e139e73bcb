from sqlalchemy import select

from backend.db.database import Database
from backend.jobs import enqueue
from backend.jobs.models import Job


async def test_a_job_is_there_after_the_commit(database: Database) -> None:
    async with database.unit_of_work() as session:
        job_id = await enqueue(session, "greet", {"name": "Anne"})
    async with database.unit_of_work() as session:
        job = (await session.scalars(select(Job))).one()
    assert (job.id, job.kind, job.payload, job.state) == (job_id, "greet", {"name": "Anne"}, "queued")
