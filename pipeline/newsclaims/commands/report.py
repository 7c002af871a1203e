"""``newsclaims report``: a run as one page that opens anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsclaims.commands.selecting import MinConfidence, Reviewed, RunFolder, Types, select
from newsclaims.commands.terminal import number


def report(
    run: RunFolder,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Page to write.")] = Path(
        "report.html"
    ),
    types: Types = None,
    min_confidence: MinConfidence = 0.0,
    reviewed: Reviewed = None,
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
    from newsclaims.report.page import Limits, write
    from newsclaims.runs.folder import spare

    selection = select(run, types, min_confidence, reviewed)
    spare(output)
    written = write(selection, output, Limits(articles, people, claims))
    typer.echo(f"{output}: {number(written, 'claim')}", err=True)
