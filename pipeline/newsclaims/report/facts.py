"""All claims of a run in a temporary database, so that memory does not grow with the run."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsclaims.report.words import attributes, credited, one_line, parts, same
from newsclaims.runs import Selection
from newsclaims.schema import Amount, Claim, Document

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32000;
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT, title TEXT, claims INTEGER);
CREATE TABLE claims (
    number INTEGER PRIMARY KEY, id TEXT, type TEXT, kind TEXT, attributes TEXT, article INTEGER,
    certainty TEXT, credited TEXT, credited_key TEXT, parts TEXT, sentence TEXT, confidence REAL, rule TEXT,
    review TEXT, amount TEXT, low REAL, high REAL, currency TEXT, approximate INTEGER
);
CREATE TABLE names (claim INTEGER, slot TEXT, name_key TEXT, name TEXT, label TEXT);
"""
_INDEXES = """
CREATE INDEX claims_of_article ON claims (article);
CREATE INDEX claims_by_credited ON claims (credited_key);
CREATE INDEX names_of_claim ON names (claim, slot);
CREATE INDEX names_by_key ON names (slot, name_key);
"""
_UNNAMED = frozenset({"amount", "date", "period", "stake"})


@contextmanager
def gather(selection: Selection) -> Iterator[sqlite3.Connection]:
    """A database of the selected claims, numbered from 1 in the order of the run; gone at the end."""
    with tempfile.TemporaryDirectory(prefix="newsclaims-report-") as folder:
        db = sqlite3.connect(Path(folder) / "facts.sqlite")
        try:
            db.executescript(_TABLES)
            _fill(db, selection)
            db.executescript(_INDEXES)
            db.row_factory = sqlite3.Row
            yield db
        finally:
            db.close()


def _fill(db: sqlite3.Connection, selection: Selection) -> None:
    number = 0
    for place, (document, claims) in enumerate(selection.articles(), start=1):
        row = (place, document.id, title_of(document), len(claims))
        db.execute("INSERT INTO articles VALUES (?, ?, ?, ?)", row)
        for claim in claims:
            number += 1
            review = selection.verdict(claim).state
            values = _row(number, place, claim, review)
            db.execute(f"INSERT INTO claims VALUES ({', '.join('?' * len(values))})", values)
            db.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", _names(number, claim))


def _row(number: int, article: int, claim: Claim, review: str) -> tuple[Any, ...]:
    amount = getattr(claim, "amount", None)
    money: tuple[Any, ...] = (None, None, None, None, None)
    if isinstance(amount, Amount):
        money = (one_line(amount.text), amount.min, amount.max, amount.currency, amount.approximate)
    source = credited(claim)
    kind = str(getattr(claim, claim.attributes[0])) if claim.attributes else ""
    return (
        number, claim.id, claim.type, kind.replace("_", " "), json.dumps(attributes(claim)), article,
        claim.certainty, source, same(source), json.dumps(parts(claim), ensure_ascii=False),
        one_line(claim.sentence.text), claim.confidence, claim.rule, review, *money,
    )  # fmt: skip


def _names(number: int, claim: Claim) -> Iterator[tuple[int, str, str, str, str | None]]:
    for slot, value in claim.arguments().items():
        if slot not in _UNNAMED and not isinstance(value, Amount) and (name := one_line(value.called)):
            yield number, slot, same(name), name, value.label


def title_of(document: Document) -> str:
    """The title of an article, or the first line of its text, or its id."""
    if document.title and document.title.strip():
        return one_line(document.title)
    first = one_line(document.text[:2000].strip().partition("\n")[0])
    return (first[:119].rstrip() + "…" if len(first) > 120 else first) or one_line(document.id)
