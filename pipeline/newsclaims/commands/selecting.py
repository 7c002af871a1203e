"""What commands that read the claims of a run share: the options that choose among them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from newsclaims.runs import Selection

RunFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder that `newsclaims extract -o DIR` wrote.")
]
Types = Annotated[
    str | None, typer.Option("--type", metavar="TYPES", help="Claim types to keep, with commas between them.")
]
MinConfidence = Annotated[
    float, typer.Option("--min-confidence", min=0, max=1, help="Leave out claims of less confidence.")
]
Reviewed = Annotated[
    str | None,
    typer.Option(
        "--reviewed",
        metavar="STATES",
        help="Claims as reviewers left them, in these states: accepted, rejected, unsure, pending.",
    ),
]


def select(run: Path, types: str | None, min_confidence: float, reviewed: str | None) -> Selection:
    """The claims that the options choose.

    Raises:
        NewsclaimsError: no run, or an option names a claim type or a review state that there is not.
    """
    from newsclaims.errors import NewsclaimsError
    from newsclaims.runs import Run, Selection
    from newsclaims.runs.decisions import STATES

    states = _names(reviewed)
    for state in states or ():
        if state not in STATES:
            raise NewsclaimsError(f"--reviewed: no state {state!r}; there are {', '.join(STATES)}")
    wanted = None if states is None else [state for state in STATES if state in states]
    return Selection(Run(run), _names(types), min_confidence, wanted)


def _names(text: str | None) -> list[str] | None:
    return [name.strip() for name in text.split(",") if name.strip()] if text is not None else None
