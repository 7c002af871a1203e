"""Articles with their claims marked in the text."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newsclaims.marks import shown
from newsclaims.report.facts import title_of
from newsclaims.report.words import one_line
from newsclaims.schema import BUILT_IN, Claim, Document


def look(kind: str) -> str:
    """Class of a claim type in the style sheet; all types of a user's own share one look."""
    return kind if kind in BUILT_IN else "own"


@dataclass(slots=True)
class Segment:
    """A stretch of text that the same claims mark."""

    text: str
    looks: str = ""
    """Classes, empty for plain text."""
    title: str = ""
    claims: str = ""
    """Numbers of the claims, with spaces between them."""
    notes: list[int] = field(default_factory=list)
    """Claims whose number stands behind this segment."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An article as the page shows it."""

    number: int
    title: str
    about: list[str]
    url: str | None
    paragraphs: list[list[Segment]]
    first: int
    """Number of its first claim."""
    last: int


def marked(number: int, document: Document, claims: Sequence[Claim], first: int) -> Marked:
    """The article with its claims, numbered from ``first`` on, marked by slot and trigger."""
    text = document.text
    begin: dict[int, list[tuple[int, str]]] = defaultdict(list)
    end: dict[int, list[tuple[int, str]]] = defaultdict(list)
    notes: dict[int, list[int]] = defaultdict(list)
    cuts = {0, len(text)}
    for place, claim in enumerate(claims, start=first):
        for role, span in claim.spans():
            if role == "sentence" or span.start == span.end:
                continue
            begin[span.start].append((place, role))
            end[span.end].append((place, role))
            cuts |= {span.start, span.end}
        notes[claim.trigger.end].append(place)
    paragraphs: list[list[Segment]] = [[]]
    open_marks: list[tuple[int, str]] = []
    for start, stop in itertools.pairwise(sorted(cuts)):
        for mark in end[start]:
            open_marks.remove(mark)
        open_marks += begin[start]
        for at, piece in enumerate(text[start:stop].split("\n")):
            if at and paragraphs[-1]:
                paragraphs.append([])
            if piece:
                paragraphs[-1].append(_segment(piece, open_marks, claims, first))
        if notes[stop] and (behind := _last_words(paragraphs)):
            behind.notes += notes[stop]
    return Marked(
        number=number,
        title=title_of(document),
        about=[one_line(part) for part in (document.source, document.date) if part],
        url=safe_url(document.url),
        paragraphs=[segments for segments in paragraphs if any(s.text.strip() for s in segments)],
        first=first,
        last=first + len(claims) - 1,
    )


def _last_words(paragraphs: Sequence[Sequence[Segment]]) -> Segment | None:
    """The last segment that is not blank."""
    return next((s for segments in reversed(paragraphs) for s in reversed(segments) if s.text.strip()), None)


def safe_url(url: str | None) -> str | None:
    """An address of the web, or nothing: no other scheme may become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _segment(text: str, marks: Sequence[tuple[int, str]], claims: Sequence[Claim], first: int) -> Segment:
    if not marks:
        return Segment(shown(text))
    by_claim: dict[int, list[str]] = defaultdict(list)
    for place, role in marks:
        by_claim[place].append(role.replace("_", " "))
    leading = claims[min(by_claim) - first]
    roles = {role for _, role in marks}
    looks = ["credit"] if roles <= {"source", "cue"} else [look(leading.type), leading.certainty]
    if roles == {"trigger"}:
        looks.append("trigger")
    return Segment(
        shown(text),
        " ".join(looks),
        "; ".join(f"{place}: {', '.join(said)}" for place, said in sorted(by_claim.items())),
        " ".join(str(place) for place in sorted(by_claim)),
    )
