"""Filters over the claims of an index, and walks through those that pass one."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, fields, replace
from typing import Any, Literal
from urllib.parse import urlencode

import numpy as np

from newsclaims.review.columns import ORDERS, Columns, Mask, Places
from newsclaims.runs.decisions import STATES


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims to walk through, and in which order. Empty fields do not filter."""

    q: str = ""
    scope: str = ""
    """``article``: search the whole articles; otherwise the sentences and names of the claims."""
    type: str = ""
    certainty: str = ""
    state: str = ""
    rule: str = ""
    person: str = ""
    organisation: str = ""
    article: str = ""
    low: float | None = None
    high: float | None = None
    sort: str = "article"

    @classmethod
    def of(cls, given: dict[str, str]) -> Filter:
        """A filter from the parameters of an address; what is not understood is left out."""
        known = {f.name: given[f.name].strip() for f in fields(cls) if given.get(f.name, "").strip()}
        values: dict[str, Any] = {k: v for k, v in known.items() if k not in ("low", "high")}
        for bound in ("low", "high"):
            try:
                values[bound] = float(known[bound])
            except (KeyError, ValueError):
                continue
        if values.get("sort") not in ORDERS:
            values.pop("sort", None)
        return cls(**values)

    def parameters(self) -> dict[str, str]:
        """The fields that are not as they are by default, for an address."""
        blank = Filter()
        return {
            f.name: f"{value:g}" if isinstance(value, float) else value
            for f in fields(self)
            if (value := getattr(self, f.name)) != getattr(blank, f.name)
        }

    def active(self) -> dict[str, str]:
        """The parameters that leave claims out."""
        return {k: v for k, v in self.parameters().items() if k not in ("sort", "scope")}

    def without(self, name: str) -> Filter:
        return replace(self, **{name: getattr(Filter(), name)})

    def queue(self) -> Filter:
        """The same claims, the least certain first."""
        return replace(self, sort="least-certain")

    def address(self, **more: str) -> str:
        """Address of the page under this filter."""
        return "/?" + urlencode({**self.parameters(), **more})

    def passing(self, columns: Columns) -> Mask:
        """The claims that pass, but for :meth:`lookups`."""
        passing = columns.standing()
        for name in ("type", "certainty", "rule"):
            if word := getattr(self, name):
                passing &= columns.holds(name, word)
        if self.state == "disputed":
            passing &= columns.disputed
        elif self.state:
            passing &= columns.state == (STATES.index(self.state) if self.state in STATES else -1)
        if self.low is not None:
            passing &= columns.confidence >= self.low
        if self.high is not None:
            passing &= columns.confidence <= self.high
        if self.q and not fts(self.q):
            passing[:] = False
        return passing

    def lookups(self) -> list[tuple[Literal["seq", "doc"], str, tuple[str, ...]]]:
        """Sets that the claims are looked up in: the column, the query of the set, what it is asked."""
        found: list[tuple[Literal["seq", "doc"], str, tuple[str, ...]]] = [
            ("seq", "SELECT DISTINCT seq FROM name WHERE kind = ? AND name = ?", (kind, value))
            for kind in ("person", "organisation")
            if (value := getattr(self, kind))
        ]
        if words := fts(self.q):
            if self.scope == "article":
                found.append(("doc", "SELECT rowid FROM article WHERE article MATCH ?", (words,)))
            else:
                found.append(("seq", "SELECT rowid FROM sentence WHERE sentence MATCH ?", (words,)))
        if self.article:
            found.append(("doc", "SELECT n FROM doc WHERE id = ?", (self.article,)))
        return found


def fts(query: str) -> str:
    """A user's words as a full-text query: all must occur, the last may be a beginning, "…" is a phrase."""
    terms = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', query)]
    terms = [term for term in terms if re.search(r"\w", term)]
    quoted = [f'"{term}"' for term in terms]
    if quoted and not query.rstrip().endswith('"'):
        quoted[-1] += "*"
    return " ".join(quoted)


class Sets:
    """Results of searches, each kept while it is walked through: a view asks several questions of one search."""

    SIZE = 8

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._found: dict[tuple[str, tuple[str, ...]], Places] = {}

    def find(self, query: str, asked: tuple[str, ...]) -> Places:
        """The numbers that a query finds."""
        key = query, asked
        found = self._found.pop(key, None)
        if found is None:
            found = np.fromiter((number for (number,) in self.db.execute(query, asked)), np.intp)
        self._found[key] = found  # the newest stands last
        while len(self._found) > self.SIZE:
            self._found.pop(next(iter(self._found)))
        return found

    def forget(self) -> None:
        """Look up anew: names or sentences changed."""
        self._found.clear()


class Walk:
    """Steps through the claims of a filter, in its order. Claims are named by their number, ``seq``.

    Args:
        sets: finds what the filter looks claims up in (see :class:`Sets`).
    """

    def __init__(self, columns: Columns, chosen: Filter, sets: Sets) -> None:
        self.columns, self.chosen = columns, chosen
        self._passing = chosen.passing(columns)
        for column, query, asked in chosen.lookups():
            numbers = sets.find(query, asked)
            places = columns.doc if column == "doc" else np.arange(1, len(columns.doc) + 1)
            named = np.zeros(1 + max(places.max(initial=0), numbers.max(initial=0)), bool)
            named[numbers] = True
            self._passing &= named[places]
        order, self._ranks = columns.order(chosen.sort)
        self._order = order[self._passing[order]]

    def count(self) -> int:
        """How many claims there are in all."""
        return len(self._order)

    def position(self, seq: int) -> int:
        """How many claims stand before this one, which need not pass the filter."""
        return int(np.searchsorted(self._ranks[self._order], self._ranks[seq - 1]))

    def first(self) -> int | None:
        return self._at(0)

    def step(self, seq: int, *, back: bool = False) -> int | None:
        """The claim after this one, or before it; this one need not pass the filter."""
        at = self.position(seq)
        if back:
            return self._at(at - 1)
        return self._at(at + 1 if self._at(at) == seq else at)

    def article(self, doc: int, *, back: bool = False) -> int | None:
        """Number of the next article (or the one before) that has claims of the filter.

        Without a filter, every article counts: one without a claim may lack some.
        """
        if not self.chosen.active():
            beside = doc - 1 if back else doc + 1
            return beside if 1 <= beside <= self.columns.docs else None
        docs = self.columns.doc[self._order]
        docs = docs[docs < doc] if back else docs[docs > doc]
        if not len(docs):
            return None
        return int(docs.max() if back else docs.min())

    def of_article(self, doc: int) -> list[int]:
        """The claims of one article that pass the filter, in text order."""
        return in_text_order(self.columns, self._passing & (self.columns.doc == doc))

    def _at(self, index: int) -> int | None:
        return int(self._order[index]) + 1 if 0 <= index < len(self._order) else None


def in_text_order(columns: Columns, mask: Mask) -> list[int]:
    """The claims of a mask (few), as they stand in the text."""
    places = np.flatnonzero(mask)
    return [int(place) + 1 for place in places[np.argsort(columns.start[places], kind="stable")]]


def names(db: sqlite3.Connection, kind: str, beginning: str, limit: int = 12) -> list[str]:
    """Names of people or organisations in claims that begin so."""
    rows = db.execute(
        "SELECT DISTINCT name FROM name WHERE kind = ? AND name >= ? AND name < ? ORDER BY name LIMIT ?",
        (kind, beginning, beginning + "\U0010ffff", limit),
    )
    return [name for (name,) in rows]


def articles(db: sqlite3.Connection, words: str, limit: int = 12) -> list[tuple[str, str]]:
    """Ids and titles of articles whose id or title holds the words."""
    rows = db.execute(
        "SELECT id, title FROM doc WHERE id LIKE ?1 ESCAPE '\\' OR title LIKE ?1 ESCAPE '\\'"
        " ORDER BY n LIMIT ?2",
        ("%" + re.sub(r"([\\%_])", r"\\\1", words) + "%", limit),
    )
    return rows.fetchall()
