import pytest

from backend.delivery.mail.leaving_page import Step, leaving_page
from backend.delivery.mail.unsubscribe import Unsubscription

WISH = Unsubscription(user_id=2, category="import_failure")


def test_it_asks_before_anything_is_turned_off() -> None:
    page = leaving_page(WISH, Step.ASKED, language="en", nonce="n0nce")
    assert "“Import failure” will no longer come by e-mail." in page
    assert '<form method="post">' in page
    assert '<style nonce="n0nce">' in page


@pytest.mark.parametrize(
    ("wish", "step", "language", "said"),
    [
        (WISH, Step.DONE, "de", "„Import fehlgeschlagen“ kommt nicht mehr per E-Mail."),
        (Unsubscription(2, "digest"), Step.DONE, "fr", "« Résumé » ne vient plus par e-mail."),
        (None, Step.ASKED, "en", "This link is not valid"),
    ],
)
def test_it_says_what_became_of_it_and_asks_nothing(
    wish: Unsubscription | None, step: Step, language: str, said: str
) -> None:
    page = leaving_page(wish, step, language=language, nonce="")
    assert said in page
    assert "<form" not in page


def test_a_category_is_shown_and_not_run() -> None:
    page = leaving_page(Unsubscription(2, "<script>"), Step.ASKED, language="en", nonce="")
    assert "<script>" not in page
