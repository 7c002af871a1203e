"""Run folders made of fictional sentences, with valid claims of every type, small or as large as wanted."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newsclaims.schema import BUILT_IN, ClaimType, Document

LAWSUIT = ClaimType(
    name="lawsuit",
    slots=["plaintiff", "defendant", "court", "amount"],
    key=["plaintiff", "defendant"],
    attributes={"stage": ["filed", "settled", "lost"]},
    doc="Someone takes someone to court.",
)
"""A claim type of a user's own, as a rule file defines it."""

PEOPLE = ["Mara Quill", "Tobias Venn", "Odile Harrow", "Jonas Thackeray", "Priya Lindqvist", "Esme Calloway"]
FIRMS = ["Northlight", "Copperfen", "Halcyon Labs", "Vantage Rail", "Bexley & Stroud", "Quillmark"]
ROLES = ["chief scientist", "finance director", "head of design", "editor", "night foreman"]

# Each template: type, the sentence with {slot} for what fills it, the trigger, what else is set.
_TEMPLATES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("move", "{person} left {origin} for {destination}, where the {role} post was empty {date}.", "left", {}),
    ("employment", "{person}, the {role} of {employer}, declined to comment on the plan.", "declined", {}),
    ("pay", "{payer} offered {recipient} up to {amount} {period}, {source} said.", "offered",
     {"kind": "package", "status": "offered", "certainty": "hedged"}),
    ("deal", "{payer} is to buy {target} from {payee} for {amount}.", "buy",
     {"kind": "acquisition", "certainty": "planned"}),
    ("figure", "{subject} earned about {amount} {period}.", "earned", {"measure": "revenue"}),
    ("lawsuit", "{plaintiff} sued {defendant} in the {court} for {amount}.", "sued", {"stage": "filed"}),
]  # fmt: skip
_LABELS = {
    "person": "PERSON", "recipient": "GROUP", "plaintiff": "PERSON", "role": "ROLE", "date": "DATE",
    "period": "DATE", "court": "COURT",
}  # fmt: skip
_SLOTS = {*_LABELS, "amount", "source", "defendant", *(s for model in BUILT_IN.values() for s in model.slots)}
_FILLER = "The weather over the harbour held all week, and the ferries ran to time. "


def article(
    number: int, sentences: int, own_type: bool = True, padding: int = 1
) -> tuple[Document, list[dict[str, Any]]]:
    """One article and the rows of its claims, one for each sentence."""
    chance = random.Random(number)
    title = f"{chance.choice(FIRMS)} and the long quiet of week {number}"
    text, rows = title + "\n\n", []
    templates = _TEMPLATES if own_type else _TEMPLATES[:-1]
    for index in range(sentences):
        kind, sentence, trigger, sets = templates[(number + index) % len(templates)]
        row, said = _claim(kind, sentence, trigger, sets, len(text), f"a{number:05d}", chance)
        rows.append(row)
        text += said + " " + _FILLER * padding + "\n"
    document = Document(
        id=f"a{number:05d}", title=title, text=text, date="2031-04-05", source="The Harbour Gazette",
        url=f"https://gazette.example/{number}", sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    return document, rows


def _claim(
    kind: str, sentence: str, trigger: str, sets: dict[str, Any], at: int, doc: str, chance: random.Random
) -> tuple[dict[str, Any], str]:
    people, firms = iter(chance.sample(PEOPLE, 3)), iter(chance.sample(FIRMS, 4))
    millions = chance.choice([3, 12, 45, 300])
    fillers = {
        "role": lambda: chance.choice(ROLES), "date": lambda: "since January",
        "period": lambda: "over four years",
        "amount": lambda: f"${millions} million", "recipient": lambda: "at least three engineers",
        "person": lambda: next(people), "plaintiff": lambda: next(people), "source": lambda: next(people),
        "court": lambda: "Harbour Court", "target": lambda: "a ferry terminal",
    }  # fmt: skip
    row: dict[str, Any] = {"id": "", "type": kind, "doc": doc, "certainty": "asserted", **sets}
    said = ""
    for piece in itertools.chain.from_iterable(p.split("}") for p in sentence.split("{")):
        if piece not in _SLOTS:
            said += piece
            continue
        text = fillers.get(piece, lambda: next(firms))()
        span = {"start": at + len(said), "end": at + len(said) + len(text), "text": text}
        if piece == "amount":
            low = None if "up to" in said else millions * 1e6
            row["amount"] = {
                **span, "label": "MONEY", "min": low, "max": millions * 1e6, "currency": "USD",
                "approximate": "about" in said, "also": [],
            }  # fmt: skip
        elif piece == "source":
            row["attribution"] = {"source": {**span, "name": text}, "quoted": False}
        else:
            row[piece] = {**span, "label": _LABELS.get(piece, "ORG"), "name": text}
        said += text
    start = at + said.index(f" {trigger}") + 1
    row["trigger"] = {"start": start, "end": start + len(trigger), "text": trigger}
    row["sentence"] = {"start": at, "end": at + len(said), "text": said}
    row["confidence"] = round(chance.uniform(0.3, 0.99), 2)
    row["rule"] = f"{kind}.{trigger}"
    row["id"] = hashlib.sha256(f"{doc} {kind} {start}".encode()).hexdigest()[:16]
    return row, said


def write_run(folder: Path, articles: Iterable[tuple[Document, list[dict[str, Any]]]]) -> Path:
    """A run folder with these articles and claims."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "documents.jsonl").open("w") as documents, (folder / "claims.jsonl").open("w") as claims:
        for document, rows in articles:
            documents.write(json.dumps(document.row()) + "\n")
            claims.writelines(json.dumps(row) + "\n" for row in rows)
    types = [ClaimType.of(model).row() for model in BUILT_IN.values()] + [LAWSUIT.row()]
    (folder / "run.json").write_text(json.dumps({"version": "0.1.0", "claim_types": types}))
    return folder


def many(
    articles: int, claims_each: int, padding: int = 1
) -> Iterator[tuple[Document, list[dict[str, Any]]]]:
    """As many articles as wanted, one at a time."""
    return (article(number, claims_each, padding=padding) for number in range(1, articles + 1))
