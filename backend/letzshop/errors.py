from backend.core.errors import ConflictError, NotFoundError, UnprocessableError


class NotConnectedError(NotFoundError):
    code = "letzshop_not_connected"
    title = "Store is not connected to Letzshop"


class RunNotFoundError(NotFoundError):
    code = "letzshop_run_not_found"
    title = "Run not found"


class RunFinishedError(ConflictError):
    code = "letzshop_run_finished"
    title = "The run has finished"


class RunRunningError(ConflictError):
    code = "letzshop_run_running"
    title = "The run has not finished"


class ExportRunError(ConflictError):
    """An export is ended, and had again, by whoever downloads it."""

    code = "letzshop_run_is_export"
    title = "The run is an export"


class StoreInactiveError(ConflictError):
    code = "store_inactive"
    title = "Store is not active"


class NotFromLetzshopError(ConflictError):
    code = "not_from_letzshop"
    title = "Order is not from Letzshop"


class NothingToConfirmError(ConflictError):
    code = "nothing_to_confirm"
    title = "Nothing to confirm"


class KeyUnreadableError(UnprocessableError):
    """The stored API key was sealed with a secret key that is no longer known."""

    code = "letzshop_key_unreadable"
    title = "Stored API key cannot be read"


class LetzshopRefusedError(UnprocessableError):
    """Letzshop was asked with these credentials and gave no data."""

    code = "letzshop_refused"
    title = "Letzshop refused the credentials"
