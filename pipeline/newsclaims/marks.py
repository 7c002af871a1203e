"""The article cut into pieces for showing: paragraphs of segments, each with the spans that cover it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# One-to-one, so that offsets in the page are offsets in the text: HTML would drop or fold these characters.
_SHOWN = {code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)}
_SHOWN |= {13: 0x20, 127: 0x2421} | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def shown(text: str) -> str:
    """Text as the page can carry it, character for character: controls become their pictures."""
    return text.translate(_SHOWN)


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be shown: ``style`` is its look, ``label`` what it is called, ``claim`` where it leads."""

    start: int
    end: int
    style: str
    label: str = ""
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph that the same marks cover, the widest first."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    ending: tuple[Mark, ...] = ()
    """Labelled marks whose last character in the paragraph this segment holds."""

    @property
    def styles(self) -> list[str]:
        """The looks of the segment: all marks that are no slots, and the narrowest slot with its edges."""
        slots = sorted((m for m in self.marks if m.style.startswith("slot-")), key=lambda m: m.end - m.start)
        looks = dict.fromkeys(m.style for m in self.marks if not m.style.startswith("slot-"))
        for slot in slots[:1]:
            looks[slot.style] = None
            if slot.start == self.start:
                looks["opens"] = None
            if slot.end == self.start + len(self.text):
                looks["closes"] = None
        return list(looks)

    @property
    def label(self) -> str:
        """What ends here, in words."""
        return " · ".join(dict.fromkeys(mark.label for mark in self.ending))

    @property
    def claim(self) -> str | None:
        """The claim that the segment leads to."""
        return next((mark.claim for mark in self.marks if mark.claim), None)


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    segments: tuple[Segment, ...]


def window(text: str, centre: int, size: int = 60_000) -> tuple[int, int]:
    """The part of a long text to show: about ``size`` characters around ``centre``, cut at line breaks."""
    if len(text) <= size:
        return 0, len(text)
    start, end = max(0, centre - size // 2), min(len(text), centre + size // 2)
    cut = text.rfind("\n", 0, start)
    start = cut + 1 if start and cut >= start - 5_000 and cut >= 0 else start
    cut = text.find("\n", end)
    end = cut if 0 <= cut <= end + 5_000 else end
    return start, end


def paragraphs(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> list[Paragraph]:
    """The text from ``start`` to ``end`` as paragraphs, one for each line that is not blank."""
    end = len(text) if end is None else end
    ordered = sorted((m for m in marks if m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end))
    found, at = [], start
    for line in text[start:end].split("\n"):
        if line.strip():
            inside = [m for m in ordered if m.start < at + len(line) and m.end > at]
            found.append(Paragraph(at, tuple(_segments(text, at, at + len(line), inside))))
        at += len(line) + 1
    return found


def _segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterable[Segment]:
    cuts = sorted({start, end} | {p for m in marks for p in (m.start, m.end) if start < p < end})
    for left, right in itertools.pairwise(cuts):
        over = tuple(m for m in marks if m.start <= left and m.end >= right)
        ending = tuple(m for m in over if m.label and (m.end == right or right == end))
        yield Segment(left, shown(text[left:right]), over, ending)
