"""What claims are filtered and sorted by, in memory: an array for each column, with a place for each claim.

A filter over 200,000 claims is then a few comparisons of arrays, whatever it asks and however deep in the run
the reviewer is. Claim number ``seq`` of the index has the place ``seq - 1``.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclaims.runs.decisions import STATES

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]

WORDS = ("type", "certainty", "rule", "person", "organisation")
"""Columns of words: what is kept is each word's number."""
ORDERS = (
    "article", "least-certain", "most-certain", "type", "certainty", "rule", "person", "organisation", "state",
)  # fmt: skip
"""The ways of sorting; claims that are alike in it stand as in the text."""


@dataclass(slots=True)
class Facts:
    """What the columns keep of one claim."""

    start: int
    confidence: float
    type: str
    certainty: str
    rule: str
    person: str
    organisation: str

    def row(self) -> list[Any]:
        return [getattr(self, name) for name in self.__slots__]


@dataclass(slots=True)
class Gathered:
    """Columns while an index is built, as they are kept in its file."""

    doc: array[int] = field(default_factory=lambda: array("i"))
    start: array[int] = field(default_factory=lambda: array("i"))
    confidence: array[float] = field(default_factory=lambda: array("d"))
    words: dict[str, array[int]] = field(default_factory=lambda: {name: array("i") for name in WORDS})
    known: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in WORDS})

    def add(self, doc: int, facts: Facts) -> None:
        self.doc.append(doc)
        self.start.append(facts.start)
        self.confidence.append(facts.confidence)
        for name in WORDS:
            known = self.known[name]
            self.words[name].append(known.setdefault(getattr(facts, name), len(known)))

    def save(self, db: sqlite3.Connection) -> None:
        columns: dict[str, array[int] | array[float]] = {
            "doc": self.doc, "start": self.start, "confidence": self.confidence, **self.words,
        }  # fmt: skip
        rows = [
            (name, values.tobytes(), json.dumps(list(self.known.get(name, ()))))
            for name, values in columns.items()
        ]
        db.executemany("INSERT INTO packed VALUES (?, ?, ?)", rows)


class Columns:
    """The columns of an index: as extracted, and as the decisions on single claims left them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        packed = {name: (data, words) for name, data, words in db.execute("SELECT * FROM packed")}

        def column(name: str, kind: str) -> NDArray[Any]:
            return np.frombuffer(packed[name][0], kind).copy()

        self.docs = int(db.execute("SELECT count(*) FROM doc").fetchone()[0])
        """How many articles there are; they are numbered from one."""
        self.doc, self.start = column("doc", "i4"), column("start", "i4")
        self.confidence = column("confidence", "f8")
        self.words = {name: column(name, "i4") for name in WORDS}
        self._known = {
            name: {word: n for n, word in enumerate(json.loads(packed[name][1]))} for name in WORDS
        }
        self.state = np.full(len(self.doc), STATES.index("pending"), "i1")
        self.disputed, self.gone = np.zeros(len(self.doc), bool), np.zeros(len(self.doc), bool)
        self._orders: dict[str, tuple[Places, Places]] = {}
        self._read = 0
        self.catch_up()

    def catch_up(self) -> None:
        """Take in what was decided since, by this server or another."""
        rows = self.db.execute(
            "SELECT n, seq, doc, state, disputed, facts FROM standing WHERE n > ? ORDER BY n", (self._read,)
        )
        for n, seq, doc, state, disputed, facts in rows.fetchall():
            self._put(seq - 1, doc, state, bool(disputed), Facts(*json.loads(facts)) if facts else None)
            self._read = n

    def _put(self, place: int, doc: int, state: str, disputed: bool, facts: Facts | None) -> None:
        if place >= len(self.doc):
            self._grow(place + 1)
        self.gone[place] = facts is None
        if facts is None:
            return
        self.state[place], self.disputed[place] = STATES.index(state), disputed
        self._orders.pop("state", None)
        moved = (self.doc[place], self.start[place]) != (doc, facts.start)
        self.doc[place], self.start[place] = doc, facts.start
        changed = self.confidence[place] != facts.confidence
        self.confidence[place] = facts.confidence
        for name in WORDS:
            known = self._known[name]
            number = known.setdefault(getattr(facts, name), len(known))
            changed |= self.words[name][place] != number
            self.words[name][place] = number
        if moved or changed:
            self._orders.clear()

    def _grow(self, size: int) -> None:
        def grown(column: NDArray[Any]) -> NDArray[Any]:
            return np.append(column, np.zeros(size - len(column), column.dtype))

        before = len(self.doc)
        for name in ("doc", "start", "confidence", "state", "disputed", "gone"):
            setattr(self, name, grown(getattr(self, name)))
        self.gone[before:] = True
        self.words = {name: grown(column) for name, column in self.words.items()}
        self._orders.clear()

    # -- reading

    def standing(self) -> Mask:
        """Claims that are there: all but those added by hand and taken back."""
        return ~self.gone

    def holds(self, name: str, word: str) -> Mask:
        """Claims that have this word in a column."""
        return np.asarray(self.words[name] == self._known[name].get(word, -1))

    def choices(self, name: str) -> list[str]:
        """The words that a column holds, sorted."""
        counts = np.bincount(self.words[name][self.standing()], minlength=len(self._known[name]))
        return sorted(word for word, number in self._known[name].items() if counts[number])

    def tally(self, doc: int | None = None) -> dict[str, int]:
        """How many claims are in each state, in the whole run or in one article."""
        where = self.standing() if doc is None else self.standing() & (self.doc == doc)
        counts = np.bincount(self.state[where], minlength=len(STATES))
        return {state: int(count) for state, count in zip(STATES, counts, strict=True) if count}

    def order(self, sort: str) -> tuple[Places, Places]:
        """All places in an order (see :data:`ORDERS`), and the rank of each place in it."""
        if sort not in self._orders:
            if sort == "article":
                places = np.argsort(self.doc.astype("i8") << 32 | self.start, kind="stable")
            else:
                text, _ = self.order("article")
                places = text[np.argsort(self._key(sort)[text], kind="stable")]
            ranks = np.empty_like(places)
            ranks[places] = np.arange(len(places))
            self._orders[sort] = places, ranks
        return self._orders[sort]

    def _key(self, sort: str) -> NDArray[Any]:
        if sort in ("least-certain", "most-certain"):
            return self.confidence if sort == "least-certain" else -self.confidence
        if sort == "state":
            ranks = np.argsort(np.argsort(STATES))
            return np.asarray(ranks[self.state])
        known = self._known[sort]
        ranks = np.empty(len(known), "i4")
        ranks[[known[word] for word in sorted(known)]] = np.arange(len(known))
        return np.asarray(ranks[self.words[sort]])
