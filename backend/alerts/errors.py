from backend.core.errors import ConflictError, NotFoundError


class AlertNotFoundError(NotFoundError):
    code = "alert_not_found"
    title = "Alert not found"

    def __init__(self, alert_id: int) -> None:
        super().__init__(f"There is no alert {alert_id}.")


class AlertResolvedError(ConflictError):
    code = "alert_resolved"
    title = "Alert is resolved"

    def __init__(self, alert_id: int) -> None:
        super().__init__(f"Alert {alert_id} is resolved: there is nothing to come back to.")


class NewerAlertOpenError(ConflictError):
    code = "newer_alert_open"
    title = "A newer alert of the same kind is open"

    def __init__(self, newer_id: int) -> None:
        super().__init__(f"Alert {newer_id} is open for the same problem; work on that one.")
        self.newer_id = newer_id
