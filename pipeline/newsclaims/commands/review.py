"""``newsclaims review``: look at the claims of a run beside their articles, and judge them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def review(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `newsclaims extract -o` wrote.")],
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than this machine's need a token.")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any free one.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="NEWSCLAIMS_REVIEW_TOKEN", help="Secret that visitors must show; made up if needed."
        ),
    ] = None,
    reviewer: Annotated[str | None, typer.Option(help="Your name, noted with decisions.")] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
) -> None:
    """Judge the claims of a run in the browser: accept, reject, mend, add.

    Decisions go at once to DIR/reviews.jsonl. Press ? on the page for its keys.

    Example: newsclaims review outputs/demo
    """
    import sqlite3

    from newsclaims import __version__
    from newsclaims.errors import InputError
    from newsclaims.listening import token_for
    from newsclaims.review.desk import BEGINNING, Desk
    from newsclaims.review.serve import announce, serve
    from newsclaims.runs import Run

    run = Run(folder).folder

    def open_desk() -> Desk:
        return Desk(run, __version__, beginning=BEGINNING)

    def complete(desk: Desk) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Indexing the run", total=None, visible=False)
            desk.complete(lambda done, total: bar.update(task, completed=done, total=total, visible=True))

    def ready(address: str) -> None:
        announce(str(folder), address, open_browser=not no_open)

    try:
        serve(open_desk, complete, reviewer or _account(), host, port, token_for(host, token), ready)
    except (sqlite3.OperationalError, PermissionError) as error:
        raise InputError(f"{folder} cannot be written to ({error}); review a copy of the run") from None


def _account() -> str:
    """The name of the account; a container may run under one that has none."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
