"""What the caller names → files to read: single files, folders, standard input."""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
from collections.abc import Container, Iterator
from pathlib import Path

from newsclaims.schema import Failure
from newsclaims.sources import remote
from newsclaims.sources.dispatch import explained
from newsclaims.sources.errors import UnreadableError
from newsclaims.sources.files import SourceFile, failure, printable
from newsclaims.sources.options import ReadOptions

log = logging.getLogger(__name__)

STDIN = "-"


def files(given: str | Path, options: ReadOptions) -> Iterator[SourceFile | Failure]:
    """The files of one input: itself, or all under it if it is a folder, in the order of their names."""
    if str(given) == STDIN:
        yield SourceFile(
            lambda: os.fdopen(sys.stdin.fileno(), "rb", buffering=0, closefd=False),
            id="stdin",
            source=STDIN,
            name="stdin",
            options=options,
        )
        return
    if isinstance(given, str) and remote.is_address(given):
        yield from remote.files(given, options)
        return
    path = Path(given)
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        yield failure(printable(str(given)), explained(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, options)
    else:
        yield _local(path, path.name, options, sought=True)


def _local(path: Path, id: str, options: ReadOptions, *, sought: bool) -> SourceFile:
    return SourceFile(
        lambda: open(path, "rb", buffering=0),
        id=id,
        source=str(path),
        name=path.name,
        options=options,
        sought=sought,
    )


def _folder(root: Path, options: ReadOptions) -> Iterator[SourceFile | Failure]:
    """All regular files under a folder, but hidden ones. A folder stands at its name's place among the files
    beside it. A linked folder is walked once, and never inside itself. One that holds the results of a run is passed
    over, since they would be read as articles."""
    linked: set[tuple[int, int]] = set()

    def walk(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[SourceFile | Failure]:
        try:
            names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
        except OSError as error:
            yield failure(printable(str(folder)), explained(error))
            return
        if folder != root and (state := _state_of_run(folder, names)):
            # results that are being written are this run's own as a rule, of which nothing need be said
            told = logging.INFO if state == "running" else logging.WARNING
            log.log(told, "%s holds the results of a run and is passed over", printable(str(folder)))
            return
        for name in names:
            path = folder / name
            try:
                status = os.stat(path)
                if stat.S_ISDIR(status.st_mode):
                    key = (status.st_dev, status.st_ino)
                    link = os.path.islink(path)
                    if key in above or (link and key in linked):
                        continue
                    if link:
                        linked.add(key)
                    yield from walk(path, (*above, key))
                elif stat.S_ISREG(status.st_mode):
                    yield _local(path, path.relative_to(root).as_posix(), options, sought=False)
                else:
                    yield failure(printable(str(path)), UnreadableError("is no regular file"))
            except OSError as error:
                yield failure(printable(str(path)), explained(error))

    status = os.stat(root)
    yield from walk(root, ((status.st_dev, status.st_ino),))


def _state_of_run(folder: Path, names: Container[str]) -> str | None:
    """The state of the run whose results a folder holds; none where it holds other things."""
    if "claims.jsonl" not in names or "run.json" not in names:
        return None
    try:
        about = json.loads((folder / "run.json").read_bytes())
    except (OSError, ValueError):
        return None
    return str(about.get("state")) if isinstance(about, dict) and "schema_version" in about else None
