import pytest

from backend.actions.result import ActionStatus, result_of
from backend.catalog import ImportStatus
from backend.letzshop import RunStatus


@pytest.mark.parametrize(
    ("status", "message", "result"),
    [
        ("completed", None, (ActionStatus.DONE, "Import 9 was completed.")),
        (
            "completed_with_errors",
            "7 of 9 rows.",
            (ActionStatus.DONE, "Import 9 was completed with errors: 7 of 9 rows."),
        ),
        ("partial", "1 of 9 shipments.", (ActionStatus.DONE, "Import 9 was completed in part: 1 of 9 shipments.")),
        ("failed", "No rows.", (ActionStatus.FAILED, "Import 9 failed: No rows.")),
        ("cancelled", None, (ActionStatus.FAILED, "Import 9 was cancelled.")),
    ],
)
def test_a_result_is_that_of_the_run(status: str, message: str | None, result: tuple[ActionStatus, str]) -> None:
    found = result_of("Import 9", status, message)
    assert (found.status, found.text) == result


@pytest.mark.parametrize("status", [*ImportStatus, *RunStatus])
def test_each_status_that_ends_a_run_has_words(status: ImportStatus | RunStatus) -> None:
    assert ("ended as" in result_of("It", status.value, None).text) is not status.is_finished


def test_a_status_that_is_not_known_counts_as_a_failure_and_is_named() -> None:
    assert result_of("Run 3", "exploded", None).text == "Run 3 ended as exploded."
    assert result_of("Run 3", "exploded", None).status is ActionStatus.FAILED
