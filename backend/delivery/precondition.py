"""A whole document that is written back is refused when somebody changed it since its writer read it."""

from datetime import datetime
from typing import Annotated

import msgspec

from backend.core.errors import ConflictError

# What was read had changed last at that time, null: never; absent: the writer does not mind what they overwrite.
ReadAt = Annotated[datetime, msgspec.Meta(tz=True)] | msgspec.UnsetType | None


class ChangedSinceReadError(ConflictError):
    code = "changed_since_read"
    title = "Changed since it was read"

    def __init__(self) -> None:
        super().__init__("Somebody has changed it since you read it: read it again, and decide about both changes.")


def check_unchanged(read_at: ReadAt, changed_at: datetime | None) -> None:
    """Raises ChangedSinceReadError; `changed_at` is that of the document as it is kept now, under a lock."""
    if read_at is not msgspec.UNSET and read_at != changed_at:
        raise ChangedSinceReadError
