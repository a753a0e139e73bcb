"""What `./just test`, `stories`, `check` and `bench` run: every check, its time, and one verdict."""

import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
FRONTENDS = ("admin", "store", "storefront")
QUICK = "not story or promise"
# Of a failed check's output, when terse: what CI shows of a run is short, and its reasons must be in that part.
SHOWN_OF_A_FAILURE = 8_000
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
BIN = Path(sys.executable).parent
BYTECODE = ROOT / ".cache" / "bytecode"


class ArgumentError(Exception):
    """What is wrong with the command line, in one sentence."""


@dataclass(frozen=True, slots=True)
class Check:
    title: str
    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What the arguments of `./just test` choose; nothing chosen means everything."""

    modules: tuple[str, ...] = ()
    frontends: tuple[str, ...] = ()
    pytest: tuple[str, ...] = field(default=())

    @property
    def is_whole(self) -> bool:
        return not (self.modules or self.frontends or self.pytest)


def main(arguments: Sequence[str]) -> int:
    command, *rest = arguments or ["test"]
    try:
        checks = plan(command, rest, registered_markers())
    except ArgumentError as error:
        sys.stderr.write(f"Tocsin: {error}\n")
        return 2
    return run_all(checks)


def plan(command: str, arguments: Sequence[str], markers: Sequence[str]) -> list[Check]:
    match command:
        case "test":
            selection = parse(arguments, markers)
            return everything() if selection.is_whole else [narrowed(selection)]
        case "stories":
            selection = parse(arguments, markers)
            stories = pytest("Stories", "-m", expression(selection, "story"), *selection.pytest)
            in_browser = npm("Stories in Chromium", "e2e:stories")
            return [stories, properties(), in_browser] if selection.is_whole else [stories]
        case "check":
            return static_checks() + web_static_checks()
        case "bench":
            return [Check("Benchmarks", (sys.executable, "-m", "tests.bench", *arguments))]
    raise ArgumentError(f"unknown command {command}; known are test, stories, check and bench.")


def parse(arguments: Sequence[str], markers: Sequence[str]) -> Selection:
    """`module=<name>` and `frontend=<name>`, each as often as wanted; the rest is for pytest."""
    modules, frontends, rest = [], [], []
    for argument in arguments:
        key, equals, value = argument.partition("=")
        if equals and key == "module":
            modules.append(known("module", value, [name for name in markers if name not in {"admin", "store"}]))
        elif equals and key == "frontend":
            frontends.append(known("frontend", value, FRONTENDS))
        else:
            rest.append(argument)
    return Selection(tuple(modules), tuple(frontends), tuple(rest))


def known(key: str, value: str, names: Sequence[str]) -> str:
    # pytest deselects everything for a marker that does not exist, and calls that a day.
    if value not in names:
        raise ArgumentError(f"there is no {key}={value}; choose one of {', '.join(names)}.")
    return value


def expression(selection: Selection, base: str) -> str:
    """pytest's marker expression: any of the modules, and any of the frontends, and the base."""
    chosen = [names for names in (selection.modules, selection.frontends) if names]
    parts = [" or ".join(names) for names in (*chosen, (base,))]
    return " and ".join(f"({part})" for part in parts)


def narrowed(selection: Selection) -> Check:
    arguments = [] if "-m" in selection.pytest else ["-m", expression(selection, QUICK)]
    return pytest("Tests", *arguments, *selection.pytest)


def everything() -> list[Check]:
    return [
        *static_checks(),
        pytest("Tests", "-m", QUICK, "-n", "2", *coverage()),
        *web_static_checks(),
        npm("Web unit tests", "test"),
        npm("End-to-end in Chromium", "e2e"),
    ]


def properties() -> Check:
    """Each rule with many more examples than `./just test` has time for (tests/conftest.py)."""
    return pytest("Properties at length", "-m", "hypothesis and not story", "-n", "2", "--hypothesis-profile=many")


def coverage() -> tuple[str, ...]:
    """Measured when TOCSIN_COVERAGE is set, as by .ci/run: it costs the tests half as much time again."""
    if not os.environ.get("TOCSIN_COVERAGE"):
        return ()
    return ("--cov", "--cov-report=term:skip-covered", "--cov-fail-under=90")


def static_checks() -> list[Check]:
    return [
        Check("Ruff", (str(BIN / "ruff"), "check", ".")),
        Check("Format", (str(BIN / "ruff"), "format", "--check", ".")),
        Check("Types", (str(BIN / "mypy"),)),
        Check("Import contracts", (str(BIN / "lint-imports"),)),
    ]


def web_static_checks() -> list[Check]:
    return [npm("Web lint", "lint"), npm("Web types", "typecheck")]


def pytest(title: str, *arguments: str) -> Check:
    return Check(title, (sys.executable, "-m", "pytest", *arguments))


def npm(title: str, script: str) -> Check:
    return Check(title, ("npm", "run", "--silent", script))


def registered_markers() -> list[str]:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    names = [marker.partition(":")[0] for marker in options["markers"]]
    return [name for name in names if name not in {"story", "promise"}]


def run_all(checks: Sequence[Check]) -> int:
    """Run every check, also after a failure; 0 only when all of them passed."""
    verdicts = []
    for check in checks:
        say(f"\n== {check.title}")
        started = time.monotonic()
        code = run(check)
        verdicts.append((check.title, code, time.monotonic() - started))
    say("")
    for title, code, seconds in verdicts:
        say(f"{'ok    ' if code == 0 else 'FAILED'}  {title:<24} {seconds:6.1f} s")
    return 0 if all(code == 0 for _, code, _ in verdicts) else 1


def run(check: Check) -> int:
    if not os.environ.get("TOCSIN_TERSE"):
        return execute(check, None)
    with tempfile.TemporaryFile() as output:
        code = execute(check, output)
        output.seek(0)
        say(what_matters(output.read().decode(errors="replace"), code))
    return code


def execute(check: Check, output: IO[bytes] | None) -> int:
    try:
        return subprocess.run(
            check.argv, cwd=ROOT, check=False, stdout=output, stderr=output, env=environment()
        ).returncode
    except OSError as error:
        say(f"{check.argv[0]} cannot be run: {error.strerror}.")
        return 127


def environment() -> dict[str, str]:
    """Ours, with compiled Python kept: without it each of many processes compiles its libraries anew, for seconds."""
    if not os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return dict(os.environ)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # Somebody wants none beside the sources.
    return {"PYTHONPYCACHEPREFIX": str(BYTECODE)} | kept


def what_matters(output: str, code: int) -> str:
    """The end of a failure, which says what failed; of a success, its last line."""
    plain = COLOURS.sub("", output).strip()
    return plain[-SHOWN_OF_A_FAILURE:] if code else plain.rpartition("\n")[2]


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
