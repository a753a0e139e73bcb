# ruff: noqa: INP001 - scripts that run before anything is installed
"""Install what the lock files name and build the web app; each only when its inputs changed."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from steps import (
    ROOT,
    VENV,
    VENV_PYTHON,
    StepError,
    fail,
    fingerprint,
    is_current,
    marked_unfinished,
    one_at_a_time,
    run,
    say,
    step,
    write_stamp,
)

OLDEST_NODE = (20, 19)
WEB_PACKAGES = ROOT / "node_modules" / ".installed"
WEB_APP = ROOT / ".cache" / "web-app"
UV = VENV / "bin" / "uv"
# What the built web app depends on; tests beside the sources are left out.
SPA_FILES = ("package.json", "package-lock.json", "openapi.json", "vite.config.*", "tsconfig*.json", "*.html")


def main() -> int:
    try:
        with one_at_a_time():
            # Said before the minute that the rest takes.
            if not (has_web_packages() and is_built()):
                refuse_old_node()
            install_python()
            install_web_packages()
            build_spa()
    except (StepError, OSError) as error:
        return fail(error)
    except KeyboardInterrupt:
        return 130
    return 0


def install_python() -> None:
    stamp = VENV / ".installed"
    expected = fingerprint([ROOT / "requirements.lock", ROOT / "pyproject.toml"], sys.version, str(VENV))
    if is_current(stamp, expected):
        return
    with marked_unfinished():
        with step("Installing Python packages"):
            install_locked()
        with step("Installing tocsin itself"):
            pip_install("--no-deps", "--no-build-isolation", "--editable", ROOT)
    write_stamp(stamp, expected)


def install_locked() -> None:
    if UV.exists():
        try:
            run([UV, "pip", "sync", "--quiet", "--python", VENV_PYTHON, "requirements.lock"])
        except StepError as error:
            # uv reads other settings than pip does and may see another index.
            say(f"uv could not ({str(error).splitlines()[-1].strip()}), trying pip ... ", end="")
        else:
            return
    pip_install("--require-hashes", "--no-deps", "--requirement", "requirements.lock")


def pip_install(*arguments: str | Path) -> None:
    if UV.exists() and "--editable" in arguments:
        run([UV, "pip", "install", "--quiet", "--python", VENV_PYTHON, *arguments])
    else:
        pip = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, *arguments])


def install_web_packages() -> None:
    """`npm ci` empties node_modules first, so that the stamp inside is there only after a whole run."""
    if has_web_packages():
        return
    with step("Installing web packages"):
        run(["npm", "ci", "--no-audit", "--no-fund"])
    write_stamp(WEB_PACKAGES, web_packages_wanted())


def has_web_packages() -> bool:
    return is_current(WEB_PACKAGES, web_packages_wanted())


def web_packages_wanted() -> str:
    return fingerprint([ROOT / "package.json", ROOT / "package-lock.json"])


def refuse_old_node() -> None:
    problem = node_problem(node_version())
    if problem:
        raise StepError(problem)
    if shutil.which("npm") is None:
        raise StepError("npm is needed to build the web app, and was not found on the PATH.")


def node_version() -> str | None:
    node = shutil.which("node")
    if node is None:
        return None
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - our own node
    return done.stdout.strip().removeprefix("v")


def node_problem(version: str | None) -> str:
    """Why this Node cannot build the web app; empty when it can."""
    needed = ".".join(map(str, OLDEST_NODE))
    if version is None:
        return f"Node >= {needed} is needed to build the web app, and none was found on the PATH."
    numbers = version.split(".")[:2]
    if not all(number.isdecimal() for number in numbers) or tuple(map(int, numbers)) < OLDEST_NODE:
        return f"Node {version} is too old to build the web app: Node >= {needed} is needed."
    return ""


def build_spa() -> None:
    if is_built():
        return
    # Taken before: what changes while it is built is built the next time.
    wanted = fingerprint(spa_inputs())
    with step("Building the web app"):
        run(["npm", "run", "--silent", "build"])
    write_stamp(WEB_APP, wanted)


def is_built() -> bool:
    return (ROOT / "dist" / "index.html").exists() and is_current(WEB_APP, fingerprint(spa_inputs()))


def spa_inputs() -> Iterator[Path]:
    for pattern in SPA_FILES:
        yield from ROOT.glob(pattern)
    for path in (ROOT / "frontend").rglob("*"):
        if path.is_file() and ".test." not in path.name and "node_modules" not in path.parts:
            yield path


if __name__ == "__main__":
    sys.exit(main())
