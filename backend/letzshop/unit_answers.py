"""Whether Letzshop did with units what it was asked to do: decided from its answer alone."""

from collections.abc import Mapping, Sequence

from backend.core.fields import storable
from backend.letzshop import wire

_MOST_UNITS_SHOWN = 5
_LONGEST = 500


def shortfall(asked: Mapping[str, str], states: Mapping[str, str], errors: Sequence[wire.UnitError]) -> str | None:
    """What was not done, for an admin; None when every unit is in the state that it was to have.

    `asked` are the states by unit. What is asked a second time may be refused as done already: that is no error.
    """
    undone = [_found(unit, state, states.get(unit)) for unit, state in asked.items() if states.get(unit) != state]
    if not undone:
        return None
    more = len(undone) - _MOST_UNITS_SHOWN
    shown = "; ".join(undone[:_MOST_UNITS_SHOWN]) + (f"; and {more} more" if more > 0 else "")
    said = f" Letzshop says: {said_of(errors)}" if errors else ""
    units = "unit" if len(asked) == 1 else "units"
    return storable(
        f"Letzshop did not do what was asked with {len(undone)} of {len(asked)} {units}: {shown}.{said}", _LONGEST
    )


def said_of(errors: Sequence[wire.UnitError]) -> str:
    return "; ".join(error.message or error.code or "no reason given" for error in errors[:3])


def _found(unit: str, asked: str, state: str | None) -> str:
    return f"{unit} was left out" if state is None else f"{unit} is {state}, not {asked}"
