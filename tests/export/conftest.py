"""A run folder of fictional articles, with every claim type, every kind of span, and text that bites."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsclaims.errors import NewsclaimsError
from newsclaims.export import Format, export, find
from newsclaims.runs import Run, Selection
from newsclaims.schema import SCHEMA_VERSION, Article, Claim, ClaimType, Document

LAWSUIT = ClaimType(
    name="lawsuit",
    slots=["plaintiff", "defendant", "court", "amount"],
    key=["plaintiff", "defendant"],
    attributes={"stage": ["filed", "settled", "dismissed"]},
    doc="One party takes another to court.",
)

MOVES = Article(
    id="talent/moves.txt",
    title="Halcyon loses its finance chief",
    date="2031-03-04",
    url="https://paper.example/halcyon?id=1&page=2",
    source="talent/moves.txt",
    text=(
        "Halcyon loses its finance chief 🚀\n\n"
        "Jane Orme, Halcyon’s finance chief, left for Brightwater in March, the Gazette reported.  "
        "“Jane will chair our board,” said Brightwater.\n"
        "Halcyon denied that at least 14 engineers\nhad left."
    ),
)
MONEY = Article(
    id="money.jsonl:7",
    text=(
        "=Fees= Brightwater offered Orme up to $3 million (£2.4m) over four years.\r\n"
        "Brightwater bought Cinder Labs for about €40m; it earned $1.5 million last year. "
        "@Orme sued Halcyon for $250,000 in the Leeds court.\n"
        "Tom O'Neil-Ash\\Vane, a 'writer', works for the Gazette; Halcyon paid him $9,000."
    ),
)
QUIET = Article(id="quiet.txt", title='Nothing "happens" <here> & now', text="It rained.\n")


def at(article: Article, piece: str, occurrence: int = 0) -> dict[str, Any]:
    """The span of a piece of the article's text."""
    start = -1
    for _ in range(occurrence + 1):
        start = article.text.index(piece, start + 1)
    return {"start": start, "end": start + len(piece), "text": piece}


def named(article: Article, piece: str, label: str, name: str | None = None, nth: int = 0) -> dict[str, Any]:
    return {**at(article, piece, nth), "label": label, "name": name or piece}


def money(
    article: Article, piece: str, low: float | None, high: float | None, currency: str
) -> dict[str, Any]:
    return {**at(article, piece), "min": low, "max": high, "currency": currency}


def rows() -> list[dict[str, Any]]:
    a, b = MOVES, MONEY
    first = at(a, "Jane Orme, Halcyon’s finance chief, left for Brightwater in March, the Gazette reported.")
    second = at(a, "“Jane will chair our board,” said Brightwater.")
    third = at(a, "Halcyon denied that at least 14 engineers\nhad left.")
    offer = at(b, "=Fees= Brightwater offered Orme up to $3 million (£2.4m) over four years.")
    deal = at(b, "Brightwater bought Cinder Labs for about €40m; it earned $1.5 million last year.")
    suit = at(b, "@Orme sued Halcyon for $250,000 in the Leeds court.")
    job = at(b, "Tom O'Neil-Ash\\Vane, a 'writer', works for the Gazette; Halcyon paid him $9,000.")
    found: list[dict[str, Any]] = [
        {
            "type": "move",
            "trigger": at(a, "left"),
            "sentence": first,
            "person": named(a, "Jane Orme", "PERSON"),
            "origin": named(a, "Halcyon", "ORG", nth=1),
            "destination": named(a, "Brightwater", "ORG"),
            "former_role": named(a, "finance chief", "ROLE", nth=1),
            "date": {**at(a, "in March"), "label": "DATE"},
            "attribution": {"source": {**at(a, "the Gazette"), "name": "Gazette"}, "cue": at(a, "reported")},
            "confidence": 0.91,
        },
        {
            "type": "employment",
            "certainty": "planned",
            "trigger": at(a, "chair"),
            "sentence": second,
            "person": named(a, "Jane", "PERSON", "Jane Orme", nth=1),
            "employer": named(a, "Brightwater", "ORG", nth=1),
            "role": named(a, "chair our board", "ROLE"),
            "attribution": {"source": {**at(a, "Brightwater", 1)}, "cue": at(a, "said"), "quoted": True},
            "confidence": 0.7,
        },
        {
            "type": "move",
            "certainty": "negated",
            "trigger": at(a, "left", 1),
            "sentence": third,
            "person": named(a, "at least 14 engineers", "GROUP"),
            "origin": named(a, "Halcyon", "ORG", nth=2),
            "confidence": 0.4,
        },
        {
            "type": "pay",
            "kind": "package",
            "status": "offered",
            "trigger": at(b, "offered"),
            "sentence": offer,
            "payer": named(b, "Brightwater", "ORG"),
            "recipient": named(b, "Orme", "PERSON", "Jane Orme"),
            "amount": {
                **money(b, "$3 million", None, 3_000_000, "USD"),
                "also": [money(b, "£2.4m", None, 2_400_000, "GBP")],
            },
            "period": {**at(b, "over four years"), "label": "DATE"},
            "confidence": 0.85,
        },
        {
            "type": "deal",
            "kind": "acquisition",
            "trigger": at(b, "bought"),
            "sentence": deal,
            "payer": named(b, "Brightwater", "ORG", nth=1),
            "target": named(b, "Cinder Labs", "ORG"),
            "amount": {**money(b, "€40m", 40_000_000, 40_000_000, "EUR"), "approximate": True},
            "confidence": 0.8,
        },
        {
            "type": "figure",
            "measure": "revenue",
            "trigger": at(b, "earned"),
            "sentence": deal,
            "subject": named(b, "it", "ORG", "Cinder Labs"),
            "amount": money(b, "$1.5 million", 1_500_000, 1_500_000, "USD"),
            "period": {**at(b, "last year"), "label": "DATE"},
            "confidence": 0.6,
        },
        {
            "type": "lawsuit",
            "stage": "filed",
            "trigger": at(b, "sued"),
            "sentence": suit,
            "plaintiff": named(b, "@Orme", "PERSON", "Jane Orme"),
            "defendant": named(b, "Halcyon", "ORG"),
            "court": at(b, "the Leeds court"),
            "amount": money(b, "$250,000", 250_000, 250_000, "USD"),
            "confidence": 0.5,
        },
        {
            "type": "employment",
            "trigger": at(b, "works for"),
            "sentence": job,
            "person": named(b, "Tom O'Neil-Ash\\Vane", "PERSON"),
            "employer": named(b, "the Gazette", "ORG", "Gazette"),
            "role": named(b, "writer", "ROLE"),
            "confidence": 0.75,
        },
        {
            "type": "pay",
            "kind": "other",
            "status": "paid",
            "trigger": at(b, "paid"),
            "sentence": job,
            "payer": named(b, "Halcyon", "ORG", nth=1),
            "recipient": named(b, "him", "PERSON", "Tom O'Neil-Ash\\Vane"),
            "amount": money(b, "$9,000", 9_000, 9_000, "USD"),
            "confidence": 0.65,
        },
    ]
    for number, row in enumerate(found):
        row |= {"id": f"claim{number}", "doc": (a if number < 3 else b).id, "rule": f"{row['type']}.rule"}
    return found


def write_lines(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run folder as ``newsclaims extract -o`` writes it."""
    path = tmp_path / "run"
    path.mkdir()
    write_lines(path / "claims.jsonl", rows())
    write_lines(path / "documents.jsonl", [Document.of(article).row() for article in (MOVES, MONEY, QUIET)])
    about = {"version": "0.1.0", "schema_version": SCHEMA_VERSION, "claim_types": [LAWSUIT.row()]}
    (path / "run.json").write_text(json.dumps(about), encoding="utf-8")
    return path


@pytest.fixture
def run(folder: Path) -> Run:
    return Run(folder)


@pytest.fixture
def claims(run: Run) -> list[Claim]:
    """Every claim of the run."""
    return [claim for _, found in run.articles() for claim in found]


@dataclass
class Exported:
    path: Path
    notes: list[str]

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def lines(self) -> Iterator[Any]:
        with self.path.open(encoding="utf-8") as file:
            return iter([json.loads(line) for line in file])


@pytest.fixture
def exported(run: Run, tmp_path: Path) -> Callable[..., Exported]:
    """Exports the run in a format: the path that was written, and what was said about it."""

    def make(name: str, file: str = "out", **choice: Any) -> Exported:
        notes: list[str] = []
        export(Selection(run, **choice), installed(name), tmp_path / file, notes.append)
        return Exported(tmp_path / file, notes)

    return make


def installed(name: str) -> Format:
    """The format; the test is skipped where a library of an extra is missing."""
    try:
        return find(name)
    except NewsclaimsError as error:
        pytest.skip(str(error))


def spans_of(claim: Claim) -> set[tuple[int, int, str]]:
    return {(span.start, span.end, span.text) for _, span in claim.spans()}
