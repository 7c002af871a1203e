"""``newsclaims export``: claims in the formats of other tools."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from newsclaims.export.registry import BUILT_IN


def _names(text: str | None) -> list[str] | None:
    return [name.strip() for name in text.split(",") if name.strip()] if text is not None else None


def _formats(wanted: bool) -> None:
    if wanted:
        from newsclaims.export import registry

        for name in registry.names():
            typer.echo(f"{name:20}{registry.summary(name)}")
        raise typer.Exit


def export(
    run: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder that `newsclaims extract -o DIR` wrote.")
    ],
    to: Annotated[str, typer.Option("--to", "-t", metavar="FORMAT", help=f"One of {', '.join(BUILT_IN)}.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="File or folder to write; standard output if none, or -."
        ),
    ] = None,
    types: Annotated[
        str | None,
        typer.Option("--type", metavar="TYPES", help="Claim types to keep, with commas between them."),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave out claims of less confidence.")
    ] = 0.0,
    reviewed: Annotated[
        str | None,
        typer.Option(
            "--reviewed",
            metavar="STATES",
            help="Claims as reviewers left them, in these states: accepted, rejected, unsure, pending.",
        ),
    ] = None,
    _formats_wanted: Annotated[
        bool, typer.Option("--formats", callback=_formats, is_eager=True, help="List the formats and stop.")
    ] = False,
) -> None:
    """Write the claims of a run in the format of another tool.

    What the format cannot hold is said on standard error.

    Example: newsclaims export outputs/demo --to sqlite -o claims.db --min-confidence 0.5
    """
    from newsclaims.errors import NewsclaimsError
    from newsclaims.export import registry
    from newsclaims.review.decisions import STATES
    from newsclaims.runs import Run, Selection

    states = _names(reviewed)
    for state in states or ():
        if state not in STATES:
            raise NewsclaimsError(f"--reviewed: no state {state!r}; there are {', '.join(STATES)}")
    form = registry.find(to)
    selection = Selection(
        Run(run),
        _names(types),
        min_confidence,
        None if states is None else [s for s in STATES if s in states],
    )
    path = None if output is None or str(output) == "-" else output
    try:
        registry.export(selection, form, path, say=lambda note: typer.echo(note, err=True))
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
