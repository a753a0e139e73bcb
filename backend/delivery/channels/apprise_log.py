"""What Apprise says of a call: it answers true or false, and tells the rest to its log, with secrets in it.

Nothing of these logs reaches any handler: what a call said is collected for the call, whose caller strikes the secrets
out.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import apprise.logger  # noqa: F401 - for its loggers
import requests  # noqa: F401 - for its loggers
import urllib3.util.retry  # noqa: F401 - for its loggers

_MOST_LINES = 5
_OURS = ("apprise", "requests", "urllib3")

_said: ContextVar[list[str] | None] = ContextVar("_said", default=None)


def _collect(record: logging.LogRecord) -> bool:
    """As a filter of the logger itself, where no handler can be before us."""
    said = _said.get()
    if said is not None and record.levelno >= logging.WARNING and len(said) < _MOST_LINES:
        said.append(record.getMessage())
    return False


for _name, _logger in logging.root.manager.loggerDict.items():
    # A filter does not hold for the loggers below: each needs its own.
    if _name.partition(".")[0] in _OURS and isinstance(_logger, logging.Logger):
        _logger.addFilter(_collect)


@contextmanager
def collecting() -> Iterator[list[str]]:
    """The warnings and errors of what runs within it in this thread, as they come."""
    said: list[str] = []
    token = _said.set(said)
    try:
        yield said
    finally:
        _said.reset(token)
