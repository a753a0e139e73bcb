import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notifications import Action, ActionKind, NotificationType, offered

json = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=3)


@pytest.mark.parametrize(
    ("type", "metadata", "store_id", "actions"),
    [
        ("import_failure", {"job_id": 7}, 3, [Action(ActionKind.RETRY_IMPORT, {"import_id": 7})]),
        ("import_failure", {"run_id": 9}, 3, [Action(ActionKind.RETRY_RUN, {"run_id": 9})]),
        (
            "order_sync_failure",
            {"run_id": 9},
            3,
            [Action(ActionKind.SYNC_NOW, {"store_id": 3}), Action(ActionKind.TEST_CREDENTIALS, {"store_id": 3})],
        ),
        ("order_sync_failure", {}, None, []),
        ("order_exception", {"order_id": 5}, 3, [Action(ActionKind.OPEN_EXCEPTIONS, {"order_id": 5})]),
        ("store_issue", {"job_id": 7}, 3, []),
        ("import_failure", {"job_id": "7"}, 3, []),
        ("import_failure", {"job_id": True}, 3, []),
        ("something old", {}, None, []),
    ],
)
def test_each_type_offers_what_can_mend_it(
    type: str,  # noqa: A002 - the field's name
    metadata: dict[str, object],
    store_id: int | None,
    actions: list[Action],
) -> None:
    assert offered(type, metadata, store_id, is_settled=False) == actions


@given(
    st.sampled_from([*NotificationType, "old"]), st.dictionaries(st.text(max_size=8), json), st.none() | st.integers()
)
def test_nothing_is_offered_once_it_is_settled_and_no_metadata_is_too_odd(
    type: str,  # noqa: A002 - the field's name
    metadata: dict[str, object],
    store_id: int | None,
) -> None:
    assert offered(type, metadata, store_id, is_settled=True) == []
    for action in offered(type, metadata, store_id, is_settled=False):
        assert all(isinstance(value, int) for value in action.target.values())
