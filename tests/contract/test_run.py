import sys

import pytest

from tests.run import ArgumentError, Check, Selection, expression, parse, plan, run_all

MARKERS = ["alerts", "notifications", "admin", "store", "storefront"]


def test_no_arguments_choose_everything() -> None:
    titles = [check.title for check in plan("test", [], MARKERS)]

    assert titles == [
        "Ruff",
        "Format",
        "Types",
        "Import contracts",
        "Tests",
        "Web lint",
        "Web types",
        "Web unit tests",
        "End-to-end in Chromium",
    ]


def test_a_module_and_a_frontend_narrow_to_tests_that_carry_both_markers() -> None:
    (check,) = plan("test", ["module=notifications", "frontend=admin"], MARKERS)

    assert check.argv[-2:] == ("-m", "(notifications) and (admin) and (not story or promise)")


def test_two_modules_widen_the_choice() -> None:
    selection = parse(["module=alerts", "module=notifications"], MARKERS)

    assert expression(selection, "story") == "(alerts or notifications) and (story)"


def test_other_arguments_reach_pytest_in_their_order() -> None:
    selection = parse(["-x", "module=alerts", "tests/alerts", "-k", "name=1"], MARKERS)

    assert selection == Selection(modules=("alerts",), pytest=("-x", "tests/alerts", "-k", "name=1"))


def test_a_marker_expression_of_the_callers_own_replaces_ours() -> None:
    (check,) = plan("test", ["-m", "story"], MARKERS)

    assert check.argv[-2:] == ("-m", "story")


@pytest.mark.parametrize("argument", ["module=nonsense", "frontend=shop", "module=", "module=admin"])
def test_a_name_without_a_marker_is_refused_and_the_known_ones_are_named(argument: str) -> None:
    with pytest.raises(ArgumentError, match=r"there is no .* choose one of .*storefront"):
        parse([argument], MARKERS)


def test_stories_run_all_of_them() -> None:
    (check,) = plan("stories", [], MARKERS)

    assert check.argv[-2:] == ("-m", "(story)")


def python(title: str, code: str, *, is_beside: bool = False) -> Check:
    return Check(title, (sys.executable, "-c", code), is_beside=is_beside)


def test_a_failure_of_any_check_fails_the_run_and_the_others_are_run_all_the_same(
    capfd: pytest.CaptureFixture[str],
) -> None:
    checks = [
        python("First", "raise SystemExit(3)"),
        python("Beside", "print('said beside'); raise SystemExit(1)", is_beside=True),
        python("Second", "print('said second')"),
        Check("Gone", ("/nowhere/tool",), is_beside=True),
    ]
    assert run_all(checks) == 1
    said = capfd.readouterr().out
    assert "said beside" in said
    assert "said second" in said
    verdicts = [line.split()[:2] for line in said.splitlines() if line.startswith(("ok ", "FAILED "))]
    assert verdicts == [["FAILED", "First"], ["ok", "Second"], ["FAILED", "Beside"], ["FAILED", "Gone"]]


def test_a_run_in_which_everything_passed_passes(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_all([python("One", "pass"), python("Two", "pass", is_beside=True)]) == 0
    assert capfd.readouterr().out.count("ok  ") == 2
