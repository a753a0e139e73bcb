"""`tocsin up` as a program of its own, with small programs in the places of the API and the worker."""

import json
import os
import signal
import sys
from pathlib import Path

from backend.core.settings import load_settings
from backend.embedded import data_folder
from backend.embedded.program import Program, Ready, Step
from backend.embedded.up import up

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(3600)"
PATIENT = "import time; time.sleep(3600)"


def main() -> int:
    settings = load_settings()
    data_folder.NEEDED_BYTES = int(os.environ.get("FAKE_NEEDED_BYTES", data_folder.NEEDED_BYTES))
    port = settings.server.port
    served = settings.stores.data_dir / "served"
    api = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(served)]
    return up(
        settings,
        [
            Step("Preparing", [sys.executable, "-c", f"import os; os.makedirs({str(served)!r}, exist_ok=True)"]),
            Step("Seeding", [sys.executable, "-c", os.environ.get("FAKE_SEED", "print('Password: sesame')")]),
        ],
        [
            Program("api", "API", api, ready_url=f"http://127.0.0.1:{port}/"),
            Program("worker", "Worker", [sys.executable, "-c", worker()], stop_seconds=1.0),
        ],
        report,
    )


def worker() -> str:
    return {"deaf": DEAF, "broken": "raise SystemExit(3)"}.get(os.environ.get("FAKE_WORKER", ""), PATIENT)


def report(ready: Ready) -> None:
    addresses = {"database_url": ready.database_url, "redis_url": ready.redis_url}
    ready_file = Path(os.environ["FAKE_READY_FILE"])
    whole = ready_file.with_suffix(".part")
    whole.write_text(json.dumps(addresses))
    # Whoever waits for it reads it at once: it is there when it is whole.
    whole.replace(ready_file)


if __name__ == "__main__":
    # As from a terminal, whatever the test's own runner ignores.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
