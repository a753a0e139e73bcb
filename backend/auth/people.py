"""Everybody who has an account, as plain rows: for those who decide who is told of something."""

from typing import NamedTuple

from backend.core.roles import Role
from backend.db.reads import Fetch


class Account(NamedTuple):
    id: int
    name: str
    email: str
    role: Role
    is_active: bool


async def everybody(fetch: Fetch) -> list[Account]:
    """All accounts by id, disabled ones included."""
    rows = await fetch("select id, name, email, role, is_active from users order by id")
    return [Account(row["id"], row["name"], row["email"], Role(row["role"]), row["is_active"]) for row in rows]
