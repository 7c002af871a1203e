"""The index beside a run: built when missing or stale, and kept in step with ``reviews.jsonl``."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsclaims.review import tables
from newsclaims.review.decisions import WHOLE_ARTICLE, Verdict, fold
from newsclaims.review.folder import RunFolder, line_at
from newsclaims.review.journal import Journal
from newsclaims.review.queries import Sets
from newsclaims.schema import Review

_TAIL = 256
"""Bytes before the point read up to whose digest tells whether the journal is still the same file."""


class Index:
    """SQLite over one run. All methods that read or write hold :attr:`lock`, so threads may share it.

    Two servers may review one run: each applies the lines that the other appended, once.
    """

    def __init__(self, folder: RunFolder, tell: tables.Progress = lambda _done, _total: None) -> None:
        self.folder, self.journal, self.tell = folder, Journal(folder.reviews), tell
        self.lock = threading.RLock()
        self.damaged = 0
        self._seen: tuple[int, int, int] | None = None
        self._version: tuple[int] | None = None
        self.db = self._open()
        self.sets = Sets(self.db)
        self.sync()

    def close(self) -> None:
        with self.lock:
            self.db.close()

    def sync(self) -> bool:
        """Take in what changed on the disk: lines that others appended, or (then true) a new extraction."""
        with self.lock:
            if anew := self._meta("run") != self.folder.fingerprint():
                self.db.close()
                self.db, self._seen = self._open(), None
                self.sets = Sets(self.db)
            version = self.db.execute("PRAGMA data_version").fetchone()
            if version != self._version:  # another server wrote to the index
                self.sets.forget()
                self._version = version
            now = _stat(self.folder.reviews)
            if now != self._seen:
                self._apply()
                self._seen = now
            return anew

    @property
    def orphans(self) -> int:
        """Claims left out because their article is not among the documents."""
        return int(self._meta("orphans"))

    # -- opening and building

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError as error:
            if isinstance(
                error, sqlite3.OperationalError
            ):  # locked, full, or not to be written: no fault of the file
                raise
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self.folder.index}{suffix}").unlink(missing_ok=True)
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.folder.index, check_same_thread=False, isolation_level=None, timeout=60)
        try:
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536"):
                db.execute(f"PRAGMA {pragma}")
            fingerprint = self.folder.fingerprint()
            if not tables.fresh(db, fingerprint):
                with _transaction(db):
                    if not tables.fresh(db, fingerprint):  # another server may have built it meanwhile
                        tables.build(db, self.folder, fingerprint, self.tell)
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except BaseException:
            db.close()
            raise
        return db

    def _meta(self, key: str) -> str:
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    # -- the journal

    def _apply(self) -> None:
        """Apply the lines of the journal after the point read up to; all of them where it was replaced."""
        with _transaction(self.db):
            offset = int(self._meta("journal"))
            if offset and _tail(self.folder.reviews, offset) != self._meta("tail"):
                self._forget()
                offset = self.damaged = 0
            touched: dict[tuple[str, str], None] = {}
            for end, review in self.journal.read(offset):
                offset = end
                if review is None:
                    self.damaged += 1
                    continue
                self._note(review)
                touched[review.doc, review.claim] = None
            for doc, claim in touched:
                if claim != WHOLE_ARTICLE:
                    self._refresh(doc, claim)
            self.db.executemany(
                "UPDATE meta SET value = ? WHERE key = ?",
                [(str(offset), "journal"), (_tail(self.folder.reviews, offset), "tail")],
            )

    def _forget(self) -> None:
        touched = self.db.execute("SELECT DISTINCT doc, claim FROM review WHERE claim != ''").fetchall()
        self.db.execute("DELETE FROM review")
        for doc, claim in touched:
            self._refresh(doc, claim)

    def _note(self, review: Review) -> None:
        if review.decision == "undone":
            self.db.execute(
                "UPDATE review SET undone = 1 WHERE n ="
                " (SELECT max(n) FROM review WHERE doc = ? AND claim = ? AND reviewer = ?"
                " AND undone = 0 AND decision != 'undone')",
                (review.doc, review.claim, review.reviewer),
            )
        self.db.execute(
            "INSERT INTO review (doc, claim, reviewer, decision, line) VALUES (?, ?, ?, ?, ?)",
            (review.doc, review.claim, review.reviewer, review.decision, json.dumps(review.row())),
        )

    def _refresh(self, doc: str, claim: str) -> None:
        """Bring the row of a claim in line with its reviews."""
        verdict = self.verdict(doc, claim)
        found = self.db.execute(
            "SELECT seq, offset, length FROM claim WHERE id = ? AND doc = (SELECT n FROM doc WHERE id = ?)",
            (claim, doc),
        ).fetchone()
        seq = found[0] if found else None
        original = line_at(self.folder.claims, *found[1:]) if found and found[1] is not None else None
        row = verdict.edited or original
        if row is None or (original is None and not self._fits(row)):
            self._name(seq, [])
            self.db.execute("DELETE FROM claim WHERE seq = ?", (seq,))
            return
        facts, names, words = tables.facts_of(row)
        if seq is None:
            seq = self.db.execute(
                f"INSERT INTO claim (doc, {tables.FACTS})"
                " SELECT n, ?, ?, ?, ?, ?, ?, ?, ? FROM doc WHERE id = ?",
                (*facts, doc),
            ).lastrowid
            self.db.execute("INSERT INTO sentence (rowid, words) VALUES (?, ?)", (seq, words))
            self.sets.forget()
        self.db.execute(
            f"UPDATE claim SET ({tables.FACTS}, state, disputed) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " WHERE seq = ?",
            (*facts, verdict.state, verdict.disputed, seq),
        )
        self._name(seq, names)
        if verdict.state != "pending":
            self.db.execute(
                "INSERT OR REPLACE INTO remembered VALUES (?, ?, ?)", (doc, claim, json.dumps(row))
            )

    def _name(self, seq: int | None, names: list[tuple[str, str]]) -> None:
        """Have the claim found under these names and no others."""
        before = self.db.execute(
            "SELECT kind, name FROM name WHERE seq = ? ORDER BY rowid", (seq,)
        ).fetchall()
        if before != names:
            self.db.execute("DELETE FROM name WHERE seq = ?", (seq,))
            self.db.executemany(
                "INSERT INTO name VALUES (?, ?, ?)", [(kind, name, seq) for kind, name in names]
            )
            self.sets.forget()

    def _fits(self, row: dict[str, Any]) -> bool:
        """Whether a claim made by hand still stands in its article's text."""
        text = self.text(row["doc"])
        spans = [v for v in row.values() if isinstance(v, dict) and "start" in v]
        return text is not None and all(text[s["start"] : s["end"]] == s["text"] for s in spans)

    # -- reading

    def verdict(self, doc: str, claim: str) -> Verdict:
        """What stands for one claim."""
        return fold(self.reviews(doc, claim))

    def reviews(self, doc: str, claim: str) -> list[Review]:
        """Every line about a claim, oldest first."""
        with self.lock:
            rows = self.db.execute(
                "SELECT line FROM review WHERE doc = ? AND claim = ? ORDER BY n", (doc, claim)
            ).fetchall()
        return [Review.model_validate(json.loads(line)) for (line,) in rows]

    def document(self, doc: str) -> dict[str, Any] | None:
        """The article's line of ``documents.jsonl``."""
        with self.lock:
            row = self.db.execute("SELECT offset, length FROM doc WHERE id = ?", (doc,)).fetchone()
        found: dict[str, Any] | None = line_at(self.folder.documents, *row) if row else None
        return found

    def text(self, doc: str) -> str | None:
        found = self.document(doc)
        return None if found is None else str(found["text"])

    def original(self, doc: str, claim: str) -> dict[str, Any] | None:
        """The claim as extracted; ``None`` for one that was added by hand, or is no longer there."""
        with self.lock:
            row = self.db.execute(
                "SELECT offset, length FROM claim WHERE id = ? AND doc = (SELECT n FROM doc WHERE id = ?)",
                (claim, doc),
            ).fetchone()
        found: dict[str, Any] | None = None
        if row and row[0] is not None:
            found = line_at(self.folder.claims, *row)
        return found


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def _tail(path: Path, offset: int) -> str:
    """Digest of the bytes before ``offset``; empty where the file is shorter than that."""
    if not offset or not path.exists() or path.stat().st_size < offset:
        return ""
    with path.open("rb") as file:
        file.seek(max(0, offset - _TAIL))
        return hashlib.sha256(file.read(min(_TAIL, offset))).hexdigest()


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
