"""``newsclaims show``: the claims of a run as a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsclaims.commands.selecting import MinConfidence, Reviewed, RunFolder, Types, select
from newsclaims.commands.terminal import number, wide_console

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.table import Table

    from newsclaims.runs import Run, Selection
    from newsclaims.schema import ClaimType

GAP = 2
"""Columns between two cells."""
CREDITED = "credited"
"""Column of whom the article credits with a claim."""
LONGEST = 20
"""Columns that a table gives to a word on a narrow terminal; a longer one, such as a path, is folded."""


def show(
    run: RunFolder,
    types: Types = None,
    find: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="Claims that name it, or in whose sentence it stands, in any case of letters.",
        ),
    ] = None,
    min_confidence: MinConfidence = 0.0,
    reviewed: Reviewed = None,
    limit: Annotated[int, typer.Option("-n", min=0, help="Claims of each type to show; 0 shows all.")] = 12,
) -> None:
    """Show the claims of a run as a table for each type.

    \b
    Examples:
        newsclaims show out/
        newsclaims show out/ --type pay -n 0
        newsclaims show out/ --find brightwater
    """
    from rich.text import Text

    selection = select(run, types, min_confidence, reviewed)
    counts: Counter[str] = Counter()
    shown: dict[str, list[dict[str, Any]]] = {name: [] for name in selection.models}
    for row in _claims(selection):
        if (name := row["type"]) in shown and (find is None or _tells_of(row, find.casefold())):
            counts[name] += 1
            if not limit or len(shown[name]) < limit:
                shown[name].append(row)
    console = wide_console()
    for name, rows in shown.items():
        if rows:
            title = f"{name}: {len(rows):,} of {counts[name]:,}" if counts[name] > len(rows) else name
            console.print(Text(title, style="bold"))
            console.print(_laid_out(selection.run.kinds[name], rows, console.width))
            console.print()
    for line in _summary(selection.run, counts):
        console.print(Text(line), soft_wrap=True)


def _claims(selection: Selection) -> Iterator[dict[str, Any]]:
    """The claims of a selection as rows; as they were extracted, without a look at their articles.

    Raises:
        InputError: a line is no claim, or one of a type that the run does not have.
    """
    from newsclaims.errors import InputError
    from newsclaims.evaluate.reading import read_claims

    if selection.reviewed is not None:
        yield from (claim.row() for _, claims in selection.articles() for claim in claims)
        return
    run = selection.run
    for row in read_claims(run.folder.claims, broken_off=run.broken_off):
        if row["type"] not in run.models:
            raise InputError(
                f"{run.folder.claims}: a claim has the type {row['type']!r}, which run.json does not define;"
                " extract again"
            )
        if row.get("confidence", 1.0) >= selection.min_confidence:
            yield row


def _tells_of(row: dict[str, Any], text: str) -> bool:
    """Whether a claim holds a text, in small letters, in its sentence, a slot, its article's id or whom it credits."""
    credit = (row.get("attribution") or {}).get("source")
    spans = [value for value in (*row.values(), credit) if isinstance(value, dict)]
    said = (span.get(part) for span in spans for part in ("text", "name"))
    return any(text in part.casefold() for part in (row["doc"], *said) if part)


def _summary(run: Run, counts: Counter[str]) -> Iterator[str]:
    """How many claims of the types shown there are, where they lie, and whether more are to come."""
    each = ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))
    claims = sum(counts.values())
    told = f"{number(claims, 'claim')} ({each})" if claims else "0 claims"
    yield f"{told} {'lies' if claims == 1 else 'lie'} in {run.folder.claims}"
    yield f"Their articles lie in {run.folder.documents}"
    if run.broken_off:
        yield (
            f"The run is not complete: its state is “{run.about['state']}”, so articles are missing here; "
            "the command that began it goes on with it"
        )


def _laid_out(kind: ClaimType, rows: Sequence[dict[str, Any]], width: int) -> Table:
    """The rows as a table of this width; as a list where a table would break words."""
    from rich.table import Table
    from rich.text import Text

    names = _columns(kind, rows)
    heads = [name.replace("_", " ") for name in names]
    cells = [[_cell(row, name) for name in names] for row in rows]
    widths = _widths([*zip(heads, *cells, strict=True)], width)
    if not widths:
        listed = Table.grid(padding=(0, 1))
        for line in cells:
            filled = [(head, cell) for head, cell in zip(heads, line, strict=True) if cell]
            said = (Text.assemble((head, "dim"), " ", cell) for head, cell in filled)
            listed.add_row("-", Text("  ").join(said))
        return listed
    table = Table(box=None, pad_edge=False)
    for head, wide in zip(heads, widths, strict=True):
        table.add_column(head, width=wide, overflow="fold")
    for line in cells:
        table.add_row(*map(Text, line))
    return table


def _widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column is, so that all go into the width and lines are broken between words alone.

    Every column has room for its longest word; what is left over goes, one by one, to the column that has the
    smallest part of what would hold its longest cell on one line, and to those that fold a word when all others
    have enough. Empty where not even the words fit.
    """
    from rich.cells import cell_len

    wanted = [max(map(cell_len, cells)) for cells in columns]
    if sum(wanted) + GAP * (len(wanted) - 1) <= width:
        return wanted
    words = [max(cell_len(word) for cell in cells for word in cell.split()) for cells in columns]
    widths = [min(word, LONGEST) for word in words]
    left = width - sum(widths) - GAP * (len(widths) - 1)
    if left < 0:
        return []

    def need(place: int) -> tuple[bool, bool, float]:
        part = widths[place] / wanted[place]
        return part >= 1, words[place] > LONGEST, part

    for _ in range(left):
        widths[min(range(len(widths)), key=need)] += 1
    return widths


def _columns(kind: ClaimType, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Slots and attributes that some of the rows fill."""
    return [
        name
        for name in (*kind.slots, *kind.attributes, "certainty", CREDITED, "doc")
        if any(_cell(row, name) for row in rows)
    ]


def _cell(row: dict[str, Any], column: str) -> str:
    """What the column of a claim holds: names in full, all else as it stands in the text."""
    value = (row.get("attribution") or {}).get("source") if column == CREDITED else row.get(column)
    if isinstance(value, dict):
        value = value.get("name") or value.get("text")
    return " ".join(str(value or "").split())
