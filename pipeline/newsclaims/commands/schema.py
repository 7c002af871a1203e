"""``newsclaims schema``: the JSON Schemas of what the program writes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="claim, document, review or failure; all four if none is named."),
    ] = None,
    run: Annotated[
        Path | None, typer.Option("--run", metavar="DIR", help="Add the claim types that this run defines.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write NAME.schema.json files there.")
    ] = None,
) -> None:
    """Print the JSON Schema (2020-12) of claims, documents, reviews and failures.

    Example: newsclaims schema claim > claim.schema.json
    """
    from newsclaims.errors import NewsclaimsError
    from newsclaims.json_schema import NAMES, as_text
    from newsclaims.json_schema import schema as schema_of
    from newsclaims.newfiles import new_file
    from newsclaims.runs import Run
    from newsclaims.schema import BUILT_IN

    if name is not None and name not in NAMES:
        raise NewsclaimsError(f"no schema {name!r}; there are {', '.join(NAMES)}")
    models = Run(run).models if run else BUILT_IN
    own = [model for kind, model in models.items() if kind not in BUILT_IN]
    schemas = {known: schema_of(known, own) for known in NAMES if name in (None, known)}
    if output is None:
        typer.echo(as_text(schemas if name is None else schemas[name]), nl=False)
        return
    try:
        output.mkdir(exist_ok=True)
    except OSError as error:
        raise NewsclaimsError(f"{output} cannot be written: {error.strerror}") from None
    for known, content in schemas.items():
        with new_file(output / f"{known}.schema.json") as temporary:
            temporary.write_text(as_text(content), encoding="utf-8")
