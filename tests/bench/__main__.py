"""`./just bench`: runs every benchmark of this folder on fresh services and writes docs/benchmarks.md.

Each benchmark is a module with `def run(services: Services) -> list[Row]`, found by name. Baseline and measurement run
in one go on the same machine, so that only their ratio is kept; names given as arguments choose some of them.
"""

import importlib
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from backend.embedded.services import run_services
from tests.bench.row import Row

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "benchmarks.md"
NOT_BENCHMARKS = {"__init__", "__main__", "row"}


def benchmarks() -> list[str]:
    found = (path.stem for path in Path(__file__).parent.glob("*.py"))
    names = sorted(name for name in found if name not in NOT_BENCHMARKS)
    return [name for name in names if hasattr(importlib.import_module(f"tests.bench.{name}"), "run")]


def measure(name: str) -> list[Row]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        # As root PostgreSQL runs under another account, which must reach its folder.
        Path(folder).chmod(0o755)
        with run_services(Path(folder) / "data", durable=True) as services:
            rows: list[Row] = importlib.import_module(f"tests.bench.{name}").run(services)
    print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201 - a command line prints
    for row in rows:
        print(f"  {row.as_markdown()}", flush=True)  # noqa: T201 - a command line prints
    return rows


def report(sections: dict[str, list[Row]]) -> str:
    lines = [
        "# Benchmarks",
        "",
        "Written by `./just bench`. Client, server, PostgreSQL and Valkey share one machine,",
        "so only the ratios of one run mean something.",
        "",
        f"Measured {time.strftime('%Y-%m-%d')} on {os.cpu_count()} cores, {platform.system()} {platform.machine()},",
        f"Python {platform.python_version()}.",
    ]
    for name, rows in sections.items():
        lines += ["", f"## {name.replace('_', ' ').capitalize()}", ""]
        lines += ["| what | measured | baseline | ratio | budget | holds |", "|---|---|---|---|---|---|"]
        lines += [row.as_markdown() for row in rows]
    return "\n".join(lines) + "\n"


def main(names: list[str]) -> int:
    chosen = names or benchmarks()
    sections = {name: measure(name) for name in chosen}
    if not names:
        REPORT.write_text(report(sections) + remarks(), "utf-8")
    return 0 if all(row.holds for rows in sections.values() for row in rows) else 1


def remarks() -> str:
    """What people wrote below the figures survives the next run."""
    marker = "\n## Remarks\n"
    old = REPORT.read_text("utf-8") if REPORT.exists() else ""
    return marker + old.partition(marker)[2] if marker in old else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
