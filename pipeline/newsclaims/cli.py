"""The command line. Each command is a module of :mod:`newsclaims.commands`, imported when it is called."""

from __future__ import annotations

import os
import sqlite3
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from newsclaims import __version__
from newsclaims.errors import NewsclaimsError

COMMANDS = {
    "extract": "Extract the claims of news articles.",
    "show": "Show the claims of a run as a table for each type.",
    "report": "Write the claims of a run as a page to read and share.",
    "review": "Judge the claims of a run in the browser.",
    "gold": "Turn finished reviews into gold articles.",
    "evaluate": "Measure extracted claims against gold claims.",
    "export": "Write the claims of a run in the format of another tool.",
    "rules": "List, show, check and write the rules that find claims.",
    "explain": "Show why a text gives the claims it gives.",
    "schema": "Print the JSON Schema of all that is written.",
    "serve": "Answer articles over HTTP with their claims.",
}
"""Each command's line in the help. The module of that name holds a function of that name, or a typer app."""


class Commands(TyperGroup):
    """Finds commands when they are called, and shows errors that are meant for a person as one line."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"newsclaims.commands.{cmd_name}"), cmd_name)
        if not isinstance(found, typer.Typer):
            function, found = found, typer.Typer(add_completion=False, rich_markup_mode=None)
            found.command(cmd_name)(function)
        return typer.main.get_command(found)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if near := get_close_matches(args[0], COMMANDS, 1) if args[0] not in COMMANDS else []:
            ctx.fail(f"No such command {args[0]!r}. Do you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except NewsclaimsError as error:
            said = str(error)
        except BrokenPipeError:  # whoever reads what we write has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:  # a full disk, a file that went away meanwhile
            said = ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
                raise
            said = f"{error}: is the disk full?"
        typer.echo(f"newsclaims: {said}", err=True)
        raise typer.Exit(2)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # the library for boxed help takes longer to load than all the rest
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Checkable claims out of news: who works where, who moves where, what money is offered or paid.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newsclaims {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass
