"""`tocsin openapi`: writes the document that the front end's types are generated from."""

import argparse
import json
from pathlib import Path
from typing import Any

from backend.app.factory import create_app
from backend.app.openapi import openapi_document
from backend.core.settings import load_settings

# The document does not depend on where the databases are; creating the app does not connect.
_NOWHERE = {"TOCSIN_DATABASE_URL": "postgresql://localhost/tocsin", "TOCSIN_REDIS_URL": "redis://localhost"}


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:  # Any: argparse's own parameter
    parser = commands.add_parser("openapi", help="write the OpenAPI document")
    parser.add_argument("file", type=Path, nargs="?", default=Path("openapi.json"))
    parser.set_defaults(run=_openapi)


def render() -> str:
    """The document as committed: keys sorted, the same on every machine and day."""
    document = openapi_document(create_app(load_settings(_NOWHERE)))
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _openapi(options: argparse.Namespace) -> int:
    options.file.write_text(render(), "utf-8")
    print(f"Wrote {options.file}.")
    return 0
