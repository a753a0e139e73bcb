# ruff: noqa: INP001 - scripts that run before anything is installed
"""Make .venv and put the `just` runner (and uv, when it can be had) into it. Standard library only."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from steps import (
    ROOT,
    UNFINISHED,
    VENV,
    VENV_PYTHON,
    StepError,
    fail,
    is_current,
    marked_unfinished,
    one_at_a_time,
    run,
    step,
    write_stamp,
)


def main(stamp: str) -> int:
    try:
        with one_at_a_time():
            # Another ./just may have done it while we waited.
            if UNFINISHED.exists() or not is_current(VENV / ".just", stamp):
                bootstrap()
                write_stamp(VENV / ".just", stamp)
    except (StepError, OSError) as error:
        return fail(error)
    except KeyboardInterrupt:
        return 130
    return 0


def bootstrap() -> None:
    why = unusable()
    with marked_unfinished():
        if why:
            with step(f"Creating .venv ({why})"):
                run([sys.executable, "-m", "venv", "--clear", VENV])
        with step("Fetching the just runner"):
            install("rust-just")
        try:
            with step("Fetching uv"):
                install("uv")
        except StepError:
            # It only makes the rest faster.
            sys.stdout.write("uv is not to be had here; pip will do its work.\n")


def unusable() -> str:
    """Why the venv must be made anew; empty when it serves."""
    if UNFINISHED.exists():
        return "the last installation was interrupted"
    if not VENV_PYTHON.exists():
        return "there is none"
    if moved():
        return "the checkout was moved"
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    works = subprocess.run(  # noqa: S603 - our own interpreter
        [VENV_PYTHON, "-c", probe], capture_output=True, check=False
    )
    return "" if works.returncode == 0 else "its Python is gone or too old"


def moved() -> bool:
    """Console scripts name the venv's path; the stamp of an earlier run remembers it."""
    stamp = VENV / ".just"
    return stamp.exists() and stamp.read_text().strip().split(" ", 2)[-1] != os.fspath(ROOT)


def install(package: str) -> None:
    """Install one package as the lock has it, hashes checked."""
    with tempfile.TemporaryDirectory() as folder:
        requirement = Path(folder) / "requirement.txt"
        requirement.write_text(locked(package, (ROOT / "requirements.lock").read_text()))
        pip = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "--no-deps", "--requirement", requirement])


def locked(package: str, lock: str) -> str:
    """The package's entry in the lock: its line and the hashes that continue it."""
    entry = re.search(rf"^{re.escape(package)}==(?:.*\\\n)*.*$", lock, re.MULTILINE)
    if entry is None:
        raise StepError(f"requirements.lock does not name {package}.")
    return entry[0] + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
