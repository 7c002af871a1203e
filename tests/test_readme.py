"""The front page shows what the program gives."""

from __future__ import annotations

import json
import re
from pathlib import Path

import newsclaims

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_example_is_what_the_program_gives() -> None:
    quoted = re.findall(r"^> (.*)$", README, flags=re.MULTILINE)
    shown = json.loads(re.findall(r"```json\n(.*?)```", README, flags=re.DOTALL)[0])
    [first, _] = newsclaims.extract(newsclaims.Article(id="halcyon.txt", text=" ".join(quoted)))
    given = first.row()
    assert abs(given.pop("confidence") - shown.pop("confidence")) < 0.1
    assert given == shown


def test_the_pages_that_the_front_page_names_exist() -> None:
    root = Path(__file__).parent.parent
    links = re.findall(r'(?:\]\(|src=")([^)"#]+)', README)
    assert links
    assert [link for link in links if not (root / link).exists()] == []
