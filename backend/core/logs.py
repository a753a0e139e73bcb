"""Structured logs: one JSON object a line, with the request's or job's id bound by context."""

import logging
import re
import sys

import structlog

_SECRET_WORDS = ("password", "secret", "token", "authorization", "cookie", "api_key")
# PostgreSQL's details repeat whole rows, line breaks and all: to where the driver's or the traceback's words go on.
_DETAIL = re.compile(r"DETAIL:.*?(?=\nHINT:|\n\[SQL:|\n\n(?:The above|During handling)|\Z)", re.DOTALL)


def _mask_secrets(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    for key in event:
        if any(word in key.lower() for word in _SECRET_WORDS):
            event[key] = "***"
    return event


def _hide_rows(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    if "exception" in event:
        event["exception"] = _DETAIL.sub("DETAIL: not shown", event["exception"])
    return event


def configure_logs(*, level: str = "INFO", pretty: bool | None = None) -> None:
    """Send structlog and the standard library's logs to stderr; readable on a terminal, JSON elsewhere."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _mask_secrets,
        structlog.processors.format_exc_info,
        _hide_rows,
    ]
    is_pretty = sys.stderr.isatty() if pretty is None else pretty
    renderer: structlog.typing.Processor = (
        # Plain, because its own tracebacks show the values of local variables.
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if is_pretty
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("arq").setLevel(logging.WARNING)
    logging.getLogger("httpx").setLevel(logging.WARNING)
