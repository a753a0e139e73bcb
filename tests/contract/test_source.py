"""Rules about the tracked source itself: what leaked once, or would rot unseen."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {"frontend/src/api/schema.d.ts"}
CODE = (".py", ".ts", ".tsx", ".css")
MOST_LINES = 400

OLD_WORDS = re.compile(r"(?i)vendor|(?<!ac)compan(?:y|ies)")
LETZSHOP_WORDS = re.compile(r"\b(?:vendor|company)\b")
UNFINISHED = re.compile(r"TODO|FIXME|\bXXX\b|mark\.skip\(|mark\.xfail|\b(?:it|test|describe)\.(?:skip|only)\(")
SILENCED = re.compile(r"#\s*(?:noqa|type: ignore)")
SILENCED_WITH_REASON = re.compile(
    r"# noqa: [A-Z]+\d+(?:, [A-Z]+\d+)* - \S"
    r"|# noqa: PGH003"
    r"|# type: ignore\[[a-z, -]+\]\s+(?:# \S|- \S)"
)


def tracked(*folders: str) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "--", *folders], cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8", errors="replace")


def code(*folders: str) -> list[str]:
    return [name for name in tracked(*folders) if name.endswith(CODE) and name not in GENERATED]


def found(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    """`file:line: text` for each line that matches; this file names what it looks for."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name in names
        if not name.endswith("test_source.py")
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_is_longer_than_the_cap() -> None:
    lengths = {name: text_of(name).count("\n") for name in code("backend", "frontend/src", "migrations", "tests")}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_only_the_unit_of_work_commits() -> None:
    """Whoever commits inside it would commit half of what belongs together."""
    names = [name for name in code("backend") if name != "backend/db/database.py"]
    assert found(re.compile(r"\.(?:commit|begin)\(\)"), names) == []


def test_the_old_words_for_merchant_and_store_appear_nowhere() -> None:
    """Two exceptions: Letzshop's own wire fields in its package, and the adoption of old databases."""
    names = [
        name
        for name in tracked("backend", "frontend/src", "migrations", "openapi.json")
        if not name.startswith("backend/legacy/")
    ]
    theirs = [name for name in names if name.startswith("backend/letzshop/")]
    assert found(OLD_WORDS, [name for name in names if name not in theirs]) == []
    unknown = [line for line in found(OLD_WORDS, theirs) if OLD_WORDS.search(LETZSHOP_WORDS.sub("", line))]
    assert unknown == []


def test_nothing_is_left_unfinished_or_switched_off() -> None:
    assert found(UNFINISHED, code("backend", "frontend", "migrations", "tests", ".ci")) == []


def test_a_silenced_check_says_why() -> None:
    names = [name for name in code("backend", "migrations", "tests", ".ci") if name.endswith(".py")]
    silenced = found(SILENCED, names)
    assert [line for line in silenced if not SILENCED_WITH_REASON.search(line)] == []


@pytest.mark.parametrize(("lock", "address"), [("requirements.lock", "://"), ("package-lock.json", '"resolved"')])
def test_a_lock_names_no_registry(lock: str, address: str) -> None:
    """They serve behind any mirror."""
    assert address not in text_of(lock)


OWN_LAYERS = re.compile(
    r"^\s*(?:from|import) backend\.(\w+)\.(?:models|repository|controllers|schemas)\b", re.MULTILINE
)
ROOTS = {"app", "cli", "demo", "legacy", "wiring.py", "worker.py"}


def test_a_package_uses_no_other_packages_tables_or_queries() -> None:
    """Its service, its events and its face are for others; the composition roots may collect controllers."""
    trespasses = []
    for name in tracked("backend"):
        package = name.split("/")[1]
        if name.endswith(".py") and package not in ROOTS:
            uses = set(OWN_LAYERS.findall(text_of(name))) - {package}
            trespasses += [f"{name} uses {other}" for other in sorted(uses)]
    assert trespasses == []
