"""What each role may do (design 6): one order of three, and one for machines that stands apart."""

from enum import StrEnum

from backend.core.errors import ForbiddenError


class Role(StrEnum):
    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"
    INGEST = "ingest"


_RANK = {Role.VIEWER: 1, Role.OPERATOR: 2, Role.ADMIN: 3}


def may(role: Role, required: Role, *, ingest: bool = False) -> bool:
    """Whether `role` reaches a route that asks for `required`; `ingest` opens it to machines that only raise things."""
    if role is Role.INGEST:
        return ingest
    return _RANK[role] >= _RANK[required]


def require(role: Role, required: Role) -> None:
    """Refuse what a part of a route asks beyond the route's own role; raises ForbiddenError."""
    if not may(role, required):
        raise ForbiddenError(f"The role {role} may not do this.")
