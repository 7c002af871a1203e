"""What commands that print for a person share: a console as wide as what it prints on, and counted things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 10_000
"""Columns where no terminal says how many there are, so that a file has one line for each thing said."""


def wide_console() -> Console:
    """A console that prints on standard output, and breaks lines for a terminal only."""
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    return console


def number(count: int, thing: str) -> str:
    """So many of a thing: "1 claim", "2,000 claims"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
