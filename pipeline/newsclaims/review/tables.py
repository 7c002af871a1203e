"""The tables of ``review.sqlite``, and the building of them from a run.

The file is a cache: it can be deleted at any time and is built again, from the run and its reviews. It keeps
places in ``claims.jsonl`` and ``documents.jsonl`` and not their lines, so it stays small.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from newsclaims.errors import InputError
from newsclaims.review.columns import Facts, Gathered
from newsclaims.runs.folder import RunFolder, parse

LAYOUT = "2"
"""Changes with the tables: an index of another layout is built again."""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE doc (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, offset INTEGER NOT NULL,
  length INTEGER NOT NULL
);
CREATE TABLE claim (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, doc INTEGER NOT NULL, id TEXT NOT NULL, offset INTEGER,
  length INTEGER
);
CREATE TABLE packed (name TEXT PRIMARY KEY, data BLOB NOT NULL, words TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE standing (
  n INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL UNIQUE, doc INTEGER NOT NULL,
  state TEXT NOT NULL, disputed INTEGER NOT NULL, facts TEXT
);
CREATE TABLE name (kind TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, seq INTEGER NOT NULL);
CREATE TABLE review (
  n INTEGER PRIMARY KEY, doc TEXT NOT NULL, claim TEXT NOT NULL, reviewer TEXT NOT NULL,
  decision TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0, line TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS remembered (
  doc TEXT NOT NULL, claim TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (doc, claim)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE sentence USING fts5(words, content='', detail='full');
CREATE VIRTUAL TABLE article USING fts5(words, content='', detail='full');
"""
# Columns of all claims as extracted lie in `packed`; what became of single ones stands in `standing`, whose
# rows get a new number with every change, so that each server reads the newest alone.

_INDEXES = (
    "CREATE UNIQUE INDEX doc_id ON doc (id)", "CREATE INDEX claim_id ON claim (id, doc)",
    "CREATE INDEX claim_doc ON claim (doc)",
    "CREATE INDEX name_of ON name (kind, name, seq)", "CREATE INDEX name_seq ON name (seq)",
    "CREATE INDEX review_claim ON review (doc, claim)", "CREATE INDEX review_last ON review (reviewer, n)",
)  # fmt: skip

Progress = Callable[[int, int], None]
"""Told how many bytes are done, of how many."""


def fresh(db: sqlite3.Connection, fingerprint: str) -> bool:
    """Whether the index was built from this very run, by this layout."""
    try:
        meta = dict(db.execute("SELECT key, value FROM meta"))
    except sqlite3.OperationalError:
        return False
    return meta.get("layout") == LAYOUT and meta.get("run") == fingerprint


def build(
    db: sqlite3.Connection, folder: RunFolder, fingerprint: str, tell: Progress, beginning: int | None = None
) -> None:
    """Fill the index anew, inside the transaction that the caller holds. Reviews are not in it yet.

    What decided claims said is kept (``remembered``), so that those which a new extraction lacks
    can be shown.

    Args:
        beginning: take only the articles that begin within so many bytes of the documents, and their claims;
            ``None`` takes all.

    Raises:
        InputError: a line of the run cannot be read; the message names file and line.
    """
    before = folder.documents.stat().st_size
    total = before + folder.claims.stat().st_size
    for table in ("meta", "doc", "claim", "packed", "standing", "name", "review", "sentence", "article"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _TABLES.split(";")[:-1]:
        db.execute(statement)
    try:
        numbers = _documents(db, folder.documents, lambda done: tell(done, total), beginning)
        orphans = _claims(
            db, folder.claims, numbers, lambda done: tell(before + done, total), whole=beginning is None
        )
    except UnicodeEncodeError as error:
        raise InputError(
            f"{folder.path}: the id {error.object!r} holds a lone surrogate; rename it"
        ) from None
    for statement in _INDEXES:
        db.execute(statement)
    meta = {"layout": LAYOUT, "run": fingerprint, "orphans": str(orphans), "journal": "0", "tail": ""}
    db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    tell(total, total)


def _lines(path: Path) -> Iterator[tuple[int, int, int, dict[str, Any]]]:
    """Number, offset, length and value of each line; a torn last line is left out."""
    offset = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    row = parse(line)
                    if not isinstance(row, dict):
                        raise ValueError("no JSON object")
                except ValueError as error:
                    if not line.endswith(b"\n"):
                        return  # the run was stopped while it wrote this
                    raise InputError(f"{path}, line {number}: {error}; extract again") from None
                yield number, offset, len(line), row
            offset += len(line)


def _documents(
    connection: sqlite3.Connection, path: Path, tell: Callable[[int], None], beginning: int | None
) -> dict[str, int]:
    numbers: dict[str, int] = {}
    docs: list[tuple[Any, ...]] = []
    words: list[tuple[int, str]] = []

    def flush() -> None:
        connection.executemany("INSERT INTO doc VALUES (?, ?, ?, ?, ?)", docs)
        connection.executemany("INSERT INTO article (rowid, words) VALUES (?, ?)", words)
        docs.clear()
        words.clear()

    for number, offset, length, row in _lines(path):
        if beginning is not None and offset >= beginning:
            break
        try:
            name, title, text = row["id"], row.get("title") or "", row["text"]
        except KeyError as error:
            raise InputError(f"{path}, line {number}: no {error}; extract again") from None
        n = len(numbers) + 1
        if numbers.setdefault(name, n) != n:
            raise InputError(f"{path}, line {number}: a second article {name!r}; extract again")
        docs.append((n, name, storable(title), offset, length))
        words.append((n, storable(f"{title}\n{text}")))
        if len(docs) >= 500:
            flush()
            tell(offset)
    flush()
    return numbers


def _claims(
    connection: sqlite3.Connection, path: Path, numbers: dict[str, int], tell: Callable[[int], None],
    *, whole: bool,
) -> int:  # fmt: skip
    """Returns how many claims have no article. Claims stand in the order of their articles: where not the
    ``whole`` run is taken, the first without an article ends it."""
    columns = Gathered()
    claims: list[tuple[Any, ...]] = []
    names: list[tuple[str, str, int]] = []
    words: list[tuple[int, str]] = []
    orphans = seq = 0

    def flush() -> None:
        connection.executemany("INSERT INTO claim VALUES (?, ?, ?, ?, ?)", claims)
        connection.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
        connection.executemany("INSERT INTO sentence (rowid, words) VALUES (?, ?)", words)
        claims.clear()
        names.clear()
        words.clear()

    for number, offset, length, row in _lines(path):
        try:
            doc = numbers.get(row["doc"])
            if doc is None and not whole:
                break
            if doc is None:
                orphans += 1
                continue
            seq += 1
            facts, named, text = facts_of(row)
            claims.append((seq, doc, row["id"], offset, length))
        except (KeyError, TypeError) as error:
            raise InputError(f"{path}, line {number}: no claim ({error!r}); extract again") from None
        columns.add(doc, facts)
        names.extend((kind, name, seq) for kind, name in named)
        words.append((seq, text))
        if len(claims) >= 2000:
            flush()
            tell(offset)
    flush()
    columns.save(connection)
    return orphans


_KINDS = {"PERSON": "person", "GROUP": "person", "ORG": "organisation"}


def facts_of(row: dict[str, Any]) -> tuple[Facts, list[tuple[str, str]], str]:
    """What the index keeps of a claim: its columns, its names by kind, its words."""
    names: list[tuple[str, str]] = []
    spoken = [row["sentence"]["text"]]
    for value in row.values():
        if isinstance(value, dict) and (label := value.get("label")):
            name = value.get("name") or value["text"]
            spoken.append(name)
            if kind := _KINDS.get(label):
                names.append((kind, storable(name)))
    first = dict(reversed(names))
    facts = Facts(
        row["trigger"]["start"], row["confidence"], row["type"], row.get("certainty") or "asserted",
        row["rule"], first.get("person", ""), first.get("organisation", ""),
    )  # fmt: skip
    return facts, names, storable("\n".join(spoken))


def storable(text: str) -> str:
    """Text that SQLite can keep: lone surrogates and NULs, which it cannot, become question marks."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")
