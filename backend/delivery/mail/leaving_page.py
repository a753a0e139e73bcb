"""The page behind a mail's "Turn off" for people: it asks first, since programs that look at mails follow links."""

from enum import StrEnum

from backend.delivery.mail.headers import DIGEST_CATEGORY
from backend.delivery.mail.render import TEMPLATES
from backend.delivery.mail.unsubscribe import Unsubscription
from backend.delivery.texts import Wording, words_for


class Step(StrEnum):
    ASKED = "asked"
    DONE = "done"


def leaving_page(wish: Unsubscription | None, step: Step, *, language: str, nonce: str) -> str:
    """Its form posts to its own address. Without a wish the link is not one of ours."""
    words = words_for(language)
    title, text = _said(wish, step, words)
    asks = wish is not None and step is Step.ASKED
    page = TEMPLATES.get_template("leaving.html.jinja")
    return page.render(w=words, title=title, text=text, asks=asks, nonce=nonce)


def _said(wish: Unsubscription | None, step: Step, words: Wording) -> tuple[str, str]:
    if wish is None:
        return words.leaving_unknown, words.leaving_unknown_text
    if step is Step.DONE:
        return words.leaving_done, words.leaving_done_text.format(category=_name(wish.category, words))
    return words.leaving, words.leaving_text.format(category=_name(wish.category, words))


def _name(category: str, words: Wording) -> str:
    if category == DIGEST_CATEGORY:
        return words.kickers[category]
    return words.categories.get(category, category.replace("_", " "))
