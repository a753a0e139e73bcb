"""Letzshop: orders that come in, what goes out, and who is told when either fails (docs/letzshop.md)."""

from backend.letzshop.connection import connection_of
from backend.letzshop.credentials import CredentialsService, Wanted, try_connection
from backend.letzshop.events import RunEnded
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.service import LetzshopService

__all__ = [
    "CredentialsService",
    "LetzshopService",
    "RunEnded",
    "RunKind",
    "RunStatus",
    "Wanted",
    "connection_of",
    "try_connection",
]
