"""``newsclaims extract``: articles in, claims out."""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from newsclaims.commands.options import Model

if TYPE_CHECKING:
    from rich.console import Console

    from newsclaims.batch.tally import Tally

INPUT = "Reading"
KEEP = "What to keep"
RUN = "Running"


class Engine(StrEnum):
    local = "local"
    ray = "ray"


def extract(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Files, folders (walked in order of names; hidden files are left out), addresses, - for "
            "standard input.",
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Folder for claims.jsonl, documents.jsonl, failures.jsonl and run.json. Without it, claims "
            "go to standard output.",
        ),
    ] = None,
    model: Model = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="A rule file or lexicon to add, or a folder of them; may be given more than once. The "
            "newsclaims.toml of the working folder may name others.",
        ),
    ] = None,
    type: Annotated[
        list[str] | None,
        typer.Option(metavar="TYPE,...", help="Keep claims of these types only.", rich_help_panel=KEEP),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(min=0, max=1, help="Keep claims of at least this confidence.", rich_help_panel=KEEP),
    ] = 0.0,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes that extract; as many as there are cores.", rich_help_panel=RUN),
    ] = None,
    full_parse: Annotated[
        bool,
        typer.Option(
            "--full-parse", help="Run the model exactly as spaCy does; slower.", rich_help_panel=RUN
        ),
    ] = False,
    engine: Annotated[
        Engine, typer.Option(help="Where workers run: here, or on a Ray cluster.", rich_help_panel=RUN)
    ] = Engine.local,
    shards: Annotated[
        bool,
        typer.Option(
            "--shards",
            help="With --engine ray: write Parquet shards into the folder or bucket of -o, in no order.",
            rich_help_panel=RUN,
        ),
    ] = False,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Start over, whatever the folder of -o holds.", rich_help_panel=RUN),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option(
            "-q",
            "--quiet",
            help="No progress bar and no table; how many inputs failed is still said.",
            rich_help_panel=RUN,
        ),
    ] = False,
    json_summary: Annotated[
        bool,
        typer.Option(
            "--json-summary", help="The last table as JSON, on standard error.", rich_help_panel=RUN
        ),
    ] = False,
    verbose: Annotated[
        int, typer.Option("-v", count=True, help="Log what happens; -vv logs more.", rich_help_panel=RUN)
    ] = 0,
    id_field: Annotated[
        str, typer.Option(help="Field of the article's id in rows.", rich_help_panel=INPUT)
    ] = "id",
    text_field: Annotated[
        str, typer.Option(help="Field of the article's text.", rich_help_panel=INPUT)
    ] = "text",
    title_field: Annotated[str, typer.Option(help="Field of its title.", rich_help_panel=INPUT)] = "title",
    date_field: Annotated[str, typer.Option(help="Field of its date.", rich_help_panel=INPUT)] = "date",
    url_field: Annotated[str, typer.Option(help="Field of its address.", rich_help_panel=INPUT)] = "url",
    max_article: Annotated[
        int,
        typer.Option(
            min=1,
            metavar="MB",
            help="Largest article, and line or text file with one.",
            rich_help_panel=INPUT,
        ),
    ] = 16,
    max_file: Annotated[
        int,
        typer.Option(min=1, metavar="MB", help="Largest PDF, Word file or mail.", rich_help_panel=INPUT),
    ] = 256,
) -> None:
    """Extract the claims of news articles.

    A run that was stopped goes on where it stopped when the same command is given again; a run over a folder
    that has grown extracts the new articles only.

    Exit status: 0 all well, 1 some inputs failed (failures.jsonl says which and why), 2 wrong use, 130 stopped by
    Ctrl-C or SIGTERM.

    \b
    Examples:
        newsclaims extract articles/ -o out/
        zcat news.jsonl.gz | newsclaims extract - --type move,pay | jq .person.name
    """
    from dataclasses import asdict

    from rich.console import Console

    from newsclaims.batch.display import progress_bar
    from newsclaims.batch.inputs import check
    from newsclaims.batch.items import without
    from newsclaims.batch.pool import Pool
    from newsclaims.batch.run import run, stopped_by_sigterm
    from newsclaims.batch.sinks import FolderSink, Sink, StreamSink
    from newsclaims.batch.worker import Recipe
    from newsclaims.claims.userfiles import user_files
    from newsclaims.commands.terminal import number
    from newsclaims.distributed import RayPool, cluster, write_shards
    from newsclaims.sources import ReadOptions, read
    from newsclaims.sources.options import MIB
    from newsclaims.sources.remote import is_address

    _log(verbose)
    recipe = Recipe(
        model=model,
        rules=user_files(rules or ()),
        full_parse=full_parse,
        types=frozenset(name for group in type or () for name in group.split(",") if name),
        min_confidence=min_confidence,
    )
    options = ReadOptions(
        id_field=id_field,
        text_field=text_field,
        title_field=title_field,
        date_field=date_field,
        url_field=url_field,
        max_article=max_article * MIB,
        max_file=max_file * MIB,
    )
    if shards and (engine is not Engine.ray or not output):
        raise typer.BadParameter("--shards goes with --engine ray and -o")
    folder = None if output is None or (shards and is_address(output)) else Path(output)
    check(inputs, folder)
    stdout = sys.stdout.buffer
    cores = os.cpu_count() or 1
    if engine is Engine.ray:
        cores = context.with_resource(cluster())
    context.with_resource(stopped_by_sigterm())  # after Ray, which has another use for it
    workers = workers or cores
    if shards and output:
        try:
            articles, failures = write_shards(inputs, output, recipe, options, workers=workers, fresh=fresh)
        except KeyboardInterrupt:
            _stopped("start over with --fresh")
        if failures or not quiet:
            written = f"{number(articles, 'article')} and {number(failures, 'failure')}"
            typer.echo(f"{written} lie in {output}", err=True)
        raise typer.Exit(1 if failures else 0)
    sink: Sink = FolderSink(folder, inputs, fresh=fresh) if folder else StreamSink(stdout, sys.stderr)
    console = Console(stderr=True)
    bar = progress_bar(console, inputs) if console.is_terminal and not quiet else nullcontext(lambda *_: None)
    with bar as progress:
        tally = run(
            without(read(inputs, options), folder),
            sink,
            recipe,
            workers=workers,
            engine=RayPool if engine is Engine.ray else Pool,
            read_options=asdict(options),
            progress=progress,
        )
    if json_summary:
        typer.echo(json.dumps(tally.row()), err=True)
    elif folder:
        _told(tally, folder, console, quiet=quiet)
    if not tally.complete:
        _stopped("give the same command again to go on from here" if output else "claims so far are written")
    raise typer.Exit(1 if tally.failures else 0)


def _log(verbose: int) -> None:
    """Say on standard error what goes wrong; with -v what happens as well, and when."""
    logging.basicConfig(
        level=[logging.WARNING, logging.INFO, logging.DEBUG][min(verbose, 2)],
        format="%(asctime)s %(levelname)s %(name)s: %(message)s" if verbose else "newsclaims: %(message)s",
    )


def _told(tally: Tally, folder: Path, console: Console, *, quiet: bool) -> None:
    """Tell what came of a run into a folder: its table, and which inputs failed."""
    from newsclaims.batch.display import failed, first_failures, summary

    if not quiet:
        console.print(summary(tally))
        if folder.exists():
            console.print(f"Results lie in {folder}", soft_wrap=True, highlight=False)
    if tally.failures:
        for line in () if quiet else first_failures(folder):
            typer.echo(line, err=True)
        typer.echo(f"newsclaims: {failed(tally, folder)}", err=True)


def _stopped(way_on: str) -> NoReturn:
    typer.echo(f"newsclaims: stopped; {way_on}", err=True)
    raise typer.Exit(130)
