"""A message as text and as HTML, by the templates of its kind."""

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from backend.delivery.envelope import Envelope
from backend.delivery.kinds import MessageKind
from backend.delivery.mail.setup import MailSetup
from backend.delivery.mail.view import view_of

_LISTS = {MessageKind.HELD_BACK: "held_back", MessageKind.DIGEST: "digest"}
_OWN = {MessageKind.NOTIFICATION, MessageKind.SILENCE_ENDING, MessageKind.TEST}

TEMPLATES = Environment(
    loader=PackageLoader("backend.delivery.mail"),
    autoescape=select_autoescape(["html.jinja"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str


def render(envelope: Envelope, setup: MailSetup) -> Rendered:
    """Never fails, whatever its texts and payload hold."""
    view = view_of(envelope, setup)
    family = _family(envelope.content.kind)
    html = TEMPLATES.get_template(f"{family}.html.jinja").render(v=view, w=view.words)
    text = TEMPLATES.get_template(f"{family}.txt.jinja").render(v=view, w=view.words)
    return Rendered(view.subject, text.strip() + "\n", html)


def _family(kind: MessageKind) -> str:
    """All that is told of an alert looks alike."""
    return _LISTS.get(kind) or (kind.value if kind in _OWN else "alert")
