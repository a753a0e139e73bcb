import msgspec

from backend.core.settings import DEFAULT_TIMEZONE
from backend.delivery.mail.lists import MOST_ITEMS, digest_sections
from backend.delivery.payloads import Digest, read
from backend.delivery.summary import Group, Line, shortened
from backend.delivery.texts import words_for
from tests.factories.delivery import item, summary_of


def test_a_mail_says_how_many_it_leaves_out_of_all_that_there_were() -> None:
    summary = summary_of([Line(1, Group.OPEN, item(number)) for number in range(30)], unlisted={(1, Group.OPEN): 100})
    payload = msgspec.to_builtins(shortened(summary, 10))
    digest = read(payload, Digest)
    assert (digest.start, digest.end) == (summary.start, summary.end)
    ((section,), more_stores) = digest_sections(digest, words_for("en"), DEFAULT_TIMEZONE)
    (group,) = section.groups
    assert (section.heading, len(group.items), more_stores) == ("Moulin", MOST_ITEMS, None)
    assert group.more == f"and {130 - MOST_ITEMS} more"
