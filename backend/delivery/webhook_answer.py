"""What a receiver's HTTP answer to a webhook means. Pure."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus

from backend.core.fields import storable
from backend.core.redaction import struck
from backend.core.retry_after import retry_after
from backend.delivery.envelope import Result
from backend.delivery.kinds import Outcome
from backend.delivery.masking import SHORTEST_SECRET, secrets_of

MOST_EXCERPT = 1_024
_SUCCESS, _REDIRECTS = range(200, 300), range(300, 400)


@dataclass(frozen=True, slots=True)
class WebhookAnswer:
    """`body` is its beginning."""

    status: int
    retry_after: str | None
    body: bytes


def result_of(answer: WebhookAnswer, *, address: str, now: datetime) -> Result:
    """How the attempt ended. Receivers get mended, so that all but 2xx and 410 is tried again."""
    excerpt = _excerpt(answer.body, address)
    if answer.status in _SUCCESS:
        return Result(outcome=Outcome.SENT, status_code=answer.status, excerpt=excerpt)
    gone = answer.status == HTTPStatus.GONE
    return Result(
        outcome=Outcome.GONE if gone else Outcome.FAILED,
        status_code=answer.status,
        error=_error(answer.status),
        excerpt=excerpt,
        retry_after=None if gone else retry_after(answer.retry_after, now=now),
    )


def _error(status: int) -> str:
    if status == HTTPStatus.GONE:
        return "The receiver wants no more webhooks (410)."
    if status in _REDIRECTS:
        return f"The receiver redirects ({status}); redirects are not followed."
    return f"The receiver answered {status}."


def _excerpt(body: bytes, address: str) -> str | None:
    """The answer's beginning without what is secret in the address, which many error pages repeat."""
    text = body.decode("utf-8", "replace")
    if len(text) >= SHORTEST_SECRET:
        text = struck(text, _secrets(address))
    return storable(text.strip(), MOST_EXCERPT) or None


@lru_cache(maxsize=256)
def _secrets(address: str) -> frozenset[str]:
    """Kept, because a destination is told much and finding its secrets takes as long as signing."""
    return frozenset(secrets_of(address))
