"""What each part of the page shows, read from the database of :mod:`newsclaims.report.facts`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from newsclaims.report.reader import look
from newsclaims.report.sankey import Flow
from newsclaims.report.words import CERTAINTIES, Part

_LINES = "SELECT c.*, a.title AS title FROM claims c JOIN articles a ON a.number = c.article"


@dataclass(frozen=True, slots=True)
class Line:
    """A claim as a line of the page; ``numbers`` holds more than one where several claims say the same."""

    numbers: list[int]
    type: str
    attributes: list[str]
    certainty: str
    parts: list[Part]
    credited: str
    sentence: str
    title: str

    @property
    def look(self) -> str:
        return look(self.type)


@dataclass(frozen=True, slots=True)
class Group:
    """Claims under a heading, with how many of them there are in all."""

    name: str
    lines: list[Line]
    claims: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Flows:
    """Moves by employer left and employer joined, the largest first, those with both ends stated before."""

    flows: list[Flow]
    groups: list[Group]
    """The claims behind each flow, in the same order."""
    denied: list[Line]
    names: dict[str, str]
    left_out: int
    """Flows beyond those listed."""
    moves: int
    endless: int
    """Moves that state neither the employer left nor the one joined."""


def line(row: sqlite3.Row, without: str = "") -> Line:
    """A row as a line; ``without`` is the slot that its heading says already."""
    parts = [Part(*part) for part in json.loads(row["parts"])]
    return Line(
        [row["number"]], row["type"], json.loads(row["attributes"]), row["certainty"],
        [part for part in parts if part.slot != without], row["credited"], row["sentence"], row["title"],
    )  # fmt: skip


def of_article(db: sqlite3.Connection, article: int) -> list[Line]:
    """The claims of an article in the order of the run."""
    return [line(row) for row in db.execute(f"{_LINES} WHERE c.article = ? ORDER BY c.number", (article,))]


def totals(db: sqlite3.Connection, types: Sequence[str]) -> list[tuple[str, int, dict[str, int]]]:
    """Each type with its number of claims, in all and by certainty."""
    counts: dict[str, dict[str, int]] = {name: dict.fromkeys(CERTAINTIES, 0) for name in types}
    for name, certainty, count in db.execute("SELECT type, certainty, count(*) FROM claims GROUP BY 1, 2"):
        counts[name][certainty] = count
    return [(name, sum(found.values()), found) for name, found in counts.items()]


def flows(db: sqlite3.Connection, limit: int, each: int) -> Flows:
    """The ``limit`` largest flows, each with its first ``each`` claims: first those between two employers,
    then those within one, then those with an end that is not stated."""
    found = db.execute(
        """SELECT coalesce(o.name_key, '') AS origin, coalesce(d.name_key, '') AS destination, c.certainty,
               count(DISTINCT p.name_key) AS people, count(*) AS claims
           FROM claims c
           LEFT JOIN names o ON o.claim = c.number AND o.slot = 'origin'
           LEFT JOIN names d ON d.claim = c.number AND d.slot = 'destination'
           LEFT JOIN names p ON p.claim = c.number AND p.slot = 'person'
           WHERE c.type = 'move' AND (o.claim OR d.claim) AND c.certainty != 'negated'
           GROUP BY 1, 2, 3
           ORDER BY origin = '' OR destination = '', origin = destination, people DESC, claims DESC,
               origin, destination, c.certainty"""
    ).fetchall()
    names = {
        key: _usual(db, key, ("origin", "destination"))
        for row in found[:limit]
        for key in (row["origin"], row["destination"])
        if key
    }
    shown, groups = [], []
    for number, row in enumerate(found[:limit], start=1):
        flow, group = _flow(db, row, names, f"flow-{number}", each)
        shown.append(flow)
        groups.append(group)
    denied = db.execute(f"{_LINES} WHERE c.type = 'move' AND c.certainty = 'negated' LIMIT ?", (limit,))
    count = "SELECT count(*) FROM claims c WHERE c.type = 'move'"
    ends = "SELECT 1 FROM names n WHERE n.claim = c.number AND n.slot IN ('origin', 'destination')"
    return Flows(
        shown, groups, [line(row) for row in denied], names, max(0, len(found) - limit),
        moves=db.execute(count).fetchone()[0],
        endless=db.execute(f"{count} AND NOT EXISTS ({ends})").fetchone()[0],
    )  # fmt: skip


def _flow(
    db: sqlite3.Connection, row: sqlite3.Row, names: dict[str, str], place: str, each: int
) -> tuple[Flow, Group]:
    conditions = ["c.type = 'move'", "c.certainty = :certainty"]
    for slot in ("origin", "destination"):
        test = f"(SELECT name_key FROM names n WHERE n.claim = c.number AND n.slot = '{slot}')"
        conditions.append(f"coalesce({test}, '') = :{slot}")
    start = next(slot for slot in ("origin", "destination") if row[slot])
    rows = db.execute(
        f"{_LINES} WHERE c.number IN (SELECT claim FROM names WHERE slot = '{start}' AND name_key = :{start})"
        f" AND {' AND '.join(conditions)} ORDER BY c.number LIMIT :each",
        {**dict(row), "each": each},
    )
    origin, destination = (names.get(row[slot], "not stated") for slot in ("origin", "destination"))
    people = f"{row['people']} {'person or group' if row['people'] == 1 else 'people or groups'}"
    certainty = "" if row["certainty"] == "asserted" else f", {row['certainty']}"
    said = f"{origin} → {destination}: {people}{certainty}"
    flow = Flow(row["origin"], row["destination"], row["certainty"], row["people"], said, place)
    return flow, Group(said, [line(found) for found in rows], row["claims"], place)


def people(db: sqlite3.Connection, limit: int) -> tuple[list[Group], int]:
    """The people that most claims name, with their jobs, moves and pay; and how many people there are."""
    where = (
        "n.slot IN ('person', 'recipient') AND c.type IN ('move', 'employment', 'pay')"
        " AND (n.label = 'PERSON' OR n.slot = 'person' AND n.label IS NOT 'GROUP')"
    )
    return _groups(db, where, limit, "person", 40)


def payers(db: sqlite3.Connection, limit: int) -> tuple[list[Group], int]:
    """Those that most pay claims name as payers, with these claims; and how many payers there are."""
    return _groups(db, "n.slot = 'payer' AND c.type = 'pay'", limit, "payer", 40)


def _groups(db: sqlite3.Connection, where: str, limit: int, slot: str, each: int) -> tuple[list[Group], int]:
    source = f"FROM names n JOIN claims c ON c.number = n.claim WHERE {where}"
    total = db.execute(f"SELECT count(DISTINCT n.name_key) {source}").fetchone()[0]
    keys = db.execute(
        f"SELECT n.name_key, count(*) AS claims, min(n.name) {source} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
        (limit,),
    ).fetchall()
    groups = []
    for key, claims, name in keys:
        rows = db.execute(
            f"{_LINES} JOIN names n ON n.claim = c.number WHERE n.name_key = ? AND {where}"
            " GROUP BY c.number ORDER BY c.type != 'employment', c.type, c.number LIMIT ?",
            (key, each),
        )
        shown = _usual(db, key, ("person", "recipient", "payer")) or name
        groups.append(Group(shown, alike([line(row, without=slot) for row in rows]), claims))
    return groups, total


def alike(lines: Sequence[Line]) -> list[Line]:
    """The lines with those that say the same in the same words drawn together."""
    seen: dict[Any, Line] = {}
    for one in lines:
        parts = tuple((part.before, part.text.casefold()) for part in one.parts)
        key = (one.type, tuple(one.attributes), one.certainty, one.credited, parts)
        if key in seen:
            seen[key].numbers.extend(one.numbers)
        else:
            seen[key] = one
    return list(seen.values())


def _usual(db: sqlite3.Connection, key: str, slots: tuple[str, ...]) -> str:
    """How a name is most often written in these slots."""
    found = db.execute(
        f"SELECT name FROM names WHERE slot IN ({', '.join('?' * len(slots))}) AND name_key = ?"
        " GROUP BY name ORDER BY count(*) DESC, length(name), name LIMIT 1",
        (*slots, key),
    ).fetchone()
    return str(found[0]) if found else key


def sources(db: sqlite3.Connection, limit: int) -> tuple[list[tuple[str, int, dict[str, int]]], int]:
    """Who is credited most, with claims in all and by certainty; and how many are credited in all."""
    keys = db.execute(
        "SELECT credited_key, count(*) FROM claims WHERE credited != '' GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    found = []
    for key, count in keys[:limit]:
        own = dict.fromkeys(CERTAINTIES, 0)
        usual = ""
        for name, certainty, claims in db.execute(
            "SELECT credited, certainty, count(*) FROM claims WHERE credited_key = ?"
            " GROUP BY 1, 2 ORDER BY 3, 1",
            (key,),
        ):
            usual = name
            own[certainty] += claims
        found.append((usual, count, own))
    return found, len(keys)


def table(db: sqlite3.Connection, limit: int) -> Iterator[str]:
    """The claims as JSON arrays to stand in a script: number, type, look, attributes, parts, certainty,
    credited, sentence, article, title, lower and upper bound, currency, confidence, review."""
    for row in db.execute(f"{_LINES} ORDER BY c.number LIMIT ?", (limit,)):
        values = [
            row["number"], row["type"], look(row["type"]), json.loads(row["attributes"]),
            [part[:2] for part in json.loads(row["parts"])], row["certainty"], row["credited"],
            row["sentence"], row["article"], row["title"], row["low"], row["high"], row["currency"] or "",
            row["confidence"], row["review"],
        ]  # fmt: skip
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        yield text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
