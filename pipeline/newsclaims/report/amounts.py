"""The amounts of a run by currency, as :mod:`newsclaims.report.scale` draws them."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from newsclaims.report.reader import look
from newsclaims.report.scale import Sum, drawable
from newsclaims.schema import Money
from newsclaims.wording import CURRENCIES, amount_words

LINKED = 60
"""Claims that one mark of a picture leads to at most."""


@dataclass(frozen=True, slots=True)
class Currency:
    """The amounts of one currency that a logarithmic axis can hold."""

    code: str
    sums: list[Sum]
    rows: list[str]
    """Types and kinds, as the rows of the picture."""
    claims: int
    unplaced: int
    """Claims whose amount has no place on the axis: zero, or without any bound."""

    @property
    def name(self) -> str:
        return CURRENCIES.get(self.code, self.code)

    def summary(self) -> list[tuple[str, int, Sum, Sum]]:
        """Each row with its number of claims and its lowest and highest amount: the picture in words."""
        found = []
        for row in self.rows:
            own = [money for money in self.sums if money.row == row]
            lowest = min(own, key=lambda money: money.low or money.high or 0)
            highest = max(own, key=lambda money: money.high or money.low or 0)
            found.append((row, sum(money.many for money in own), lowest, highest))
        return found


def by_currency(db: sqlite3.Connection, limit: int, types: Sequence[str]) -> tuple[list[Currency], int]:
    """The ``limit`` currencies with the most claims, with rows in the order of the types; and how many claims
    the others have."""
    counts = db.execute(
        "SELECT currency, count(*) FROM claims WHERE currency IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    return [_currency(db, code, count, types) for code, count in counts[:limit]], sum(
        n for _, n in counts[limit:]
    )


def _currency(db: sqlite3.Connection, code: str, claims: int, types: Sequence[str]) -> Currency:
    """Amounts that differ by less than the picture can show stand together."""
    found: dict[Any, list[sqlite3.Row]] = defaultdict(list)
    many: dict[Any, int] = defaultdict(int)
    rows: dict[tuple[int, str], int] = defaultdict(int)
    unplaced = 0
    columns = "number, type, kind, certainty, low, high, approximate, currency, amount"
    for row in db.execute(f"SELECT {columns} FROM claims WHERE currency = ? ORDER BY number", (code,)):
        if not drawable(row["low"], row["high"]):
            unplaced += 1
            continue
        name = row["type"].replace("_", " ") + (f", {row['kind']}" if row["kind"] else "")
        near = [None if bound is None else round(math.log10(bound), 2) for bound in (row["low"], row["high"])]
        key = (name, *near, row["certainty"], row["approximate"])
        rows[types.index(row["type"]), name] += 1
        many[key] += 1
        if many[key] <= LINKED:
            found[key].append(row)
    sums = [
        Sum(
            row=key[0], look=look(own[0]["type"]), low=own[0]["low"], high=own[0]["high"],
            certainty=own[0]["certainty"], approximate=bool(own[0]["approximate"]), many=many[key],
            claims=tuple(row["number"] for row in own), said=_said(key[0], own[0], many[key]),
        )
        for key, own in found.items()
    ]  # fmt: skip
    order = sorted(rows, key=lambda row: (row[0], -rows[row], row[1]))
    return Currency(code, sums, [name for _, name in order], claims, unplaced)


def _said(name: str, row: sqlite3.Row, many: int) -> str:
    amount = Money(
        start=0, end=len(row["amount"]), text=row["amount"], min=row["low"], max=row["high"],
        currency=row["currency"], approximate=bool(row["approximate"]),
    )  # fmt: skip
    certainty = "" if row["certainty"] == "asserted" else f", {row['certainty']}"
    return f"{name}{certainty}: {amount_words(amount)}" + (f" ({many} claims)" if many > 1 else "")
