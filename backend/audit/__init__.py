"""The append-only audit log of every admin action."""

from backend.audit.service import record, record_system

__all__ = ["record", "record_system"]
