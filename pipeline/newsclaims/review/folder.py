"""The files of a run folder, and lines read from them by place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from newsclaims.errors import InputError
from newsclaims.review.kinds import Kinds

NAMES = ("claims.jsonl", "documents.jsonl", "run.json", "reviews.jsonl", "review.sqlite")


def parse(line: bytes) -> Any:
    """The value of a JSON line. Lone surrogates, which strict readers refuse, are kept.

    Raises:
        ValueError: the line is no JSON.
    """
    try:
        return from_json(line)
    except ValueError:
        return json.loads(line)


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
        """What ``run.json`` says; nothing where there is none."""
        if not self.run.is_file():
            return {}
        try:
            about = parse(self.run.read_bytes())
        except ValueError as error:
            raise InputError(f"{self.run} is no JSON ({error}); extract again") from None
        if not isinstance(about, dict):
            raise InputError(f"{self.run} holds no JSON object; extract again")
        return about

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
