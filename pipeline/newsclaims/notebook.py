"""Claims as a notebook shows them: the article with its spans marked, and a table of what they say."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from newsclaims.marks import Mark, Segment, paragraphs
from newsclaims.schema import Article, Claim

_COLOURS = {
    "trigger": "#fde68a",
    "person": "#bfdbfe",
    "recipient": "#bfdbfe",
    "origin": "#fecaca",
    "destination": "#bbf7d0",
    "employer": "#bbf7d0",
    "amount": "#ddd6fe",
    "source": "#e5e7eb",
    "cue": "#e5e7eb",
}
_OTHER = "#fed7aa"
_LEFT = 'style="text-align:left"'
"""Cells of a notebook are ranged right otherwise."""


class Claims(list[Claim]):
    """The claims of one article, in text order: a list that knows its article.

    Attributes:
        article: where the claims come from; every span counts in its text.
    """

    def __init__(self, article: Article, claims: Iterable[Claim] = ()) -> None:
        super().__init__(claims)
        self.article = article

    def _repr_html_(self) -> str:
        return f"<div>{marked(self.article, self)}{table(self)}</div>"


def marked(article: Article, claims: Iterable[Claim]) -> str:
    """The article's text as HTML, each span of the claims marked with its role. Nothing in it is markup."""
    marks = {
        Mark(span.start, span.end, style=role, label=claim.type if role == "trigger" else role)
        for claim in claims
        for role, span in claim.spans()
        if role != "sentence"
    }
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.label))
    title = f"<h4>{escape(article.title)}</h4>" if article.title else ""
    shown = paragraphs(article.text, ordered)
    return title + "".join(f"<p>{''.join(map(_segment, part.segments))}</p>" for part in shown)


def _segment(segment: Segment) -> str:
    if not segment.marks:
        return escape(segment.text)
    colour = _COLOURS.get(segment.marks[-1].style, _OTHER)
    labels = "".join(f"<sub> {escape(mark.label)}</sub>" for mark in segment.ending)
    style = f"background:{colour};color:#111;padding:0 2px"
    title = escape(", ".join(mark.label for mark in segment.marks))
    return f'<mark style="{style}" title="{title}">{escape(segment.text)}{labels}</mark>'


def table(claims: Iterable[Claim]) -> str:
    """The claims as an HTML table, a row each."""
    names = ("type", "what it says", "certainty", "according to", "confidence")
    head = f"<tr>{''.join(f'<th {_LEFT}>{name}</th>' for name in names)}</tr>"
    rows = "".join(_row(claim) for claim in claims)
    return f"<table>{head}{rows}</table>" if rows else "<p>No claims.</p>"


def _row(claim: Claim) -> str:
    said = [
        f"<b>{escape(slot.replace('_', ' '))}</b> {escape(value.called)}"
        for slot, value in claim.arguments().items()
    ]
    said += [f"<b>{escape(name)}</b> {escape(str(getattr(claim, name)))}" for name in claim.attributes]
    source = claim.attribution and claim.attribution.source
    credit = escape(source.called) if source else ""
    cells = [escape(claim.type), "; ".join(said), claim.certainty, credit, f"{claim.confidence:.2f}"]
    return "<tr>" + "".join(f"<td {_LEFT}>{cell}</td>" for cell in cells) + "</tr>"
