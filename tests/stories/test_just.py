"""`./just` in a fresh checkout: interrupted, twice at once, moved, and without what it needs."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    copy = tmp_path / "checkout"
    copy.mkdir()
    for name in ("just", "justfile", "requirements.lock", "pyproject.toml"):
        shutil.copy(CHECKOUT / name, copy)
    shutil.copytree(CHECKOUT / ".ci", copy / ".ci")
    return copy


def just(checkout: Path, path: str | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["./just", "--list"],
        cwd=checkout,
        env=os.environ | ({"PATH": path} if path else {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def end(process: subprocess.Popen[str]) -> str:
    output, _ = process.communicate(timeout=240)
    assert process.returncode == 0, output
    return output


def test_the_first_call_fetches_the_runner_and_the_second_has_nothing_to_do(checkout: Path) -> None:
    first = end(just(checkout))
    assert "Creating .venv (there is none) ... " in first
    assert "Available recipes" in first

    second = end(just(checkout))
    assert "..." not in second.partition("Available")[0]


@pytest.mark.parametrize("after", [1.0, 4.0, 7.0])
def test_what_an_interruption_left_is_not_trusted(checkout: Path, after: float) -> None:
    interrupted = just(checkout)
    time.sleep(after)
    os.killpg(interrupted.pid, 9)
    interrupted.communicate()

    assert "Available recipes" in end(just(checkout))
    assert not (checkout / ".cache" / "unfinished").exists()


def test_two_at_once_take_turns_and_both_succeed(checkout: Path) -> None:
    both = [just(checkout), just(checkout)]

    outputs = sorted((end(process) for process in both), key=len)

    assert "Creating" in outputs[1]
    assert "Creating" not in outputs[0]
    assert all("Available recipes" in output for output in outputs)


def test_a_moved_checkout_makes_its_venv_anew(checkout: Path) -> None:
    end(just(checkout))
    moved = checkout.rename(checkout.with_name("moved"))

    assert "Creating .venv (the checkout was moved)" in end(just(moved))


def programs(folder: Path, *names: str) -> str:
    """A PATH with only these."""
    folder.mkdir()
    for name in names:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(Path(found).resolve())
    return str(folder)


def test_without_python_one_sentence_says_which_is_needed(checkout: Path, tmp_path: Path) -> None:
    process = just(checkout, programs(tmp_path / "bin", "cat", "cksum", "dirname"))

    output, _ = process.communicate()

    assert process.returncode == 1
    assert output == "Tocsin: Python 3.11 or newer is needed, and none was found on the PATH.\n"


def test_an_old_python_is_passed_over_for_a_newer_one_of_another_name(checkout: Path, tmp_path: Path) -> None:
    path = programs(tmp_path / "bin", "cat", "cksum", "dirname", "sh")
    (tmp_path / "bin" / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bin" / "python3").chmod(0o755)
    (tmp_path / "bin" / "python3.11").symlink_to(Path(sys.executable).resolve())

    assert "Available recipes" in end(just(checkout, path))
