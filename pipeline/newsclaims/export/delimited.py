"""``csv`` and ``tsv``: one row a claim with all that it holds; ``sheet``: the same rows for people to read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.tables import claim_columns, claim_rows, reading_columns
from newsclaims.runs import Selection

BYTE_ORDER_MARK = "\ufeff"
"""By it Excel knows that a file which is opened by a double click is UTF-8."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run as a formula by one spreadsheet or another."""


def safe(value: Any) -> Any:
    """The value as a cell that no spreadsheet runs: an apostrophe stands before what would be a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def _text(
    delimiter: str, columns: Mapping[str, str], selection: Selection, notes: Notes, head: str = ""
) -> Iterator[str]:
    """The rows of a table whose columns are these: name -> the column of the claims table that it shows."""
    buffer = io.StringIO()
    buffer.write(head)
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for row in claim_rows(selection, selection.articles()):
        cells = [row.get(name) for name in columns.values()]
        shielded = [safe(cell) for cell in cells]
        changed = sum(a != b for a, b in zip(cells, shielded, strict=True) if isinstance(a, str))
        if changed:
            notes.add("{n} cells begin like a formula; an apostrophe stands before them", changed)
        writer.writerow(shielded)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _whole(delimiter: str, selection: Selection, notes: Notes) -> Iterator[str]:
    names = [column.name for column in claim_columns(selection.kinds)]
    return _text(delimiter, dict(zip(names, names, strict=True)), selection, notes)


def _sheet(selection: Selection, notes: Notes) -> Iterator[str]:
    return _text(",", reading_columns(selection.kinds), selection, notes, BYTE_ORDER_MARK)


CSV = TextFormat(
    "csv",
    "data frames and spreadsheets: one row a claim with all that it holds",
    lambda selection, notes: _whole(",", selection, notes),
)
TSV = TextFormat(
    "tsv",
    "the same with tabs between the cells",
    lambda selection, notes: _whole("\t", selection, notes),
)
SHEET = TextFormat("sheet", "a CSV file to read: names, sums and sentences, without offsets", _sheet)
