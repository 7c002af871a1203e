"""What an export format is. A package that brings one of its own names a :class:`TextFormat` or a
:class:`FileFormat` under the entry point group ``newsclaims.exporters``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsclaims.runs import Selection


class Notes:
    """What the reader of an export must know: above all what the format could not hold."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, note: str, count: int = 1) -> None:
        """Note something; ``{n}`` in it stands for how often it was noted in all."""
        self._counts[note] += count

    def __iter__(self) -> Iterator[str]:
        return (note.replace("{n}", f"{count:,}") for note, count in self._counts.items())


@dataclass(frozen=True, slots=True)
class Needs:
    """A library that a format works by, and the extra of newsclaims that installs it."""

    module: str
    extra: str


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A format that is text from beginning to end; it can go to a file or to standard output.

    Attributes:
        text: gives the file's text in pieces, in UTF-8 once written, line breaks as given.
    """

    name: str
    summary: str
    text: Callable[[Selection, Notes], Iterable[str]]
    needs: tuple[Needs, ...] = ()


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format whose library writes the file, or a folder of files.

    Attributes:
        write: writes to a path that does not exist yet.
        folder: whether that path is to be a folder, decided by what the user gave as path.
    """

    name: str
    summary: str
    write: Callable[[Selection, Path, Notes], None]
    needs: tuple[Needs, ...] = ()
    folder: Callable[[Path], bool] = lambda _: False


Format = TextFormat | FileFormat
