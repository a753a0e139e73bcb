import sys

import pytest

from tests.run import (
    BYTECODE,
    SHOWN_OF_A_FAILURE,
    ArgumentError,
    Check,
    Selection,
    environment,
    expression,
    parse,
    plan,
    run_all,
)

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


@pytest.mark.parametrize("is_asked", [True, False])
def test_coverage_is_measured_and_held_at_90_percent_when_asked(
    monkeypatch: pytest.MonkeyPatch, *, is_asked: bool
) -> None:
    monkeypatch.setenv("TOCSIN_COVERAGE", "1" if is_asked else "")
    tests = next(check for check in plan("test", [], MARKERS) if check.title == "Tests")

    assert ("--cov-fail-under=90" in tests.argv) == is_asked


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


def test_stories_run_all_of_them_those_in_the_browser_too() -> None:
    stories, properties, in_browser = plan("stories", [], MARKERS)

    assert stories.argv[-2:] == ("-m", "(story)")
    assert "--hypothesis-profile=many" in properties.argv
    assert in_browser.argv[-1] == "e2e:stories"


def test_narrowed_stories_leave_the_browser_out() -> None:
    (check,) = plan("stories", ["module=alerts"], MARKERS)

    assert check.argv[-2:] == ("-m", "(alerts) and (story)")


def test_compiled_python_is_kept_also_where_none_is_wanted_beside_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    kept = environment()
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE")

    assert "PYTHONDONTWRITEBYTECODE" not in kept
    assert kept["PYTHONPYCACHEPREFIX"] == str(BYTECODE)
    assert "PYTHONPYCACHEPREFIX" not in environment()


NOISE = "print('x' * 20_000); print('\\x1b[31mlast words\\x1b[0m')"


def test_a_terse_run_shows_the_end_of_a_failure_and_one_line_of_a_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOCSIN_TERSE", "1")
    good = Check("Good", (sys.executable, "-c", NOISE))
    bad = Check("Bad", (sys.executable, "-c", f"{NOISE}; raise SystemExit(3)"))

    code = run_all([good, bad, Check("Missing", ("/nowhere/tool",))])

    shown = capsys.readouterr().out
    assert code == 1
    of_good, of_bad = shown.split("== Bad")
    assert of_good.strip() == "== Good\nlast words"
    assert "xlast words" in of_bad.replace("\n", "")
    assert SHOWN_OF_A_FAILURE < len(of_bad) < SHOWN_OF_A_FAILURE + 500
    assert "/nowhere/tool cannot be run" in of_bad
    assert "FAILED  Bad" in of_bad
