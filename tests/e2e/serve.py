"""Starts the real product for the browser tests: `tocsin up` in a fresh data folder, without the demo."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

EMAIL = "admin@tocsin.local"
PASSWORD = "a tocsin is an alarm bell"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="tocsin-e2e-") as folder:
        # As root PostgreSQL runs under another account, which must reach its folder.
        Path(folder).chmod(0o755)
        env = os.environ | {
            "TOCSIN_DATA_DIR": str(Path(folder) / "data"),
            "TOCSIN_PORT": os.environ.get("TOCSIN_E2E_PORT", "8099"),
            "TOCSIN_DEMO": "0",
            # The simulator that playwright.config.ts starts beside us.
            "TOCSIN_LETZSHOP_URL": f"http://127.0.0.1:{os.environ.get('TOCSIN_E2E_LETZSHOP_PORT', '8098')}/graphql",
            "TOCSIN_ADMIN_EMAIL": EMAIL,
            "TOCSIN_ADMIN_PASSWORD": PASSWORD,
            # Playwright may kill us: everything below goes with us.
            "TOCSIN_STOP_WITH_PARENT": "1",
        }
        for name in ("TOCSIN_DATABASE_URL", "TOCSIN_REDIS_URL", "TOCSIN_STORAGE_URL", "TOCSIN_PUBLIC_URL"):
            env.pop(name, None)
        return subprocess.run([sys.executable, "-m", "backend.cli", "up"], env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
