"""`tocsin api` and `tocsin worker`: one process each, any number of them."""

import argparse
import contextlib
from typing import Any

import uvicorn

from backend.app.factory import create_app
from backend.app.server import Server
from backend.core.logs import configure_logs
from backend.core.settings import load_settings
from backend.worker import run_worker

# Seconds that requests in flight get at a stop; event streams are ended by us at once.
_GRACE = 3


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:  # Any: argparse's own parameter
    api = commands.add_parser("api", help="serve the API and the pages")
    api.set_defaults(run=_api)
    worker = commands.add_parser("worker", help="run background jobs")
    worker.set_defaults(run=_worker)


def _api(_options: argparse.Namespace) -> int:
    settings = load_settings()
    configure_logs()
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.server.host,
        port=settings.server.port,
        log_config=None,
        access_log=False,
        server_header=False,
        # Forwarded headers never decide anything (design 6).
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=75,
    )
    server = Server(app, config)
    # Having stopped, uvicorn raises again the signal that asked for it.
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    return 0 if server.started else 1


def _worker(_options: argparse.Namespace) -> int:
    settings = load_settings()
    configure_logs()
    return run_worker(settings)
