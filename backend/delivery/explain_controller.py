from litestar import Controller, get
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import AlertNotFoundError, PlatformAlertService
from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.parameters import PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.delivery.explain_reads import Question, explanation
from backend.delivery.explain_schemas import ExplanationOut
from backend.delivery.unplanned import of_alert, of_notification, why_unplanned
from backend.delivery.whose import whose
from backend.notifications import AdminNotificationService, NotificationNotFoundError


class ExplainController(Controller):
    """Why did I (not) get this? A viewer asks about themselves, operators and admins about everybody."""

    path = "/api/v1/admin/notifications"
    tags = ("delivery",)

    @get(
        "/{notification_id:int}/explain",
        operation_id="explain_notification",
        summary="Why each recipient did or did not get a notification, by each channel",
        opt={"role": Role.VIEWER},
        responses=problems(NotificationNotFoundError),
    )
    async def explain_notification(
        self,
        notification_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> ExplanationOut:
        found = await AdminNotificationService(session, clock).get_notification(notification_id)
        standing = await of_notification(found, PlatformAlertService(session, clock))
        question = Question(
            notification_id=found.id,
            alert_id=found.alert_id,
            rang_at=found.created_at,
            back_at=found.back_at,
            whose=whose(principal),
            unplanned=why_unplanned(standing, clock.now()),
        )
        return await explanation(reads, question)

    @get(
        "/alerts/{alert_id:int}/explain",
        operation_id="explain_alert",
        summary="Why each recipient was or was not told of an alert, by each channel",
        opt={"role": Role.VIEWER},
        responses=problems(AlertNotFoundError),
    )
    async def explain_alert(
        self,
        alert_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> ExplanationOut:
        found = await PlatformAlertService(session, clock).get_alert(alert_id)
        unplanned = why_unplanned(of_alert(found), clock.now())
        return await explanation(reads, Question(alert_id=found.id, whose=whose(principal), unplanned=unplanned))
