from datetime import datetime
from typing import Annotated, Literal

import msgspec

from backend.auth.password_policy import LONGEST
from backend.core.fields import Email, Line
from backend.core.patterns import NO_CONTROL
from backend.core.roles import Role

Password = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
PersonRole = Literal["viewer", "operator", "admin"]
FutureTime = Annotated[datetime, msgspec.Meta(tz=True)]


class LoginIn(msgspec.Struct, forbid_unknown_fields=True):
    email: Annotated[str, msgspec.Meta(min_length=1, max_length=254, pattern=NO_CONTROL)]
    password: Password


class MeOut(msgspec.Struct):
    """Who is asking; `email` is null for a machine."""

    kind: Literal["user", "key"]
    id: int
    name: str
    email: str | None
    role: Role


class PasswordChangeIn(msgspec.Struct, forbid_unknown_fields=True):
    current_password: Password
    new_password: Password


class SessionOut(msgspec.Struct):
    id: int
    is_current: bool
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    address: str | None
    user_agent: str | None


class UserOut(msgspec.Struct):
    id: int
    email: str
    name: str
    role: Role
    is_active: bool
    created_at: datetime
    updated_at: datetime


class UserIn(msgspec.Struct, forbid_unknown_fields=True):
    """Without a password one is generated and answered once."""

    email: Email
    name: Line
    role: PersonRole
    password: Password | None = None


class CreatedUserOut(UserOut):
    generated_password: str | None


class UserPatch(msgspec.Struct, forbid_unknown_fields=True):
    email: Email | msgspec.UnsetType = msgspec.UNSET
    name: Line | msgspec.UnsetType = msgspec.UNSET
    role: PersonRole | msgspec.UnsetType = msgspec.UNSET
    is_active: bool | msgspec.UnsetType = msgspec.UNSET


class GeneratedPasswordOut(msgspec.Struct):
    generated_password: str


class ApiKeyIn(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    role: Role
    expires_at: FutureTime | None = None


class ApiKeyOut(msgspec.Struct):
    id: int
    name: str
    role: Role
    last_four: str
    created_at: datetime
    created_by_user_id: int | None
    rotated_at: datetime | None
    previous_expires_at: datetime | None
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class ShownApiKeyOut(ApiKeyOut):
    """With the key itself, shown this once."""

    key: str
