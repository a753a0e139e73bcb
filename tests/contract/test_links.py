"""What the documents link to is there."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.contract

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_decision_that_the_code_names_is_there() -> None:
    named = {
        match
        for source in (*ROOT.glob("backend/**/*.py"), *ROOT.glob("tests/**/*.py"))
        for match in re.findall(r"docs/decisions/(\d{4})|docs/([a-z]+\.md)", source.read_text("utf-8"))
    }
    missing = [
        number or name
        for number, name in named
        if not (list(ROOT.glob(f"docs/decisions/{number}-*.md")) if number else (ROOT / "docs" / name).exists())
    ]
    assert missing == []
