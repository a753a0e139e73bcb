from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.alerts import Severity
from backend.delivery.alert_subject import subject_of_alert
from backend.delivery.silence_matching import Matcher
from backend.notifications import Priority, Rung


@dataclass(frozen=True)
class Alert:
    alert_type: str = "integration"
    severity: str = "error"
    title: str = "Product import failing for Moulin"
    description: str = "The file is empty."


RUNG = Rung(4, "import_failure", "high", "Import failed for Moulin", "No good row.", None)


@pytest.mark.parametrize("rung", [RUNG, None])
def test_it_is_silenced_by_its_own_type_and_words(rung: Rung | None) -> None:
    told = subject_of_alert(Alert(), rung, {1: 10})
    for matcher in (
        Matcher(types=frozenset({"integration"})),
        Matcher(phrase="failing"),
        Matcher(phrase="FILE IS"),
        Matcher(priorities=frozenset({"high"}), merchant_ids=frozenset({10})),
    ):
        assert matcher.matches(told)


def test_it_is_silenced_by_the_type_and_words_of_what_rang_for_it() -> None:
    for matcher in (Matcher(types=frozenset({"import_failure"})), Matcher(phrase="failed"), Matcher(phrase="good row")):
        assert matcher.matches(subject_of_alert(Alert(), RUNG))
        assert not matcher.matches(subject_of_alert(Alert(), None))


@given(st.sampled_from([*Severity, "fatal"]), st.sampled_from([*Priority, "urgent"]))
def test_its_priority_is_the_higher_of_both_and_never_unknown(severity: str, priority: str) -> None:
    ranks: Sequence[str] = list(Priority)
    own = {"info": 0, "warning": 1, "error": 2, "critical": 3, "fatal": 2}[severity]
    rang = ranks.index(priority) if priority in ranks else 1

    told = subject_of_alert(Alert(severity=severity), RUNG._replace(priority=priority))

    assert told.priority == ranks[max(own, rang)]
    assert subject_of_alert(Alert(severity=severity), None).priority == ranks[own]
