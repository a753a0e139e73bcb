"""Who is asking: a person by session cookie, or a machine by API key."""

from typing import Literal

import msgspec

from backend.core.roles import Role


class Principal(msgspec.Struct, frozen=True):
    kind: Literal["user", "key"]
    id: int
    name: str
    role: Role
    session_id: int | None

    @property
    def user_id(self) -> int | None:
        """The person's id; None for a machine."""
        return self.id if self.kind == "user" else None
