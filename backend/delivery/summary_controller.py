from datetime import datetime, timedelta

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.core.parameters import with_zone
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.delivery.summary import Summary
from backend.delivery.summary_reads import summary_between
from backend.notifications import last_seen_at

FURTHEST_BACK = timedelta(days=31)
USUALLY_BACK = timedelta(hours=24)


class SummaryController(Controller):
    """What the digest says, for any time up to now."""

    path = "/api/v1/admin/delivery"
    tags = ("delivery",)

    @get(
        "/summary",
        operation_id="since_you_left",
        summary="What happened since I last looked, or since another time of the last 31 days",
        opt={"role": Role.VIEWER},
    )
    async def since_you_left(
        self,
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
        since: FromQuery[datetime | None] = None,
    ) -> Summary:
        now = clock.now()
        given = with_zone(since, "since")
        start = await _left_at(reads, principal.user_id, now) if given is None else _checked(given, now)
        return await summary_between(reads, start, now, role=principal.role)


async def _left_at(reads: Reads, user_id: int | None, now: datetime) -> datetime:
    seen = await last_seen_at(reads.fetch, user_id) if user_id is not None else None
    return max(seen, now - FURTHEST_BACK) if seen else now - USUALLY_BACK


def _checked(since: datetime, now: datetime) -> datetime:
    if since > now:
        raise InvalidInputError.field("since", "lies in the future")
    if since < now - FURTHEST_BACK:
        raise InvalidInputError.field("since", f"lies more than {FURTHEST_BACK.days} days back")
    return since
