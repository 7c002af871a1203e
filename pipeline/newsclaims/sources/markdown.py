"""``.md``: the text as a reader of the rendered page sees it, with title and date from the front matter.

Paragraphs, headings and quotations stand apart by a blank line; items of a list stand one a line behind
``- `` or their number; rows of a table one a line, their cells apart by a tab; a wrapped line goes on behind
a space; emphasis and links leave their words; images, comments and HTML tags leave nothing. The first heading
is the title where the front matter has none, and stays in the text. A file of more than 512 KB is taken as
plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from newsclaims.sources.decoding import decode
from newsclaims.sources.files import Item, SourceFile, clean
from newsclaims.sources.rows import scalar

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST = 512 * 1024
"""Characters of a page that is parsed; a longer one is plain text."""
BRACKETS = 10_000
"""Opening brackets of a page that is parsed; the time that they take grows with their square."""

_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\n(.{0,65536}?\n)?\1[ \t]*(?:\n|\Z)", re.DOTALL)


def read(file: SourceFile) -> Iterator[Item]:
    source = clean(decode(file.read_all()))
    fields, body = front_matter(source)
    simple = len(body) <= LONGEST and body.count("[") <= BRACKETS
    text, heading = plain(body) if simple else (body, None)
    yield file.article(
        text,
        title=scalar(fields.get("title")) or heading,
        date=scalar(fields.get("date")),
        url=scalar(fields.get("url")),
    )


def front_matter(source: str) -> tuple[dict[str, Any], str]:
    """The fields before the text, in YAML between ``---`` or TOML between ``+++``, and the text behind them.
    What only looks like front matter is left in the text."""
    match = _FRONT_MATTER.match(source)
    if not match:
        return {}, source
    import tomllib

    import yaml

    try:
        block = match[2] or ""
        fields = tomllib.loads(block) if match[1] == "+++" else yaml.load(block, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, source
    if not isinstance(fields, dict):
        return {}, source
    return {str(name).lower(): value for name, value in fields.items()}, source[match.end() :]


def plain(source: str) -> tuple[str, str | None]:
    """The text of a page of Markdown, and its first heading."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").parse(source)
    pieces: list[str] = []
    heading: str | None = None
    gap, marker, before = "", "", ""
    for token in tokens:
        if token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else "- "
            outermost = before.endswith("_list_open") and token.level == 1
            gap = "\n\n" if outermost else "\n"
        elif token.type == "tr_open":
            gap = "\n\n" if before == "thead_open" else "\n"
        elif token.type in ("th_open", "td_open") and before != "tr_open":
            gap = "\t"
        elif token.type in ("inline", "fence", "code_block"):
            words = _inline(token.children or ()) if token.type == "inline" else token.content.rstrip("\n")
            if words or before in ("th_open", "td_open"):
                pieces += [gap if pieces else "", marker, words]
                gap, marker = "\n\n", ""
            if before == "heading_open" and heading is None:
                heading = words
        before = token.type
    return "".join(pieces), heading


def _inline(tokens: Sequence[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(
        breaks.get(token.type, token.content if token.type in ("text", "code_inline") else "")
        for token in tokens
    ).strip()
