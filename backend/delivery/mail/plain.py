"""Text of anybody's making as a mail can hold it: no control characters, and none that turn the reading direction."""

import re

from backend.core.fields import storable

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# Overrides and isolates: they can make a line read as another one.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")


def block(text: str, most: int) -> str:
    """Several lines, however they were ended."""
    clean = _TURNS.sub("", _CONTROL.sub("", _BREAKS.sub("\n", storable(text))))
    return storable(clean.strip(), most)


def line(text: str, most: int) -> str:
    """One line, however many it was."""
    return storable(_SPACES.sub(" ", block(text, len(text) + 1)).strip(), most)
