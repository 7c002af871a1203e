"""``reviews.jsonl``: append-only, one decision a line, on the disk before anyone is told of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from newsclaims.schema import Review


class Journal:
    """The decisions of a run, shared by all who review it.

    Several processes may append at once: each line is one write to a file opened for appending.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, review: Review) -> None:
        """Write a decision and wait until the disk has it."""
        line = json.dumps(review.row(), ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            size = os.fstat(handle).st_size
            if size:
                os.lseek(handle, size - 1, os.SEEK_SET)
                if os.read(handle, 1) != b"\n":  # a crash tore the last line: let it not swallow this one
                    line = b"\n" + line
            written = 0
            while written < len(line):
                written += os.write(handle, line[written:])
            os.fsync(handle)
        finally:
            os.close(handle)

    def read(self, offset: int = 0) -> Iterator[tuple[int, Review | None]]:
        """Whole lines from a byte offset on: where each ends, and the review, ``None`` where it is damaged.

        A last line without its line break is still being written, or torn; it is left for the next call.
        """
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            file.seek(offset)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                offset += len(line)
                if line.strip():
                    yield offset, _review(line)

    def reviews(self) -> Iterator[Review]:
        """Every readable decision, oldest first."""
        return (review for _, review in self.read() if review is not None)


def _review(line: bytes) -> Review | None:
    try:
        return Review.model_validate(json.loads(line))
    except (ValueError, ValidationError):
        return None
