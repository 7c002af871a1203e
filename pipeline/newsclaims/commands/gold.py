"""``newsclaims gold``: turn finished reviews into gold articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def gold(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Run folder with reviews in it.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; standard output without it.")
    ] = None,
    reviewer: Annotated[str | None, typer.Option(help="Count this reviewer's decisions alone.")] = None,
    licence: Annotated[str, typer.Option(help="Licence of the articles, noted with each.")] = "",
) -> None:
    """Turn finished reviews into gold articles, which `newsclaims evaluate` scores against.

    An article is finished when each of its claims was accepted or rejected and no two reviewers disagree.

    Example: newsclaims gold outputs/demo -o gold.jsonl
    """
    import json
    import sys
    from contextlib import ExitStack
    from typing import TextIO

    from newsclaims.commands.terminal import number
    from newsclaims.newfiles import new_file
    from newsclaims.review.gold import Count, gold_articles
    from newsclaims.runs import Run
    from newsclaims.runs.folder import spare

    count = Count()
    run = Run(folder)
    if output:
        spare(output)
    with ExitStack() as stack:
        file: TextIO = sys.stdout
        if output:
            file = stack.enter_context(stack.enter_context(new_file(output)).open("w", encoding="utf-8"))
        for row in gold_articles(run, count, reviewer, licence):
            file.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
    typer.echo(
        f"{number(count.gold, 'gold article')} with {number(count.claims, 'claim')}; left out: {count.untouched} not begun, "
        f"{len(count.unfinished)} unfinished, {len(count.disputed)} disputed",
        err=True,
    )
    for what, names in (("unfinished", count.unfinished), ("disputed", count.disputed)):
        for name in names[:20]:
            typer.echo(f"  {what}: {name}", err=True)
