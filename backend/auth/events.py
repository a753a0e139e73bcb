from typing import ClassVar, Literal

from backend.jobs.events import Event


class LoginFlood(Event, frozen=True):
    """Failed sign-ins of one account or from one address reached a count (10, 100, 1,000 ...)."""

    name: ClassVar[str] = "login_flood"

    scope: Literal["account", "address"]
    email: str | None  # None: nobody has the address that was tried
    address: str | None
    failure_count: int


class EmailChanged(Event, frozen=True):
    """A person's mail goes to another address from now on."""

    name: ClassVar[str] = "email_changed"

    user_id: int
