"""What each role may do (design 6): one order of three, and one for machines that stands apart."""

from enum import StrEnum


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
