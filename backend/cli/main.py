"""Reads the command line and calls the command; settings errors are one sentence, not a traceback."""

import argparse
import sys
from collections.abc import Sequence

from backend.cli import feed, letzshop_sim, openapi_file, people, serve, setup, start
from backend.core.settings import SettingsError


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tocsin", description="Admin notifications and platform alerts.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for module in (start, serve, setup, feed, people, letzshop_sim, openapi_file):
        module.add_commands(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    options = build_parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except SettingsError as error:
        print(f"tocsin: {error}", file=sys.stderr)
        return 2
    return code
