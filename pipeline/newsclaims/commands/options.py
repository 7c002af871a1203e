"""Options of several commands that load a pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Model = Annotated[
    str | None, typer.Option(metavar="NAME_OR_PATH", help="Another spaCy pipeline than the default one.")
]
RuleFiles = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="FILE", help="A rule file to add; may be given more than once."),
]
