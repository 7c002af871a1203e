"""Claims as tables, alike in every format that has tables: one row a claim, one row a span.

The columns follow from the selected claim types alone, so that two exports of the same types have the same
ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from newsclaims.errors import NewsclaimsError
from newsclaims.export.parts import span_row, spans
from newsclaims.runs import Selection
from newsclaims.schema import Amount, Argument, Claim, ClaimType, Document, Review, Span

Kind = Literal["text", "integer", "real", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind = "text"


def _columns(names: str, **kinds: Kind) -> tuple[Column, ...]:
    return tuple(Column(name, kinds.get(name, "text")) for name in names.split())


DOCUMENTS = _columns("id title date url source sha256 text")
SPANS = _columns(
    "claim doc role start end text label name min max currency approximate",
    start="integer",
    end="integer",
    min="real",
    max="real",
    approximate="boolean",
)
REVIEWS = _columns("claim doc decision reviewer time comment edited version")

_BOUNDS = ("start", "end")
_HEAD = _columns("id type doc article_title article_date article_url article_source certainty")
_TAIL = (
    *_columns("trigger sentence source source_name cue quoted", quoted="boolean"),
    *(
        Column(f"{role}_{edge}", "integer")
        for role in ("trigger", "sentence", "source", "cue")
        for edge in _BOUNDS
    ),
    *_columns("confidence rule review", confidence="real"),
)


def _slot_columns(slot: str) -> Iterator[Column]:
    yield Column(slot)
    if slot == "amount":
        yield from (Column("amount_min", "real"), Column("amount_max", "real"), Column("amount_currency"))
        yield from (Column("amount_approximate", "boolean"), Column("amount_also"))
    else:
        yield from (Column(f"{slot}_name"), Column(f"{slot}_label"))
    yield from (Column(f"{slot}_{edge}", "integer") for edge in _BOUNDS)


def claim_columns(kinds: Iterable[ClaimType]) -> tuple[Column, ...]:
    """The columns of the claims table for these claim types.

    Raises:
        NewsclaimsError: a slot or attribute has the name of a column that every claim has.
    """
    kinds = list(kinds)
    fixed = {column.name for column in (*_HEAD, *_TAIL)}
    attributes = {name: Column(name) for kind in kinds for name in kind.attributes}
    slots: dict[str, Column] = {}
    for kind in kinds:
        own = [*kind.attributes, *(column.name for slot in kind.slots for column in _slot_columns(slot))]
        for name in own:
            if name in fixed or own.count(name) > 1:
                raise NewsclaimsError(
                    f"claim type {kind.name!r} would give a table a second column {name!r}; rename it"
                )
        for slot in kind.slots:
            slots.update((column.name, column) for column in _slot_columns(slot))
    return (*_HEAD, *({**slots, **attributes}[name] for name in {**attributes, **slots}), *_TAIL)


def reading_columns(kinds: Iterable[ClaimType]) -> dict[str, str]:
    """What a person reads of these claim types: heading -> name of the column of the claims table.

    Raises:
        NewsclaimsError: as :func:`claim_columns`.
    """
    kinds = list(kinds)
    known = {column.name for column in claim_columns(kinds)}
    slots = dict.fromkeys(slot for kind in kinds for slot in kind.slots)
    named = {slot: f"{slot}_name" if f"{slot}_name" in known else slot for slot in slots}
    amount = {name: name for name in ("amount_min", "amount_max", "amount_currency") if name in known}
    attributes = {name: name for kind in kinds for name in kind.attributes}
    rest = ("sentence", "article_title", "article_date", "article_url", "doc", "confidence", "review", "id")
    return {
        "type": "type",
        **named,
        **amount,
        **attributes,
        "certainty": "certainty",
        "credited": "source_name",
        **dict(zip(rest, rest, strict=True)),
    }


def claim_row(claim: Claim, document: Document, state: str) -> dict[str, Any]:
    """The values of a claim by column; columns without a value are left out."""
    row: dict[str, Any] = {
        "id": claim.id,
        "type": claim.type,
        "doc": claim.doc,
        "article_title": document.title,
        "article_date": document.date,
        "article_url": document.url,
        "article_source": document.source,
        "certainty": claim.certainty,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "review": state,
        "quoted": claim.attribution.quoted if claim.attribution else False,
    }
    for name in claim.attributes:
        row[name] = getattr(claim, name)
    for slot, value in claim.arguments().items():
        _put(row, slot, value)
        if isinstance(value, Amount):
            row |= {"amount_min": value.min, "amount_max": value.max, "amount_currency": value.currency}
            row["amount_approximate"] = value.approximate
            if value.also:
                row["amount_also"] = to_json([span_row("also", also) for also in value.also])
        elif isinstance(value, Argument):
            row |= {f"{slot}_name": value.name, f"{slot}_label": value.label}
    _put(row, "trigger", claim.trigger)
    _put(row, "sentence", claim.sentence)
    if claim.attribution:
        if source := claim.attribution.source:
            _put(row, "source", source)
            row["source_name"] = source.name
        if cue := claim.attribution.cue:
            _put(row, "cue", cue)
    return row


def _put(row: dict[str, Any], name: str, span: Span) -> None:
    row[name], row[f"{name}_start"], row[f"{name}_end"] = span.text, span.start, span.end


def span_rows(claim: Claim) -> Iterator[dict[str, Any]]:
    """The spans of a claim as rows of the spans table."""
    for role, span in spans(claim):
        yield {"claim": claim.id, "doc": claim.doc, **span_row(role, span)}


def review_row(review: Review) -> dict[str, Any]:
    """A reviewer's decision as a row; the mended claim is JSON."""
    row = review.row()
    return {**row, "edited": to_json(row["edited"])} if "edited" in row else row


def claim_rows(
    selection: Selection, articles: Iterable[tuple[Document, Sequence[Claim]]]
) -> Iterator[dict[str, Any]]:
    """The rows of the claims table for some articles of the selection."""
    for document, claims in articles:
        for claim in claims:
            yield claim_row(claim, document, selection.verdict(claim).state)


def run_rows(selection: Selection) -> Iterator[dict[str, Any]]:
    """What ``run.json`` says, as rows; what is no text is JSON."""
    for name, value in selection.run.about.items():
        yield {"name": name, "value": value if isinstance(value, str) else to_json(value)}


def to_json(value: Any) -> str:
    """Compact JSON, characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
