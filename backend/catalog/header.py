"""The feed's first line: which column is which field."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from backend.catalog.fields import OPTIONAL, REQUIRED, Field

_prefix = re.compile(r"^[a-z]+:")
_gap = re.compile(r"[\s\-]+")
_other_delimiter = re.compile(r"[;,\t]")


def _key(name: str) -> str:
    """A column's name without what varies: case, blanks, quotation marks, a namespace prefix."""
    return _gap.sub("_", _prefix.sub("", name.strip(" \t\ufeff'\"\u00a0").casefold()).strip())


_OPTIONAL_KEYS = {_key(field.name): field for field in OPTIONAL}
_KNOWN = {*REQUIRED, *_OPTIONAL_KEYS}


class HeaderError(ValueError):
    """The feed cannot be imported as its header stands; the message names the columns."""


@dataclass(frozen=True, slots=True)
class Header:
    """`names` are the columns as the file spells them; `optional` are the known ones with their places."""

    names: tuple[str, ...]
    id_at: int
    title_at: int
    price_at: int
    optional: tuple[tuple[int, Field], ...]


def read_header(cells: Sequence[str]) -> Header:
    """The places of the known fields; HeaderError when id, title or price is missing or a column comes twice."""
    names = _split_merged(cells)
    keys = [_key(name) for name in names]
    missing = [name for name in REQUIRED if name not in keys]
    if missing:
        raise HeaderError(f"The header has no column {_listed(missing)}. {_found(names)}")
    twice = [key for key, count in Counter(keys).items() if count > 1 and key in _KNOWN]
    if twice:
        raise HeaderError(f"The header names the column {_listed(twice)} more than once.")
    return Header(
        names=_unique(names),
        id_at=keys.index("id"),
        title_at=keys.index("title"),
        price_at=keys.index("price"),
        optional=tuple((keys.index(key), field) for key, field in _OPTIONAL_KEYS.items() if key in keys),
    )


def known_names(cells: Sequence[str]) -> int:
    """How many of the cells name a known column."""
    return sum(_key(cell) in _KNOWN for cell in cells)


def _split_merged(cells: Sequence[str]) -> list[str]:
    # Letzshop's own sample header has one semicolon among its commas: `...product_type_1;brand`.
    names: list[str] = []
    for cell in cells:
        parts = _other_delimiter.split(cell)
        names += parts if len(parts) > 1 and known_names(parts) == len(parts) else [cell]
    return [name.strip(" \t\ufeff'\"\u00a0") for name in names]


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names fit to be keys of a row's raw data: unnamed and repeated columns get their place as a name."""
    seen: set[str] = set()
    unique = []
    for place, name in enumerate(names, start=1):
        unique.append(f"column {place}" if not name or name in seen else name)
        seen.add(name)
    return tuple(unique)


def _listed(names: Sequence[str]) -> str:
    *most, last = (f'"{name}"' for name in names)
    return f"{', '.join(most)} and {last}" if most else last


def _found(names: Sequence[str]) -> str:
    shown = [name[:40] for name in names if name][:8]
    return f"It names: {', '.join(shown)}." if shown else "It is empty."
