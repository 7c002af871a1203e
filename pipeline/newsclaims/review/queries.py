"""Filters and orders over the claims of an index, as SQL."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from newsclaims.review.tables import ORDERS


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

    def where(self) -> tuple[str, list[Any]]:
        """An SQL condition on ``claim``, but for :meth:`lookups`, and what fills its placeholders."""
        tests: list[str] = []
        values: list[Any] = []

        def test(sql: str, *given: Any) -> None:
            tests.append(sql)
            values.extend(given)

        for column in ("type", "certainty", "rule"):
            if value := getattr(self, column):
                test(f"{column} = ?", value)
        if self.state == "disputed":
            test("disputed")
        elif self.state:
            test("state = ?", self.state)
        if self.low is not None:
            test("confidence >= ?", self.low)
        if self.high is not None:
            test("confidence <= ?", self.high)
        if self.article:
            test("doc = (SELECT n FROM doc WHERE id = ?)", self.article)
        if self.q and not fts(self.q):
            test("0")
        return " AND ".join(tests) or "1", values

    def lookups(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Sets that the claims are looked up in: the column, the query of the set, what it is asked."""
        found: list[tuple[str, str, tuple[str, ...]]] = [
            ("seq", "SELECT DISTINCT seq FROM name WHERE kind = ? AND name = ?", (kind, value))
            for kind in ("person", "organisation")
            if (value := getattr(self, kind))
        ]
        if words := fts(self.q):
            column, table = ("doc", "article") if self.scope == "article" else ("seq", "sentence")
            found.append((column, f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (words,)))
        return found


def fts(query: str) -> str:
    """A user's words as a full-text query: all must occur, the last may be a beginning, "…" is a phrase."""
    terms = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', query)]
    terms = [term for term in terms if re.search(r"\w", term)]
    quoted = [f'"{term}"' for term in terms]
    if quoted and not query.rstrip().endswith('"'):
        quoted[-1] += "*"
    return " ".join(quoted)


_LARGE = 1000


class Sets:
    """Results of searches, each kept in a temporary table while it is walked through.

    A view asks half a dozen questions of the same search: a common word is then looked up once.
    """

    SIZE = 8

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._tables: dict[tuple[str, tuple[str, ...]], tuple[str, int]] = {}
        self._made = 0

    def table(self, query: str, asked: tuple[str, ...]) -> tuple[str, int]:
        """Name of the table with what a query finds, and how many rows it has."""
        key = (query, asked)
        found = self._tables.pop(key, None)
        if found is None:
            self._made += 1
            name = f"temp.found_{self._made}"
            self.db.execute(f"CREATE TABLE {name} (n INTEGER PRIMARY KEY)")
            found = name, self.db.execute(f"INSERT INTO {name} {query}", asked).rowcount
        self._tables[key] = found  # the newest stands last
        while len(self._tables) > self.SIZE:
            self.db.execute(f"DROP TABLE {self._tables.pop(next(iter(self._tables)))[0]}")
        return found

    def forget(self) -> None:
        """Drop all: names or sentences changed."""
        for name, _ in self._tables.values():
            self.db.execute(f"DROP TABLE {name}")
        self._tables.clear()


class Walk:
    """Steps through the claims of a filter, in its order.

    Args:
        sets: keeps the sets that filters look claims up in (see :class:`Sets`).
    """

    def __init__(self, db: sqlite3.Connection, chosen: Filter, sets: Sets) -> None:
        self.db, self.chosen = db, chosen
        self.columns = ORDERS[chosen.sort]
        self.where, self.values = chosen.where()
        for column, query, asked in chosen.lookups():
            name, size = sets.table(query, asked)
            # The plus sign keeps SQLite from starting at a large set: walking in order, it stops soon.
            self.where += f" AND {'+' if size > _LARGE else ''}{column} IN (SELECT n FROM {name})"

    def count(self) -> int:
        """How many claims there are in all."""
        return self._number(f"SELECT count(*) FROM claim WHERE {self.where}", self.values)

    def position(self, seq: int) -> int:
        """How many claims stand before this one."""
        key = ", ".join(self.columns)
        return self._number(
            f"SELECT count(*) FROM claim WHERE {self.where} AND ({key}) <"
            f" (SELECT {key} FROM claim WHERE seq = ?)",
            [*self.values, seq],
        )

    def first(self) -> int | None:
        return self._seq(f"SELECT seq FROM claim WHERE {self.where} {self._order()} LIMIT 1", self.values)

    def step(self, seq: int, *, back: bool = False) -> int | None:
        """The claim after this one, or before it; this one need not pass the filter."""
        key = ", ".join(self.columns)
        return self._seq(
            f"SELECT seq FROM claim WHERE {self.where} AND ({key}) {'<' if back else '>'}"
            f" (SELECT {key} FROM claim WHERE seq = ?) {self._order(back)} LIMIT 1",
            [*self.values, seq],
        )

    def article(self, doc: int, *, back: bool = False) -> int | None:
        """Number of the next article (or the one before) that has claims of the filter.

        Without a filter, every article counts: one without a claim may lack some.
        """
        sign, order = ("<", "DESC") if back else (">", "ASC")
        if not self.chosen.active():
            return self._seq(f"SELECT n FROM doc WHERE n {sign} ? ORDER BY n {order} LIMIT 1", [doc])
        return self._seq(
            f"SELECT doc FROM claim WHERE {self.where} AND doc {sign} ? ORDER BY doc {order} LIMIT 1",
            [*self.values, doc],
        )

    def of_article(self, doc: int) -> list[int]:
        """The claims of one article that pass the filter, in text order."""
        rows = self.db.execute(
            f"SELECT seq FROM claim WHERE {self.where} AND doc = ? ORDER BY doc, start, seq",
            [*self.values, doc],
        )
        return [seq for (seq,) in rows]

    def _order(self, back: bool = False) -> str:
        return "ORDER BY " + ", ".join(f"{column} {'DESC' if back else 'ASC'}" for column in self.columns)

    def _number(self, sql: str, values: list[Any]) -> int:
        return int(self.db.execute(sql, values).fetchone()[0])

    def _seq(self, sql: str, values: list[Any]) -> int | None:
        row = self.db.execute(sql, values).fetchone()
        return int(row[0]) if row else None


def choices(db: sqlite3.Connection) -> dict[str, list[str]]:
    """The values that the plain filters can take."""
    return {
        column: [str(value) for (value,) in _distinct(db, column)] for column in ("type", "certainty", "rule")
    }


def _distinct(db: sqlite3.Connection, column: str) -> Iterator[tuple[Any]]:
    # A loose scan: one step of the index per value, not one per claim.
    return iter(
        db.execute(
            f"WITH RECURSIVE v(x) AS (SELECT min({column}) FROM claim UNION ALL"
            f" SELECT (SELECT min({column}) FROM claim WHERE {column} > v.x) FROM v WHERE v.x IS NOT NULL)"
            " SELECT x FROM v WHERE x IS NOT NULL"
        )
    )


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


def tally(db: sqlite3.Connection, doc: int | None = None) -> dict[str, int]:
    """How many claims are in each state, in the whole run or in one article."""
    where, values = ("WHERE doc = ?", [doc]) if doc is not None else ("", [])
    return dict(db.execute(f"SELECT state, count(*) FROM claim {where} GROUP BY state", values).fetchall())
