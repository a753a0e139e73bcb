"""Secrets struck out of text that others wrote: an answer or an error may quote what it was asked with. Pure."""

import re
from collections.abc import Iterable

STRUCK_OUT = "***"


def struck(text: str, secrets: Iterable[str]) -> str:
    """The text without any of the secrets, in whatever case; of two that overlap the longer one goes as a whole."""
    longest_first = sorted(filter(None, secrets), key=len, reverse=True)
    if not longest_first:
        return text
    return re.sub("|".join(map(re.escape, longest_first)), STRUCK_OUT, text, flags=re.IGNORECASE)
