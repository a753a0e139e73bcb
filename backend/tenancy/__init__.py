"""Merchants and their stores."""

from backend.db.names import names_of

names_of_stores = names_of("stores")

__all__ = ["names_of_stores"]
