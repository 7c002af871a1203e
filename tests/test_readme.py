"""The front page shows what the program gives, and the pages lead where they say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import newsclaims

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_is_what_the_program_gives() -> None:
    quoted = re.findall(r"^> (.*)$", README, flags=re.MULTILINE)
    shown = json.loads(re.findall(r"```json\n(.*?)```", README, flags=re.DOTALL)[0])
    [first, _] = newsclaims.extract(newsclaims.Article(id="halcyon.txt", text=" ".join(quoted)))
    given = first.row()
    assert abs(given.pop("confidence") - shown.pop("confidence")) < 0.1
    assert given == shown


def pages() -> list[Path]:
    """Every page of the project, but for what lies beside it (environments, results)."""
    folders = ("", "docs", "models", "corpus", "benchmarks", "outputs")
    return [page for folder in folders for page in sorted((ROOT / folder).glob("*.md"))]


def anchors(page: Path) -> set[str]:
    """The headings of a page, as links name them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_links_to_is_there(page: Path) -> None:
    links = re.findall(r'(?:\]\(|src="|srcset=")([^)\s"]+)', page.read_text(encoding="utf-8"))
    for link in links:
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert "://" in link or target.exists(), link
        assert not anchor or "://" in link or anchor in anchors(target), link
