"""`tocsin letzshop-sim`: Letzshop's GraphQL API, simulated; every key that begins with `sim-` is a shop of its own."""

import argparse
import contextlib
from typing import Any

import uvicorn

from backend.core.clock import SystemClock
from backend.core.logs import configure_logs
from backend.letzshop.sim.faults import Fault, Faults, Plan
from backend.letzshop.sim.server import Simulator, create_simulator

DEFAULT_PORT = 8090


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:  # Any: argparse's own parameter
    parser = commands.add_parser("letzshop-sim", help="serve a simulated Letzshop, with faults on demand")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--orders", type=int, default=60, help="orders that each shop has at first")
    parser.add_argument("--live-every", type=float, default=45.0, help="seconds between new orders of a shop; 0: none")
    parser.add_argument(
        "--fault", type=Fault, choices=list(Fault), default=Fault.NONE, help="what goes wrong from the start"
    )
    parser.add_argument("--slow-seconds", type=float, default=20.0, help="how slow the fault `slow` is")
    parser.add_argument(
        "--outage", nargs=2, type=float, metavar=("EVERY", "LASTS"), help="seconds: 502 at the end of every such period"
    )
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    configure_logs()
    plan = Plan(Fault.BAD_GATEWAY, *options.outage) if options.outage else None
    simulator = Simulator(
        SystemClock().now,
        opening=options.orders,
        live_every=options.live_every or None,
        slow_seconds=options.slow_seconds,
        faults=Faults(options.fault, plan),
    )
    config = uvicorn.Config(
        create_simulator(simulator), host="127.0.0.1", port=options.port, log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    # Having stopped, uvicorn raises again the signal that asked for it.
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    return 0 if server.started else 1
