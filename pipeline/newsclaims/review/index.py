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
from newsclaims.review.columns import Columns, Facts
from newsclaims.review.queries import Sets
from newsclaims.runs.decisions import WHOLE_ARTICLE, Verdict, fold
from newsclaims.runs.folder import RunFolder, line_at
from newsclaims.runs.journal import Journal
from newsclaims.schema import Review

_TAIL = 256
"""Bytes before the point read up to whose digest tells whether the journal is still the same file."""


class Index:
    """SQLite over one run. All methods that read or write hold :attr:`lock`, so threads may share it.

    Two servers may review one run: each applies the lines that the other appended, once.

    Args:
        tell: told how far the building of the index is, where it has to be built.
        beginning: have no wait: where the index of a large run has to be built, index in memory the articles
            that begin within so many bytes, and leave the rest to :meth:`complete`.
    """

    def __init__(
        self, folder: RunFolder, tell: tables.Progress = lambda _done, _total: None,
        beginning: int | None = None,
    ) -> None:  # fmt: skip
        self.folder, self.journal = folder, Journal(folder.reviews)
        self.lock = threading.RLock()
        self.damaged = 0
        self._seen: tuple[int, int, int] | None = None
        self._version: tuple[int] | None = None
        self.partial = beginning is not None and self._large(beginning) and not self._is_built()
        self._use(self._begin(beginning or 0) if self.partial else self._open(tell))
        self.sync()

    def close(self) -> None:
        with self.lock:
            self.db.close()

    def complete(self, tell: tables.Progress = lambda _done, _total: None) -> None:
        """Index the whole run, where only its beginning is. Whoever uses this index goes on meanwhile."""
        if not self.partial:
            return
        whole = Index(self.folder, tell)
        with self.lock:
            if not self.partial:  # the run was extracted anew meanwhile
                whole.close()
                return
            self.db.close()
            self.partial, self._seen, self.damaged = False, whole._seen, whole.damaged
            self._use(whole.db)
            self.sync()

    def sync(self) -> bool:
        """Take in what changed on the disk: lines that others appended, or (then true) a new extraction."""
        with self.lock:
            if anew := self._run != self.folder.fingerprint():
                self.db.close()
                self.partial, self._seen = False, None
                self._use(self._open())
            version = self.db.execute("PRAGMA data_version").fetchone()
            if version != self._version:  # another server wrote to the index
                self.sets.forget()
                self.columns.catch_up()
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

    def _use(self, db: sqlite3.Connection) -> None:
        self.db, self.sets, self.columns = db, Sets(db), Columns(db)
        self._run = self._meta("run")

    def _large(self, beginning: int) -> bool:
        return self.folder.documents.stat().st_size > beginning

    def _is_built(self) -> bool:
        """Whether the file holds the index of this very run."""
        if not self.folder.index.exists():
            return False
        try:
            with contextlib.closing(sqlite3.connect(self.folder.index, timeout=60)) as db:
                return tables.fresh(db, self.folder.fingerprint())
        except sqlite3.DatabaseError:
            return False

    def _begin(self, beginning: int) -> sqlite3.Connection:
        """An index of the run's beginning, in memory."""
        db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        with _transaction(db):
            tables.build(db, self.folder, self.folder.fingerprint(), lambda _done, _total: None, beginning)
        return db

    def _open(self, tell: tables.Progress = lambda _done, _total: None) -> sqlite3.Connection:
        try:
            return self._connect(tell)
        except sqlite3.DatabaseError as error:
            if isinstance(
                error, sqlite3.OperationalError
            ):  # locked, full, or not to be written: no fault of the file
                raise
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self.folder.index}{suffix}").unlink(missing_ok=True)
            return self._connect(tell)

    def _connect(self, tell: tables.Progress) -> sqlite3.Connection:
        db = sqlite3.connect(self.folder.index, check_same_thread=False, isolation_level=None, timeout=60)
        try:
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536"):
                db.execute(f"PRAGMA {pragma}")
            fingerprint = self.folder.fingerprint()
            if not tables.fresh(db, fingerprint):
                with _transaction(db):
                    if not tables.fresh(db, fingerprint):  # another server may have built it meanwhile
                        tables.build(db, self.folder, fingerprint, tell)
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
        self.columns.catch_up()

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
        known = self.db.execute("SELECT n FROM doc WHERE id = ?", (doc,)).fetchone()
        if known is None:
            return
        number = int(known[0])
        place = self.place(doc, claim)
        seq = place[0] if place else None
        original = self.original(doc, claim)
        row = verdict.edited or original
        if row is None or (original is None and not self._fits(row)):
            if seq is not None:  # a claim made by hand, which was taken back
                self._name(seq, [])
                self.db.execute("DELETE FROM claim WHERE seq = ?", (seq,))
                self._stand(seq, number, verdict, None)
            return
        facts, names, words = tables.facts_of(row)
        if seq is None:
            seq = self._insert(number, claim, words)
        self._stand(seq, number, verdict, facts)
        self._name(seq, names)
        if verdict.state != "pending":
            self.db.execute(
                "INSERT OR REPLACE INTO remembered VALUES (?, ?, ?)", (doc, claim, json.dumps(row))
            )

    def _insert(self, doc: int, claim: str, words: str) -> int:
        """A place for a claim made by hand."""
        self.db.execute("INSERT INTO claim (doc, id) VALUES (?, ?)", (doc, claim))
        seq = int(self.db.execute("SELECT last_insert_rowid()").fetchone()[0])
        self.db.execute("INSERT INTO sentence (rowid, words) VALUES (?, ?)", (seq, words))
        self.sets.forget()
        return seq

    def _stand(self, seq: int, doc: int, verdict: Verdict, facts: Facts | None) -> None:
        """Note how a claim stands now, for the columns of this server and of others."""
        self.db.execute(
            "INSERT OR REPLACE INTO standing (seq, doc, state, disputed, facts) VALUES (?, ?, ?, ?, ?)",
            (seq, doc, verdict.state, verdict.disputed, json.dumps(facts.row()) if facts else None),
        )

    def _name(self, seq: int, names: list[tuple[str, str]]) -> None:
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

    def place(self, doc: str, claim: str) -> tuple[int, int | None, int | None] | None:
        """Number of a claim, and offset and length of its line, which one that was added by hand lacks."""
        with self.lock:
            row: tuple[int, int | None, int | None] | None = self.db.execute(
                "SELECT seq, offset, length FROM claim WHERE id = ? AND doc = (SELECT n FROM doc WHERE id = ?)",
                (claim, doc),
            ).fetchone()
        return row

    def original(self, doc: str, claim: str) -> dict[str, Any] | None:
        """The claim as extracted; ``None`` for one that was added by hand, or is no longer there."""
        match self.place(doc, claim):
            case _, int(offset), int(length):
                found: dict[str, Any] = line_at(self.folder.claims, offset, length)
                return found
        return None


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
