"""The six notices that jobs raise, worded and ranked in one place (design 4)."""

from collections.abc import Sequence
from typing import Protocol

from backend.core.fields import JsonObject
from backend.notifications.kinds import NotificationType, Priority
from backend.notifications.models import AdminNotification
from backend.notifications.notice import Notice, order_exception_notice


class _Creates(Protocol):
    async def create_notification(
        self,
        *,
        type: NotificationType | str,  # noqa: A002 - the field's name is the contract
        title: str,
        message: str,
        priority: Priority | str = ...,
        action_required: bool = ...,
        action_url: str | None = ...,
        notification_metadata: JsonObject | None = ...,
        store_id: int | None = ...,
        alert_id: int | None = ...,
    ) -> AdminNotification: ...

    async def create_many(self, notices: Sequence[Notice]) -> Sequence[AdminNotification]: ...


class ConvenienceNotices:
    """Mixed into the service; each method flushes one notification into the caller's transaction."""

    async def notify_import_failure(
        self: _Creates,
        *,
        store_name: str,
        job_id: int,
        error_message: str,
        store_id: int | None = None,
        alert_id: int | None = None,
    ) -> AdminNotification:
        return await self.create_notification(
            type=NotificationType.IMPORT_FAILURE,
            priority=Priority.HIGH,
            title=f"Product import failed for {store_name}",
            message=error_message,
            action_required=True,
            action_url=f"/imports/{job_id}",
            notification_metadata={"store_name": store_name, "job_id": job_id},
            store_id=store_id,
            alert_id=alert_id,
        )

    async def notify_order_sync_failure(
        self: _Creates,
        *,
        store_name: str,
        error_message: str,
        store_id: int | None = None,
        run_id: int | None = None,
        alert_id: int | None = None,
    ) -> AdminNotification:
        return await self.create_notification(
            type=NotificationType.ORDER_SYNC_FAILURE,
            priority=Priority.HIGH,
            title=f"Letzshop order sync failed for {store_name}",
            message=error_message,
            action_required=True,
            action_url=f"/letzshop/runs/{run_id}" if run_id is not None else None,
            notification_metadata={"store_name": store_name, "run_id": run_id},
            store_id=store_id,
            alert_id=alert_id,
        )

    async def notify_order_exception(
        self: _Creates,
        *,
        store_name: str,
        order_number: str,
        exception_count: int,
        store_id: int | None = None,
        order_id: int | None = None,
        alert_id: int | None = None,
    ) -> AdminNotification:
        notice = order_exception_notice(
            store_name=store_name,
            order_number=order_number,
            exception_count=exception_count,
            store_id=store_id,
            order_id=order_id,
            alert_id=alert_id,
        )
        (notification,) = await self.create_many([notice])
        return notification

    async def notify_critical_error(
        self: _Creates,
        *,
        error_type: str,
        error_message: str,
        details: JsonObject | None = None,
        alert_id: int | None = None,
    ) -> AdminNotification:
        return await self.create_notification(
            type=NotificationType.CRITICAL_ERROR,
            priority=Priority.CRITICAL,
            title=f"Critical error: {error_type}",
            message=error_message,
            action_required=True,
            notification_metadata={"error_type": error_type, "details": details or {}},
            alert_id=alert_id,
        )

    async def notify_store_issue(
        self: _Creates,
        *,
        store_name: str,
        issue_type: str,
        message: str,
        store_id: int | None = None,
        alert_id: int | None = None,
    ) -> AdminNotification:
        return await self.create_notification(
            type=NotificationType.STORE_ISSUE,
            priority=Priority.NORMAL,
            title=f"{store_name}: {issue_type.replace('_', ' ')}",
            message=message,
            action_url=f"/stores/{store_id}" if store_id is not None else None,
            notification_metadata={"store_name": store_name, "issue_type": issue_type},
            store_id=store_id,
            alert_id=alert_id,
        )

    async def notify_security_alert(
        self: _Creates,
        *,
        title: str,
        message: str,
        details: JsonObject | None = None,
        alert_id: int | None = None,
    ) -> AdminNotification:
        return await self.create_notification(
            type=NotificationType.SECURITY_ALERT,
            priority=Priority.CRITICAL,
            title=title,
            message=message,
            action_required=True,
            notification_metadata={"details": details or {}},
            alert_id=alert_id,
        )
