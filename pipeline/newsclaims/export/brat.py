"""``brat``: a folder of standoff files, an event for each claim, and the configuration that brat needs.

Each article is a ``.txt`` and an ``.ann`` file. Spans are text-bound annotations typed by role, and the
claim is an event on its trigger, with its spans as arguments and its attributes and certainty as
attributes. A note keeps what brat has no place for: the claim's id, confidence, rule, names and amounts, as
JSON.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from newsclaims.export.formats import FileFormat, Notes
from newsclaims.export.parts import spans
from newsclaims.runs import Selection
from newsclaims.schema import Certainty, Claim, ClaimType, Span

_BREAKS = re.compile("[\r\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x85]")
"""Characters that one reader or another takes for the end of a line, shifting or tearing what follows."""


class _Standoff:
    """The annotations of one article, numbered as brat has it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self._marks: dict[tuple[str, int, int], str] = {}
        self._counts = dict.fromkeys("TEA#", 0)

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind}{self._counts[kind]}"

    def _new_mark(self, kind: str, span: Span) -> str:
        name = self._next("T")
        pieces = _pieces(self.text, span)
        where = ";".join(f"{start} {end}" for start, end in pieces)
        shown = " ".join(self.text[start:end] for start, end in pieces)
        self.lines.append(f"{name}\t{kind} {where}\t{shown}")
        return name

    def _mark(self, kind: str, span: Span) -> str:
        """The text-bound annotation of a stretch; claims that share it share the annotation."""
        key = (kind, span.start, span.end)
        if key not in self._marks:
            self._marks[key] = self._new_mark(kind, span)
        return self._marks[key]

    def event(self, claim: Claim) -> None:
        """Add a claim. Its trigger is its own, so that the note there speaks of no other claim."""
        kind = typed(claim.type)
        trigger = self._new_mark(kind, claim.trigger)
        arguments: list[str] = []
        for role, span in spans(claim):
            if role != "trigger":
                name = typed(role)
                arguments.append(f"{name}:{self._mark(name, span)}")
        event = self._next("E")
        self.lines.append(f"{event}\t{kind}:{trigger} {' '.join(_numbered(arguments))}")
        for name in claim.attributes:
            self.lines.append(
                f"{self._next('A')}\t{_attribute(name, claim.type)} {event} {getattr(claim, name)}"
            )
        self.lines.append(f"{self._next('A')}\tCertainty {event} {claim.certainty}")
        if claim.attribution and claim.attribution.quoted:
            self.lines.append(f"{self._next('A')}\tQuoted {event}")
        self.lines.append(f"{self._next('#')}\tAnnotatorNotes {trigger}\t{json.dumps(claim.row())}")


def _numbered(arguments: list[str]) -> Iterator[str]:
    """Arguments of the same role are told apart by numbers: ``Also``, ``Also2``."""
    seen: dict[str, int] = {}
    for argument in arguments:
        role, target = argument.split(":")
        seen[role] = seen.get(role, 0) + 1
        yield f"{role}{seen[role] if seen[role] > 1 else ''}:{target}"


def _pieces(text: str, span: Span) -> list[tuple[int, int]]:
    """brat cuts a span at line breaks; white space beside the break belongs to no piece."""
    found = [m.span() for m in re.finditer(r"[^\n]+", text[span.start : span.end])]
    return [(span.start + a, span.start + b) for a, b in found] or [(span.start, span.end)]


def typed(name: str) -> str:
    """A slot or type as brat writes types: ``former_role`` is ``Former_role``."""
    clean = re.sub(r"[^\w-]", "_", name)
    return clean[:1].upper() + clean[1:]


def _attribute(name: str, claim_type: str) -> str:
    """Attributes of different claim types may share a name and not their values."""
    return f"{typed(claim_type)}_{name}"


def configuration(kinds: list[ClaimType]) -> str:
    """``annotation.conf``: every type, argument and attribute that the files use."""
    slots = dict.fromkeys(slot for kind in kinds for slot in kind.slots)
    others = ("also", "source", "cue", "sentence")
    lines = ["[entities]", *(typed(name) for name in (*slots, *others)), "", "[relations]", "", "[events]"]
    for kind in kinds:
        needed = [f"{typed(slot)}{'' if slot in kind.key else '?'}:{typed(slot)}" for slot in kind.slots]
        needed += [f"{typed(name)}{'*' if name == 'also' else '?'}:{typed(name)}" for name in others]
        lines.append(f"{typed(kind.name)}\t{', '.join(needed)}")
    lines += ["", "[attributes]"]
    for kind in kinds:
        for name, values in kind.attributes.items():
            lines.append(f"{_attribute(name, kind.name)}\tArg:{typed(kind.name)}, Value:{'|'.join(values)}")
    lines.append(f"Certainty\tArg:<EVENT>, Value:{'|'.join(get_args(Certainty))}")
    lines.append("Quoted\tArg:<EVENT>")
    return "\n".join(lines) + "\n"


def file_name(doc: str) -> str:
    """What an article's files are called: readable, safe, without dots inside, and its own."""
    stem = re.sub(r"[^\w-]+", "_", doc, flags=re.ASCII).strip("_")[:80]
    return f"{stem or 'article'}-{hashlib.sha256(doc.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _write(selection: Selection, path: Path, notes: Notes) -> None:
    path.joinpath("annotation.conf").write_text(configuration(selection.kinds), encoding="utf-8")
    for document, claims in selection.articles():
        name = file_name(document.id)
        text, replaced = _BREAKS.subn(" ", document.text)
        if replaced:
            notes.add("{n} characters that readers may take for line breaks are written as spaces", replaced)
        standoff = _Standoff(text)
        for claim in claims:
            standoff.event(claim)
        path.joinpath(f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        lines = [f"{line}\n" for line in standoff.lines]
        path.joinpath(f"{name}.ann").write_text("".join(lines), encoding="utf-8", newline="")
        if document.title or document.url or document.date:
            notes.add(
                "titles, dates and addresses of {n} articles have no place there; documents.jsonl has them"
            )


BRAT = FileFormat("brat", "brat: standoff files with an event for each claim", _write, folder=lambda _: True)
