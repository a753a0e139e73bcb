"""Texts in several languages, any of which may be missing (domain.md 2.5)."""

from collections.abc import Mapping

_ORDER = ("en", "fr", "de")


def localised(texts: Mapping[str, str | None], locale: str | None) -> str | None:
    """The text in the order's own language, else in English, French, German, else in any."""
    wanted = [locale] if locale else []
    for language in (*wanted, *_ORDER, *sorted(texts)):
        text = (texts.get(language) or "").strip()
        if text:
            return text
    return None
