"""``newsclaims export``: claims in the formats of other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsclaims.commands.selecting import MinConfidence, Reviewed, RunFolder, Types, select
from newsclaims.export.registry import BUILT_IN


def _formats(wanted: bool) -> None:
    if wanted:
        from newsclaims.export import registry

        for name in registry.names():
            typer.echo(f"{name:20}{registry.summary(name)}")
        raise typer.Exit


def export(
    run: RunFolder,
    to: Annotated[str, typer.Option("--to", "-t", metavar="FORMAT", help=f"One of {', '.join(BUILT_IN)}.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="File or folder to write; standard output if none, or -."
        ),
    ] = None,
    types: Types = None,
    min_confidence: MinConfidence = 0.0,
    reviewed: Reviewed = None,
    _formats_wanted: Annotated[
        bool, typer.Option("--formats", callback=_formats, is_eager=True, help="List the formats and stop.")
    ] = False,
) -> None:
    """Write the claims of a run in the format of another tool.

    What the format cannot hold is said on standard error.

    Example: newsclaims export outputs/demo --to sqlite -o claims.db --min-confidence 0.5
    """
    from newsclaims.export import registry

    form = registry.find(to)
    selection = select(run, types, min_confidence, reviewed)
    path = None if output is None or str(output) == "-" else output
    registry.export(selection, form, path, say=lambda note: typer.echo(note, err=True))
