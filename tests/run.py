"""What `./just test`, `stories`, `check` and `bench` run: every check, its time, and one verdict."""

import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTENDS = ("admin", "store", "storefront")
QUICK = "not story or promise"
BIN = Path(sys.executable).parent


class ArgumentError(Exception):
    """What is wrong with the command line, in one sentence."""


@dataclass(frozen=True, slots=True)
class Check:
    """`is_beside`: runs beside the others, and what it prints is shown when it has ended."""

    title: str
    argv: tuple[str, ...]
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    title: str
    code: int
    seconds: float


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
            return [pytest("Stories", "-m", expression(selection, "story"), *selection.pytest)]
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
        pytest("Tests", "-m", QUICK, "-n", "2", "--cov", "--cov-report=term:skip-covered", "--cov-fail-under=90"),
        *web_static_checks(),
        npm("Web unit tests", "test"),
        npm("End-to-end in Chromium", "e2e"),
    ]


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
    # Neither the tests of the pages nor those on the databases keep two cores busy by themselves.
    return Check(title, ("npm", "run", "--silent", script), is_beside=True)


def registered_markers() -> list[str]:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    names = [marker.partition(":")[0] for marker in options["markers"]]
    return [name for name in names if name not in {"story", "promise"}]


def run_all(checks: Sequence[Check]) -> int:
    """Run every check, also after a failure; 0 only when all of them passed."""
    is_stopping = threading.Event()
    with ThreadPoolExecutor(max_workers=1) as pool:
        others = pool.submit(run_beside, [check for check in checks if check.is_beside], is_stopping)
        try:
            verdicts = [run(check) for check in checks if not check.is_beside]
        except BaseException:
            is_stopping.set()
            raise
        verdicts += others.result()
    say("")
    for verdict in verdicts:
        say(f"{'ok    ' if verdict.code == 0 else 'FAILED'}  {verdict.title:<24} {verdict.seconds:6.1f} s")
    return 0 if all(verdict.code == 0 for verdict in verdicts) else 1


def run_beside(checks: Sequence[Check], is_stopping: threading.Event) -> list[Verdict]:
    return [run(check) for check in checks if not is_stopping.is_set()]


def run(check: Check) -> Verdict:
    started = time.monotonic()
    output = subprocess.PIPE if check.is_beside else None
    if not check.is_beside:
        say(f"\n== {check.title}")
    try:
        done = subprocess.run(
            check.argv, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT if output else None, check=False
        )
    except OSError as error:
        say(f"{check.argv[0]} cannot be run: {error.strerror}.")
        return Verdict(check.title, 127, 0)
    if check.is_beside:
        say(f"\n== {check.title}\n{done.stdout.decode(errors='replace')}")
    return Verdict(check.title, done.returncode, time.monotonic() - started)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
