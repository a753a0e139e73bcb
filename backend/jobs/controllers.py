from datetime import datetime
from typing import Annotated

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from litestar.status_codes import HTTP_200_OK
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.paging import DEFAULT_LIMIT, Page, decode_cursor, page_of
from backend.core.parameters import PageLimit, PathId, with_zone
from backend.core.problem import problems
from backend.core.roles import Role
from backend.jobs.models import Job
from backend.jobs.repository import JobFilters
from backend.jobs.schemas import JobOut, JobState, KindName
from backend.jobs.service import JobNotFoundError, JobService, JobStateError


class JobController(Controller):
    path = "/api/v1/admin/jobs"
    tags = ("jobs",)

    @get("/", operation_id="list_jobs", summary="Background jobs, newest first", opt={"role": Role.VIEWER})
    async def list_jobs(
        self,
        session: NamedDependency[AsyncSession],
        state_: Annotated[list[JobState] | None, QueryParameter(name="state")] = None,
        kind: FromQuery[list[KindName] | None] = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[JobOut]:
        filters = JobFilters(
            state=tuple(sorted(state_ or ())),
            kind=tuple(sorted(kind or ())),
            since=with_zone(since, "since"),
            until=with_zone(until, "until"),
        )
        scope = ["jobs", filters]
        before_id = decode_cursor(cursor, int, scope=scope)
        jobs = await JobService(session).get_jobs(filters, limit=limit + 1, before_id=before_id)
        return page_of([_out(job) for job in jobs], limit, lambda job: job.id, scope=scope)

    @get(
        "/{job_id:int}",
        operation_id="get_job",
        summary="A background job",
        opt={"role": Role.VIEWER},
        responses=problems(JobNotFoundError),
    )
    async def get_job(self, job_id: PathId, session: NamedDependency[AsyncSession]) -> JobOut:
        return _out(await JobService(session).get_job(job_id))

    @post(
        "/{job_id:int}/retry",
        operation_id="retry_job",
        summary="Queue a dead job again, with a fresh budget of failures",
        status_code=HTTP_200_OK,
        opt={"role": Role.OPERATOR, "audit": "job.retry", "idempotent": True},
        responses=problems(JobNotFoundError, JobStateError),
    )
    async def retry_job(self, job_id: PathId, session: NamedDependency[AsyncSession]) -> JobOut:
        return _out(await JobService(session).retry_job(job_id))

    @post(
        "/{job_id:int}/cancel",
        operation_id="cancel_job",
        summary="Cancel a queued job",
        status_code=HTTP_200_OK,
        opt={"role": Role.OPERATOR, "audit": "job.cancel"},
        responses=problems(JobNotFoundError, JobStateError),
    )
    async def cancel_job(
        self, job_id: PathId, session: NamedDependency[AsyncSession], clock: NamedDependency[Clock]
    ) -> JobOut:
        return _out(await JobService(session).cancel_job(job_id, clock))


def _out(job: Job) -> JobOut:
    columns = {name: getattr(job, name) for name in JobOut.__struct_fields__ if name != "attempts"}
    return JobOut(attempts=job.claims, **columns)
