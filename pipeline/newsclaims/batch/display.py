"""What a person sees of a run: a progress bar while it goes, and a table at its end."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from newsclaims.batch.items import Item
from newsclaims.batch.tally import Tally
from newsclaims.schema import Failure

SHOWN = 5
"""Failures that are told at the end of a run; its file has all."""
TELLING = 10_000
"""Words from which on their number a second says something of the speed: before, starting takes most of the time."""


class Weigher:
    """How much of the input is done, in bytes of its files: what the time left is reckoned from.

    An article of a file that holds many counts with its own text, but a file never with more than its size.
    """

    def __init__(self) -> None:
        self._source: str | None = None
        self._size: int | None = None
        self._within = 0
        self._before = 0

    def add(self, item: Item) -> int:
        """Bytes done, this item included."""
        source = item.source or ""
        if source != self._source:
            self._before += self._current(left=True)
            self._source, self._within = source, 0
            self._size = _size(source)
        self._within += len(item.line)
        return self._before + self._current(left=False)

    def _current(self, *, left: bool) -> int:
        if self._size is None:
            return self._within
        return self._size if left else min(self._within, self._size)


def weight(inputs: Sequence[str]) -> int | None:
    """Bytes of all local files of the inputs; None where one of them is a stream or an address."""
    total = 0
    for given in inputs:
        if os.path.isdir(given):
            for folder, folders, files in os.walk(given):
                folders[:] = [name for name in folders if not name.startswith(".")]
                total += sum(_size(os.path.join(folder, name)) or 0 for name in files if name[0] != ".")
        elif (size := _size(given)) is not None:
            total += size
        elif given == "-" or "://" in given:
            return None
    return total


def _size(path: str) -> int | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


@contextmanager
def progress_bar(console: Console, inputs: Sequence[str]) -> Iterator[Callable[[Tally, Item], None]]:
    """A bar on the console, and the function that moves it on."""
    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.fields[articles]:,} articles"),
        TextColumn("{task.fields[rate]:,.0f} words/s"),
        TextColumn("{task.fields[failures]:,} failed"),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    weigher = Weigher()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, articles=0, rate=0.0, failures=0)
        # Sizing up a folder of a million files takes a while; the work need not wait for it.
        sizing = threading.Thread(target=lambda: bar.update(task, total=weight(inputs)), daemon=True)
        sizing.start()

        def move(tally: Tally, item: Item) -> None:
            bar.update(
                task,
                completed=weigher.add(item),
                articles=tally.articles,
                failures=sum(tally.failures.values()),
                rate=tally.words / tally.seconds if tally.seconds else 0.0,
            )

        yield move


def summary(tally: Tally) -> Table:
    """The last table: articles, claims by type, failures by cause, and speed."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    note = (
        f"{tally.extracted:,} extracted now, {tally.kept:,} unchanged since the last run"
        if tally.kept
        else ""
    )
    table.add_row("articles", f"{tally.articles:,}", note)
    if tally.removed > 0:
        table.add_row(
            "", f"{tally.removed:,}", "changed or gone from the input; their old claims are taken out"
        )
    table.add_row("claims", f"{sum(tally.claims.values()):,}")
    for name, count in sorted(tally.claims.items()):
        table.add_row(f"  {name}", f"{count:,}")
    table.add_row("failures", f"{sum(tally.failures.values()):,}")
    for name, count in sorted(tally.failures.items()):
        table.add_row(f"  {name}", f"{count:,}")
    if tally.seconds and tally.words:
        rate = f"{tally.words / tally.seconds:,.0f} a second" if tally.words >= TELLING else ""
        table.add_row("words", f"{tally.words:,}", rate)
    return table


def first_failures(folder: Path) -> Iterator[str]:
    """The first lines of a results folder's ``failures.jsonl`` in words."""
    with (folder / "failures.jsonl").open("rb") as lines:
        yield from (Failure.model_validate_json(line).told() for line in islice(lines, SHOWN))


def failed(tally: Tally, folder: Path) -> str:
    """How many inputs failed, and where all of them are told."""
    count = sum(tally.failures.values())
    return f"{count:,} {'input' if count == 1 else 'inputs'} failed; {folder / 'failures.jsonl'} says which and why"
