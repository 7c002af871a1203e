"""``newsclaims report``: a run as one page that opens anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SHOW = "How much to show"
KEEP = "What to keep"


def _names(text: str | None) -> list[str] | None:
    return [name.strip() for name in text.split(",") if name.strip()] if text is not None else None


def report(
    run: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder that `newsclaims extract -o DIR` wrote.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Page to write.")] = Path(
        "report.html"
    ),
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
    articles: Annotated[
        int, typer.Option(metavar="N", min=0, help="Articles to show with their claims marked.")
    ] = 200,
    people: Annotated[
        int, typer.Option(metavar="N", min=0, help="People to list, the most named first.")
    ] = 200,
    claims: Annotated[int, typer.Option(metavar="N", min=0, help="Claims in the table.")] = 20_000,
) -> None:
    """Write a report of a run: one HTML file that needs no network and prints well.

    It shows who left where for where, people, money, pay offers, who is credited, the articles with their
    claims marked, and all claims in a table. What a large run has beyond the limits is said to be left out.

    Example: newsclaims report outputs/demo -o report.html --reviewed accepted,pending
    """
    from newsclaims.errors import NewsclaimsError
    from newsclaims.report.page import Limits, write
    from newsclaims.review.decisions import STATES
    from newsclaims.runs import Run, Selection

    states = _names(reviewed)
    for state in states or ():
        if state not in STATES:
            raise NewsclaimsError(f"--reviewed: no state {state!r}; there are {', '.join(STATES)}")
    selection = Selection(
        Run(run),
        _names(types),
        min_confidence,
        None if states is None else [s for s in STATES if s in states],
    )
    written = write(selection, output, Limits(articles, people, claims))
    typer.echo(f"{output}: {written:,} claims", err=True)
