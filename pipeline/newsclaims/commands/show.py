"""``newsclaims show``: the claims of a run as a table."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from newsclaims.schema import ClaimType


def show(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder that `newsclaims extract -o DIR` wrote.")
    ],
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Show claims of this type only.")] = None,
    number: Annotated[int, typer.Option("-n", min=0, help="Claims of each type to show; 0 shows all.")] = 12,
) -> None:
    """Show the claims of a run as a table for each type.

    \b
    Examples:
        newsclaims show out/
        newsclaims show out/ --type pay -n 0
    """
    from rich.console import Console
    from rich.table import Table

    from newsclaims.evaluate.reading import claim_types, read_claims

    kinds = claim_types(folder / "run.json")
    counts: Counter[str] = Counter()
    shown: dict[str, list[dict[str, Any]]] = {name: [] for name in kinds}
    for row in read_claims(folder / "claims.jsonl"):
        counts[row["type"]] += 1
        rows = shown.setdefault(row["type"], [])
        if row["type"] in (type or row["type"]) and (not number or len(rows) < number):
            rows.append(row)
    console = Console(highlight=False)
    for name, rows in shown.items():
        if not rows:
            continue
        title = f"{name}: {len(rows):,} of {counts[name]:,}" if counts[name] > len(rows) else name
        table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
        columns = _columns(kinds[name], rows)
        for column in columns:
            table.add_column(column.replace("_", " "), overflow="fold")
        for row in rows:
            table.add_row(*(_cell(row, column) for column in columns))
        console.print(table)
        console.print()
    summary = ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items())) or "no claims"
    console.print(
        f"{sum(counts.values()):,} claims ({summary}) lie in {folder / 'claims.jsonl'}", soft_wrap=True
    )
    console.print(f"Their articles lie in {folder / 'documents.jsonl'}", soft_wrap=True)


def _columns(kind: ClaimType, rows: list[dict[str, Any]]) -> list[str]:
    """Slots and attributes that some of the rows fill."""
    return [
        name
        for name in (*kind.slots, *kind.attributes, "certainty", "doc")
        if any(row.get(name) for row in rows)
    ]


def _cell(row: dict[str, Any], column: str) -> str:
    """What the column of a claim holds: names in full, all else as it stands in the text."""
    from rich.markup import escape

    value = row.get(column)
    if isinstance(value, dict):
        value = value.get("name") or value.get("text")
    return escape(" ".join(str(value or "").split()))
