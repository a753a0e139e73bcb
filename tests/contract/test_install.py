import importlib
from pathlib import Path
from types import ModuleType

import pytest

CI = Path(__file__).resolve().parents[2] / ".ci"


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(CI)
    return importlib.import_module("install")


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(CI)
    return importlib.import_module("bootstrap")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(CI)
    return importlib.import_module("steps")


@pytest.mark.parametrize("version", ["20.19.0", "20.20.2", "22.12.0", "26.0.1"])
def test_a_new_enough_node_is_no_problem(install: ModuleType, version: str) -> None:
    assert install.node_problem(version) == ""


@pytest.mark.parametrize("version", ["20.18.3", "18.20.1", "9.99.0", "", "nonsense"])
def test_an_old_node_is_named_with_the_version_that_is_needed(install: ModuleType, version: str) -> None:
    assert install.node_problem(version) == (
        f"Node {version} is too old to build the web app: Node >= 20.19 is needed."
    )


def test_a_missing_node_is_said_so(install: ModuleType) -> None:
    assert "none was found on the PATH" in install.node_problem(None)


def test_the_locks_entry_of_a_package_comes_with_all_its_hashes_and_no_others(bootstrap: ModuleType) -> None:
    entry = "uv==0.13.9 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    lock = f"pip==1 \\\n    --hash=sha256:aa\n{entry}uvicorn==2 \\\n    --hash=sha256:dd\n"

    assert bootstrap.locked("uv", lock) == entry


@pytest.mark.parametrize("package", ["rust-just", "uv"])
def test_the_lock_names_what_the_first_start_fetches(bootstrap: ModuleType, package: str) -> None:
    assert bootstrap.locked(package, (CI.parent / "requirements.lock").read_text()).startswith(f"{package}==")


def test_a_package_that_the_lock_does_not_name_is_refused(bootstrap: ModuleType) -> None:
    with pytest.raises(bootstrap.StepError, match="does not name nonsense"):
        bootstrap.locked("nonsense", "")


def test_a_failing_tool_is_quoted_without_its_colours(steps: ModuleType) -> None:
    with pytest.raises(steps.StepError, match=r"^sh failed with exit code 3; its last words:\n    red\Z"):
        steps.run(["sh", "-c", r"printf '\033[31mred\033[0m\n'; exit 3"])


def test_a_tool_that_met_a_full_disk_is_summed_up(steps: ModuleType) -> None:
    with pytest.raises(steps.StepError, match=r"^The disk under .* is full; make room"):
        steps.run(["sh", "-c", "echo 'npm ENOSPC: no space'; exit 1"])


def test_a_stamp_is_current_only_for_what_it_was_written_for(steps: ModuleType, tmp_path: Path) -> None:
    stamp = tmp_path / "deep" / "stamp"
    assert not steps.is_current(stamp, "one")

    steps.write_stamp(stamp, "one")

    assert steps.is_current(stamp, "one")
    assert not steps.is_current(stamp, "two")
