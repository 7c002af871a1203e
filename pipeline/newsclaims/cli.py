"""The command line: each command is a module of :mod:`newsclaims.commands` that imports heavy things late."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from newsclaims import __version__
from newsclaims.commands.evaluate import evaluate
from newsclaims.commands.extract import extract
from newsclaims.errors import NewsclaimsError


class Commands(TyperGroup):
    """Shows the errors that are meant for a person as one line, with exit status 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except NewsclaimsError as error:
            typer.echo(f"newsclaims: {error}", err=True)
            raise typer.Exit(2) from None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # the library for boxed help takes longer to load than all the rest
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Checked claims out of news: who works where, who moves where, what money is offered or paid.",
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


app.command("extract")(extract)
app.command("evaluate")(evaluate)
