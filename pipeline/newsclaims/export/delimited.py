"""``csv`` and ``tsv``: one row a claim, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.tables import claim_columns, claim_rows
from newsclaims.runs import Selection

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run as a formula by one spreadsheet or another."""


def safe(value: Any) -> Any:
    """The value as a cell that no spreadsheet runs: an apostrophe stands before what would be a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def _text(delimiter: str, selection: Selection, notes: Notes) -> Iterator[str]:
    columns = [column.name for column in claim_columns(selection.kinds)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for row in claim_rows(selection, selection.articles()):
        cells = [row.get(name) for name in columns]
        shielded = [safe(cell) for cell in cells]
        changed = sum(a != b for a, b in zip(cells, shielded, strict=True) if isinstance(a, str))
        if changed:
            notes.add("{n} cells begin like a formula; an apostrophe stands before them", changed)
        writer.writerow(shielded)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


CSV = TextFormat(
    "csv",
    "spreadsheets and data frames: one row a claim",
    lambda selection, notes: _text(",", selection, notes),
)
TSV = TextFormat(
    "tsv",
    "the same with tabs between the cells",
    lambda selection, notes: _text("\t", selection, notes),
)
