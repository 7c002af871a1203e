"""``.html``: the article of a page, found by trafilatura, without menus, teasers and comments.

Paragraphs stand apart by a blank line, items of a list one a line behind ``- ``. The headline is the title
and does not stand in the text. How well it agrees with the text that site-specific parsers give is measured
in ``docs/formats.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from newsclaims.sources.decoding import SAMPLE, decode
from newsclaims.sources.errors import EmptyError, TooLargeError
from newsclaims.sources.files import Item, SourceFile

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_CHARSET = re.compile(rb"<meta[^>]{1,400}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
ELEMENTS = 100_000
"""Most elements of a page; ten times what the longest pages of news have, and some seconds of work."""

_TEASER = re.compile(
    r"(?:read (?:more|next|also)|see also|related|watch|more on this|sign up)\s*:", re.IGNORECASE
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, and what it says about itself."""

    text: str
    title: str | None
    date: str | None
    url: str | None


def read(file: SourceFile) -> Iterator[Item]:
    data = file.read_all()
    charset = _CHARSET.search(data, 0, SAMPLE)
    declared = file.charset or (charset[1].decode("ascii") if charset else None)
    page = extract(decode(data, declared))
    if page is None:
        raise EmptyError("has no article text: a front page, a form, or a page that its script fills")
    yield file.article(page.text, title=page.title, date=page.date, url=file.url or page.url)


def extract(source: str) -> Page | None:
    """The article of a page; ``None`` where there is none.

    Raises:
        TooLargeError: the page has more than :data:`ELEMENTS` elements.
    """
    from trafilatura import bare_extraction, load_html

    source = _DECLARATION.sub("", source)
    tree = load_html(source)
    if tree is None:  # a snippet of a few words is no page to trafilatura
        tree = load_html(f"<html><body>{source}</body></html>")
    if tree is None:
        return None
    if sum(1 for _ in tree.iter()) > ELEMENTS:
        raise TooLargeError(f"has more than {ELEMENTS} elements: no page of news has that many")
    data = [script.text or "" for script in tree.iterfind(".//script[@type='application/ld+json']")]
    # A guessed date is worse than none; the upper bound keeps the result from depending on the day.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    page: Any = bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dates,
    )
    if page is None:
        return None
    lines = [line.strip() for line in (page.text or "").splitlines()]
    lines = _whole(lines, data)
    lines = [line for line in lines if line and not _TEASER.match(line)]
    title = page.title and re.sub(rf"\s+[|–—-]\s+{re.escape(page.sitename or '')}$", "", page.title)
    while lines and title and _words(lines[0]) == _words(title):
        lines.pop(0)
    if not lines:
        return None
    return Page(_joined(lines), title, page.date, page.url)


def _whole(found: list[str], data: list[str]) -> list[str]:
    """The lines found, or the publisher's own text in the page's data where it has them all and clearly
    more: long articles that are broken up by advertisements lose their later parts otherwise."""
    size = sum(map(len, found))
    for script in data:
        try:
            body = _body(json.loads(script, strict=False))
        except (ValueError, RecursionError):
            continue
        if body and "\n" in body and len(body) > 1.5 * size:
            known = set(_words(body))
            words = [word for line in found for word in _words(line)]
            if sum(word in known for word in words) >= 0.9 * len(words):
                return [line.strip() for line in body.splitlines()]
    return found


def _body(data: Any) -> str | None:
    """``articleBody`` of a page's structured data, at its top or in its ``@graph``."""
    nodes = data if isinstance(data, list) else [data]
    for node in nodes:
        if isinstance(node, dict):
            body = node.get("articleBody") or _body(node.get("@graph") or [])
            if isinstance(body, str):
                return body
    return None


def _words(line: str) -> list[str]:
    return _WORD.findall(line.casefold())


def _joined(lines: list[str]) -> str:
    """Lines as paragraphs; items of one list stay together."""
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        pieces += ["\n" if before.startswith("- ") and line.startswith("- ") else "\n\n", line]
    return "".join(pieces)
