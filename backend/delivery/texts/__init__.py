"""The languages of messages."""

from backend.delivery.texts.de import GERMAN
from backend.delivery.texts.en import ENGLISH
from backend.delivery.texts.fr import FRENCH
from backend.delivery.texts.wording import Wording

__all__ = ["LANGUAGES", "Wording", "words_for"]

LANGUAGES = {wording.language: wording for wording in (ENGLISH, FRENCH, GERMAN)}


def words_for(language: str) -> Wording:
    """Of `fr` or `fr-LU`; English for one that there is none for."""
    return LANGUAGES.get(language[:2].lower(), ENGLISH)
