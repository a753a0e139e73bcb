"""The append-only audit log of every admin action."""

from backend.audit.service import record

__all__ = ["record"]
