"""What a run has already done, kept beside its results so that a killed run goes on where it stopped.

A SQLite file holds one row for each item of the input, in input order: the digest of the item and where its
bytes end in the result files. The files are written first and the rows committed after, so whatever the files
hold beyond the last row is cut off when the next run begins. Results that are no longer at their place, since
something before them changed, are kept aside by digest until the run is complete.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from newsclaims.batch.worker import Found
from newsclaims.errors import NewsclaimsError

_TABLES = """
create table if not exists about (key text primary key, value text);
create table if not exists item (
    number integer primary key, digest text, words integer, claims text, error text, own integer,
    claims_end integer, documents_end integer, failures_end integer);
create table if not exists aside (digest text primary key, words integer, claims text, lines blob);
"""


class DamagedLedgerError(NewsclaimsError):
    """The ledger's file is no ledger any more."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Sizes of the result files, in bytes."""

    claims: int = 0
    documents: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """An item that an earlier run has done. ``own`` says that the pipeline failed on it, not the reader."""

    digest: str
    found: Found
    own: bool


class Ledger:
    """The record of one results folder; only one run at a time can hold it open.

    Raises:
        DamagedLedgerError: the file is damaged.
        NewsclaimsError: another run holds it, or it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise _refusal(path, error) from None
        try:
            self._db.execute("pragma locking_mode = exclusive")
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = full")
            self._db.executescript(_TABLES)
            self._db.execute("begin immediate")
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise _refusal(path, error) from None

    def commit(self) -> None:
        """Make all that was recorded lasting. The result files must be on disk before this is called."""
        self._db.execute("commit")
        self._db.execute("begin immediate")

    def take_back(self) -> Ends:
        """Drop what was recorded since the last commit; returns where the files end after what is left."""
        with suppress(sqlite3.OperationalError):  # on a full disk SQLite has rolled back by itself
            self._db.execute("rollback")
        return self.ends()

    def forget(self) -> None:
        """Begin anew: all that was recorded is gone with the next commit."""
        for table in ("about", "item", "aside"):
            self._db.execute(f"delete from {table}")

    def close(self) -> None:
        with suppress(sqlite3.OperationalError):  # on a full disk SQLite has rolled back by itself
            self._db.execute("rollback")
        self._db.close()

    def __getitem__(self, key: str) -> str | None:
        row = self._db.execute("select value from about where key = ?", (key,)).fetchone()
        return row[0] if row else None

    def __setitem__(self, key: str, value: str) -> None:
        self._db.execute("insert or replace into about values (?, ?)", (key, value))

    def add(self, number: int, digest: str, found: Found, own: bool, ends: Ends) -> None:
        """Record the result of an item and where the files end after it."""
        claims = json.dumps(found.claims) if found.claims else ""
        row = (number, digest, found.words, claims, found.error, own, *astuple(ends))
        self._db.execute("insert into item values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if found.known:
            self._db.execute("delete from aside where digest = ?", (digest,))

    def kept(self) -> Iterator[Kept]:
        """The items done, in order, without their lines."""
        rows = self._db.execute("select digest, words, claims, error, own from item order by number")
        for digest, words, claims, error, own in rows:
            yield Kept(digest, Found(b"", _counts(claims), words, error), bool(own))

    def articles(self) -> int:
        """Number of articles whose results are there, in place or aside."""
        count: int = self._db.execute(
            "select (select count(*) from item where error is null) + (select count(*) from aside)"
        ).fetchone()[0]
        return count

    def ends(self) -> Ends:
        """Where the files end after the last item done."""
        return self._ends_before(self._count())

    def forget_beyond(self, sizes: Ends) -> None:
        """Drop items whose bytes a crash of the machine has taken from the files."""
        self._db.execute(
            "delete from item where claims_end > ? or documents_end > ? or failures_end > ?",
            astuple(sizes),
        )

    def set_aside(self, number: int, claims: Path) -> Ends:
        """Take the items from ``number`` on out of their places; from now on, they are found by digest.

        Returns the ends of the files after the items that stay. The files are to be cut there afterwards.
        """
        ends = self._ends_before(number)
        start = ends.claims
        rows = self._db.execute(
            "select digest, words, claims, error, claims_end from item where number >= ? order by number",
            (number,),
        )
        with claims.open("rb") as file:
            for digest, words, counts, error, end in rows:
                if not error:
                    file.seek(start)
                    row = (digest, words, counts, file.read(end - start))
                    self._db.execute("insert or replace into aside values (?, ?, ?, ?)", row)
                start = end
        self._db.execute("delete from item where number >= ?", (number,))
        self.commit()
        return ends

    def aside(self, digest: str) -> Found | None:
        """The result of an article that was set aside, if there is one."""
        row = self._db.execute(
            "select words, claims, lines from aside where digest = ?", (digest,)
        ).fetchone()
        return Found(row[2], _counts(row[1]), row[0], known=True) if row else None

    def drop_aside(self) -> None:
        """Give the room of results set aside back; called when a run is complete."""
        if self._db.execute("delete from aside").rowcount:
            self._db.execute("commit")
            self._db.execute("vacuum")
            self._db.execute("begin immediate")

    def _count(self) -> int:
        number: int = self._db.execute("select coalesce(max(number), -1) + 1 from item").fetchone()[0]
        return number

    def _ends_before(self, number: int) -> Ends:
        row = self._db.execute(
            "select claims_end, documents_end, failures_end from item where number = ?", (number - 1,)
        ).fetchone()
        return Ends(*row) if row else Ends()


def _counts(text: str) -> Counter[str]:
    return Counter(json.loads(text)) if text else Counter()


def _refusal(path: Path, error: sqlite3.Error) -> NewsclaimsError:
    """Why the file cannot be a ledger, in words."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of the number says which kind of it
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return NewsclaimsError(
            f"another run is writing into {path.parent.parent}; wait for it, or choose another folder"
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedLedgerError(f"{path} is damaged ({error}); run again with --fresh to start over")
    return NewsclaimsError(f"{path.parent.parent} cannot be written ({error}); choose another with -o")
