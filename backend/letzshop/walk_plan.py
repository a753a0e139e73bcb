"""Through which lists of shipments a run goes, and where in them it begins and ends: pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.letzshop.run_kinds import RunKind

CONFIRMED, UNCONFIRMED = "confirmed", "unconfirmed"

# History goes through the confirmed ones first (domain.md 4.2); a sync begins with what waits for the shop.
PHASES = {RunKind.HISTORY: (CONFIRMED, UNCONFIRMED), RunKind.SYNC: (UNCONFIRMED, CONFIRMED)}

# So often a sync goes through all confirmed shipments: tracking may come late, and in no published order.
WALK_ALL_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Position:
    """The next page to ask for: the `page`th of its phase, those after `cursor`."""

    phase: str
    page: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Skipping:
    """A sync leaves out confirmed shipments from the first page that brings nothing new up to the one at `to`.

    With None it goes through all of them.
    """

    to: str | None
    reason: str


class EndlessListError(Exception):
    """Letzshop gave the same cursor twice: going on would never end."""


def first_position(kind: RunKind) -> Position:
    return Position(PHASES[kind][0], 1, None)


def next_in_phase(
    position: Position, end_cursor: str | None, *, has_next_page: bool, skip_to: str | None = None
) -> Position | None:
    """The page after this one, or the one at `skip_to`; None at the end of the phase."""
    if not has_next_page or end_cursor is None:
        return None
    if end_cursor == position.cursor:
        raise EndlessListError(f"Letzshop's list of {position.phase} shipments repeats its page {position.page}.")
    return Position(position.phase, position.page + 1, skip_to or end_cursor)


def phase_after(kind: RunKind, phase: str) -> str | None:
    phases = PHASES[kind]
    place = phases.index(phase) + 1
    return phases[place] if place < len(phases) else None


def what_to_skip(
    cursor: str | None,
    *,
    walked_at: datetime | None,
    vanished: Collection[str] | None,
    is_on_demand: bool,
    now: datetime,
) -> Skipping:
    """Which confirmed shipments a sync need not read again.

    `vanished` are the orders that wait here but that Letzshop no longer lists as unconfirmed; None when that is not
    known, because the run was broken off in between.
    """
    if walked_at is None:
        return Skipping(None, "the first time")
    if is_on_demand:
        return Skipping(None, "somebody asked")
    if vanished is None:
        return Skipping(None, "the run was resumed")
    if vanished:
        return Skipping(None, f"{len(vanished)} left the list of unconfirmed ones")
    if now - walked_at >= WALK_ALL_EVERY:
        return Skipping(None, "once a day")
    return Skipping(cursor, "what is known")
