"""The languages of mails."""

from backend.delivery.mail.texts.de import GERMAN
from backend.delivery.mail.texts.en import ENGLISH
from backend.delivery.mail.texts.fr import FRENCH
from backend.delivery.mail.texts.wording import Wording

__all__ = ["LANGUAGES", "Wording", "words_for"]

LANGUAGES = {wording.language: wording for wording in (ENGLISH, FRENCH, GERMAN)}


def words_for(language: str) -> Wording:
    """Of `fr` or `fr-LU`; English for one that there is none for."""
    return LANGUAGES.get(language[:2].lower(), ENGLISH)
