"""`tocsin import`: a product feed from a file or an address, as an upload would do it."""

import argparse
import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from backend.catalog import ImportService, new_storage_key, open_storage
from backend.cli.database import cli_database, command_settings, failure
from backend.core.clock import SystemClock
from backend.core.errors import TocsinError
from backend.core.settings import Settings

_BLOCK = 1 << 20


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:  # Any: argparse's own parameter
    parser = commands.add_parser("import", help="import a product feed; a worker does the work")
    parser.add_argument("source", help="a file, or an address that starts with https:// or http://")
    parser.add_argument("--store", type=int, required=True, help="the store's id")
    parser.add_argument("--language", choices=("fr", "en", "de"), default="fr")
    parser.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    try:
        import_id = asyncio.run(_start(command_settings(), options.source, options.store, options.language))
    except (TocsinError, OSError) as error:
        return failure(error)
    print(f"Import {import_id} is queued: /imports/{import_id}")
    return 0


async def _start(settings: Settings, source: str, store_id: int, language: str) -> int:
    if source.startswith(("http://", "https://")):
        async with cli_database(settings) as database, database.unit_of_work() as session:
            job = await ImportService(session, SystemClock()).start_from_url(
                store_id=store_id, language=language, source_url=source
            )
        return job.id
    key = new_storage_key()
    size = await open_storage(settings.stores).write(key, _blocks(Path(source)), limit=settings.stores.max_upload)
    async with cli_database(settings) as database, database.unit_of_work() as session:
        job = await ImportService(session, SystemClock()).start_upload(
            store_id=store_id, language=language, file_name=Path(source).name, storage_key=key, size=size
        )
    return job.id


async def _blocks(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            yield block
