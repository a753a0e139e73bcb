import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.import_outcome import ImportStatus, failure, outcome_of


class TestOutcomeOf:
    @pytest.mark.parametrize(
        ("processed", "errors", "status", "notifies", "heals"),
        [
            (10, 0, ImportStatus.COMPLETED, False, True),
            (10, 1, ImportStatus.COMPLETED_WITH_ERRORS, False, False),
            (10, 4, ImportStatus.COMPLETED_WITH_ERRORS, False, False),
            (10, 5, ImportStatus.COMPLETED_WITH_ERRORS, True, False),
            (10, 10, ImportStatus.FAILED, True, False),
            (1, 1, ImportStatus.FAILED, True, False),
            (0, 0, ImportStatus.FAILED, True, False),
        ],
    )
    def test_counts_decide(
        self, processed: int, errors: int, status: ImportStatus, *, notifies: bool, heals: bool
    ) -> None:
        outcome = outcome_of(processed, errors)
        assert (outcome.status, outcome.message is not None, outcome.heals) == (status, notifies, heals)

    def test_the_message_says_how_many_rows_are_missing(self) -> None:
        assert outcome_of(2000, 12).message == "12 of 2,000 rows could not be imported."

    @given(st.integers(0, 10**7), st.integers(0, 10**7))
    def test_an_import_never_both_notifies_and_heals(self, processed: int, errors: int) -> None:
        outcome = outcome_of(processed, min(processed, errors))
        notifies = outcome.message is not None
        assert not (notifies and outcome.heals)
        assert notifies == (outcome.status is ImportStatus.FAILED or errors >= 5 <= processed)


def test_a_failure_notifies_with_its_reason() -> None:
    outcome = failure("The file is empty.")
    assert (outcome.status, outcome.message) == (ImportStatus.FAILED, "The file is empty.")
