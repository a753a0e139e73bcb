"""What can be done about a notification from where it is read: decided from what it says alone."""

from enum import StrEnum

import msgspec

from backend.core.fields import JsonObject
from backend.notifications.kinds import NotificationType


class ActionKind(StrEnum):
    RETRY_IMPORT = "retry_import"
    RETRY_RUN = "retry_run"
    SYNC_NOW = "sync_now"
    TEST_CREDENTIALS = "test_credentials"
    # Leads to a page; nothing is run.
    OPEN_EXCEPTIONS = "open_exceptions"


class Action(msgspec.Struct, frozen=True):
    """`target` holds the ids that the action is about, as `import_id` or `store_id`."""

    kind: ActionKind
    target: dict[str, int]


class LinkedAction(Action, frozen=True):
    """An action of one of an alert's notifications, through which it is run."""

    notification_id: int
    store_id: int | None


def offered(type: str, metadata: JsonObject, store_id: int | None, *, is_settled: bool) -> list[Action]:  # noqa: A002 - the field's name
    """The actions in the order in which they are worth trying; none once the matter is settled."""
    if is_settled:
        return []
    match type:
        case NotificationType.IMPORT_FAILURE:
            return _with_ids(metadata, {"job_id": ("import_id", ActionKind.RETRY_IMPORT), "run_id": _RETRY_RUN})
        case NotificationType.ORDER_SYNC_FAILURE if store_id is not None:
            test = Action(ActionKind.TEST_CREDENTIALS, {"store_id": store_id})
            if metadata.get("run_kind") is not None:
                # A sync would not do again what another kind of run was to do.
                return [*_with_ids(metadata, {"run_id": _RETRY_RUN}), test]
            return [Action(ActionKind.SYNC_NOW, {"store_id": store_id}), test]
        case NotificationType.ORDER_EXCEPTION:
            return _with_ids(metadata, {"order_id": ("order_id", ActionKind.OPEN_EXCEPTIONS)})
    return []


_RETRY_RUN = ("run_id", ActionKind.RETRY_RUN)


def _with_ids(metadata: JsonObject, wanted: dict[str, tuple[str, ActionKind]]) -> list[Action]:
    """One action for each id that the metadata has; it may be of anybody's making."""
    return [
        Action(kind, {name: metadata[key]})
        for key, (name, kind) in wanted.items()
        if isinstance(metadata.get(key), int) and not isinstance(metadata[key], bool)
    ]
