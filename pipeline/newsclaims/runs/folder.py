"""The files of a run folder, and lines read from them by place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from newsclaims.errors import InputError, NewsclaimsError
from newsclaims.runs.kinds import Kinds
from newsclaims.schema import SCHEMA_VERSION

NAMES = ("claims.jsonl", "documents.jsonl", "run.json", "reviews.jsonl", "review.sqlite")
OWN = frozenset({*NAMES, "failures.jsonl", "review.sqlite-wal", "review.sqlite-shm", ".newsclaims"})
"""What belongs to a run in its folder."""


def spare(output: Path) -> None:
    """Let nothing be written over a file of a run, be it the one that is read or another.

    Raises:
        NewsclaimsError: the output is such a file.
    """
    place = output.resolve()
    inner = [part for part in (place, *place.parents) if part.name in OWN]
    if any((part.parent / "claims.jsonl").exists() for part in inner):
        raise NewsclaimsError(
            f"{output} is a file of a run, which must not be replaced; choose another with -o"
        )


def parse(line: bytes) -> Any:
    """The value of a JSON line. Lone surrogates, which strict readers refuse, are kept.

    Raises:
        ValueError: the line is no JSON.
    """
    try:
        return from_json(line)
    except ValueError:
        return json.loads(line)


def read_about(run: Path) -> dict[str, Any]:
    """What the ``run.json`` of a run says; nothing where there is none.

    Raises:
        InputError: it cannot be read, or tells of a run in another format than this version reads.
    """
    if not run.is_file():
        return {}
    try:
        about = parse(run.read_bytes())
    except ValueError as error:
        raise InputError(f"{run} is no JSON ({error}); extract again") from None
    if not isinstance(about, dict):
        raise InputError(f"{run} holds no JSON object; extract again")
    version = str(about.get("schema_version", SCHEMA_VERSION))
    if version != SCHEMA_VERSION:
        raise InputError(
            f"{run}: schema_version {version} is not the {SCHEMA_VERSION} that this version"
            " of newsclaims reads; install the newsclaims that made the run, or extract again"
        )
    return about


class RunFolder:
    """Where the parts of a run lie.

    Raises:
        InputError: the folder has no run in it, or one of its files is a link out of it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.claims, self.documents, self.run, self.reviews, self.index = (path / name for name in NAMES)
        if not path.is_dir():
            raise InputError(f"{path} is no folder; give the folder that `newsclaims extract -o` wrote")
        for file in (self.claims, self.documents):
            if not file.is_file():
                raise InputError(
                    f"{path} has no {file.name}; make the run with `newsclaims extract INPUT -o {path}`"
                )
        inside = path.resolve()
        for name in NAMES:
            if (path / name).resolve().parent != inside:
                raise InputError(
                    f"{path / name} is a link that leads out of the run folder; copy the file there"
                )

    def kinds(self) -> Kinds:
        """The claim types of the run."""
        return Kinds.of(self.about(), str(self.run))

    def about(self) -> dict[str, Any]:
        """What ``run.json`` says (see :func:`read_about`)."""
        return read_about(self.run)

    def fingerprint(self) -> str:
        """Changes when the claims, the documents or the run file are written anew."""
        parts = []
        for file in (self.claims, self.documents, self.run):
            if file.exists():
                stat = file.stat()
                parts.append(f"{file.name}:{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ino}")
        return " ".join(parts)


def line_at(path: Path, offset: int, length: int) -> Any:
    """The value of the JSON line of ``length`` bytes that begins at byte ``offset``.

    Raises:
        InputError: no line of that length stands there any more.
    """
    with path.open("rb") as file:
        file.seek(offset)
        try:
            return parse(file.read(length))
        except ValueError:
            raise InputError(f"{path} was written anew just now; look again") from None
