"""A small run of fictional articles: each claim type and certainty, each kind of bound, and hostile text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsclaims.report.page import Limits, write
from newsclaims.runs import Run, Selection
from newsclaims.schema import BUILT_IN, ClaimType, Document, Review

LAWSUIT = ClaimType(
    name="lawsuit",
    slots=["plaintiff", "defendant", "amount"],
    key=["plaintiff"],
    attributes={"stage": ["filed", "settled"]},
    doc="One party takes another to court.",
)

LABELS = {"person": "PERSON", "role": "ROLE", "date": "DATE", "period": "DATE"}


class Story:
    """An article that grows sentence by sentence, with the claims that its sentences make."""

    def __init__(self, id: str, title: str, url: str | None = None) -> None:
        self.id, self.title, self.url = id, title, url
        self.text = ""
        self.rows: list[dict[str, Any]] = []

    def say(self, sentence: str) -> Story:
        self.start = len(self.text)
        self.sentence = sentence
        self.text += sentence + "\n\n"
        return self

    def span(self, text: str) -> dict[str, Any]:
        at = self.start + self.sentence.index(text)
        return {"start": at, "end": at + len(text), "text": text}

    def claim(self, type: str, trigger: str, **given: Any) -> Story:
        """A claim of the last sentence. Slots are pieces of it, ``(piece, name)`` where a name is fuller."""
        row: dict[str, Any] = {
            "id": f"{self.id}-{len(self.rows)}", "type": type, "doc": self.id, "rule": f"{type}.{trigger}",
            "trigger": self.span(trigger), "sentence": self.span(self.sentence), "confidence": 0.8,
        }  # fmt: skip
        for slot, value in given.items():
            if slot == "amount":
                text, low, high = value[:3]
                row["amount"] = self.span(text) | {
                    "label": "MONEY", "min": low, "max": high, "currency": "USD",
                    "approximate": len(value) > 3, "also": [],
                }  # fmt: skip
            elif slot == "credit":
                row["attribution"] = {"source": self.span(value) | {"name": value}, "quoted": False}
            elif slot in ("certainty", "kind", "status", "tense", "measure", "stage"):
                row[slot] = value
            else:
                text, name = value if isinstance(value, tuple) else (value, value)
                label = LABELS.get(slot, "ORG") if not text[0].isdigit() else "GROUP"
                row[slot] = self.span(text) | {"label": label, "name": name}
        self.rows.append(row)
        return self

    def document(self) -> Document:
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return Document(id=self.id, title=self.title, url=self.url, text=self.text, sha256=digest)


def stories() -> list[Story]:
    moves = Story("moves", "Northlight loses its chief scientist", "https://gazette.example/moves")
    moves.say("Mara Quill, Northlight's chief scientist, left for Halcyon Labs in May.")
    moves.claim(
        "move", "left", person="Mara Quill", origin="Northlight", destination="Halcyon Labs",
        former_role="chief scientist", date="in May",
    )  # fmt: skip
    moves.say("Quill took 3 engineers from Northlight to Halcyon Labs.").claim(
        "move", "took", person="3 engineers", origin="Northlight", destination="Halcyon Labs"
    )
    moves.say("Tobias Venn may leave Northlight for Halcyon Labs, two colleagues said.").claim(
        "move", "leave", person="Tobias Venn", origin="Northlight", destination="Halcyon Labs",
        certainty="hedged", credit="two colleagues",
    )  # fmt: skip
    moves.say("Odile Harrow denied that she was about to leave the Northlight board.").claim(
        "move",
        "leave",
        person="Odile Harrow",
        origin="Northlight",
        certainty="negated",
        credit="Odile Harrow",
    )
    moves.say("Jonas Thackeray is to join Copperfen as editor.").claim(
        "move", "join", person="Jonas Thackeray", destination="Copperfen", role="editor", certainty="planned"
    )
    moves.say("Venn, a former editor of Copperfen, did not reply.").claim(
        "employment", "former", person=("Venn", "Tobias Venn"), employer="Copperfen", role="editor",
        tense="former",
    )  # fmt: skip

    money = Story("money", "What Halcyon Labs pays")
    money.say("Halcyon Labs offered researchers up to $300 million over four years, one recruiter said.")
    money.claim(
        "pay", "offered", payer="Halcyon Labs", recipient="researchers", kind="package", status="offered",
        amount=("$300 million", None, 3e8), period="over four years", credit="one recruiter",
    )  # fmt: skip
    money.say("It had raised more than $2 billion from Bexley in a round.").claim(
        "deal", "raised", payer="Bexley", payee=("It", "Halcyon Labs"), kind="investment",
        amount=("$2 billion", 2e9, None),
    )  # fmt: skip
    money.say("Copperfen expects to spend $10 million to $20 million on presses.").claim(
        "figure", "spend", subject="Copperfen", measure="spending", certainty="planned",
        amount=("$10 million to $20 million", 1e7, 2e7),
    )  # fmt: skip
    money.say("A subscription to the paper costs about $50.").claim(
        "figure", "costs", subject="A subscription to the paper", measure="price", amount=("$50", 50, 50, "~")
    )
    money.say("Northlight sued Halcyon Labs for $7 million.").claim(
        "lawsuit", "sued", plaintiff="Northlight", defendant="Halcyon Labs", amount=("$7 million", 7e6, 7e6)
    )

    hostile = Story("hostile", "<script>alert('title')</script>", "javascript:alert('url')")
    hostile.say('<img src=x onerror="alert(1)"> joined </script><b>Evil & Sons</b> as שלום.').claim(
        "move", "joined", person='<img src=x onerror="alert(1)">', destination="</script><b>Evil & Sons</b>",
        role="שלום",
    )  # fmt: skip
    return [moves, money, hostile, Story("quiet", "Nothing happened").say("The ferries ran to time.")]


def write_run(folder: Path, told: list[Story], **about: Any) -> Path:
    folder.mkdir()
    lines = {
        "documents.jsonl": [story.document().row() for story in told],
        "claims.jsonl": [row for story in told for row in story.rows],
        "failures.jsonl": [{"source": "scan.pdf", "error": "InputError", "message": "scan.pdf has no text"}],
    }
    for name, rows in lines.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / name).write_text(text, encoding="utf-8")
    run = {
        "version": "0.1.0", "schema_version": "1", "model": "demo_model 1.0", "rules": "c0ffee" * 8,
        "state": "complete", "started": "2031-04-05T06:07:08+00:00", "inputs": ["/home/ann/articles"],
        "claim_types": [ClaimType.of(model).row() for model in BUILT_IN.values()] + [LAWSUIT.row()],
    }  # fmt: skip
    (folder / "run.json").write_text(json.dumps(run | about))
    return folder


def accept_first(run: Path) -> None:
    """Have the first claim of :func:`stories` accepted by a reviewer."""
    accepted = Review(
        claim="moves-0", doc="moves", decision="accepted", reviewer="Ann", time="2031-04-06T00:00:00Z",
        version="0.1.0",
    )  # fmt: skip
    (run / "reviews.jsonl").write_text(json.dumps(accepted.row()) + "\n")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run", stories())


Report = Callable[..., str]


@pytest.fixture
def report(run: Path, tmp_path: Path) -> Report:
    """Writes the report of the run and returns its HTML: ``report(Limits(articles=1), types=["pay"])``."""

    def make(limits: Limits | None = None, **keep: Any) -> str:
        write(Selection(Run(run), **keep), tmp_path / "report.html", limits)
        return (tmp_path / "report.html").read_text(encoding="utf-8")

    return make
