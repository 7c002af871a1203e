"""Where results go: a folder that a later run can carry on, or a stream."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from newsclaims.batch.items import Item
from newsclaims.batch.ledger import DamagedLedgerError, Ends, Kept, Ledger
from newsclaims.batch.tally import Tally
from newsclaims.batch.worker import Found
from newsclaims.errors import NewsclaimsError

COMMIT_EVERY = 0.5
"""Seconds between two commits, at least: what a kill may take of the work that is written. One or two workers write
less often, and there each batch is lasting as soon as it is written."""

RESULTS = ("claims.jsonl", "documents.jsonl", "failures.jsonl")

GO_ON = "make room, and give the same command again to go on from here"


class Sink:
    """Takes the items of a run with their results, in input order. This one has no memory of earlier runs."""

    def begin(self, made_by: dict[str, Any]) -> int:  # noqa: ARG002
        """Told what will make the results, before any; returns how many articles are done already."""
        return 0

    def kept(self) -> Iterator[Kept]:
        """Items at the beginning of the input that are done already."""
        return iter(())

    def diverge(self, number: int) -> None:
        """Told that the input is no longer what it was, from item ``number`` on."""

    def known(self, digest: str) -> Found | None:  # noqa: ARG002
        """The claims of an article that was done before at another place."""
        return None

    def write(self, item: Item, found: Found) -> None:
        """Take the next item."""
        raise NotImplementedError

    def rest(self) -> None:
        """Told that a batch is written, and that the next one may take a while."""

    def end(self, tally: Tally) -> None:
        """Told the counts when the run is over, complete or not."""


class StreamSink(Sink):
    """Claims as JSON lines on one stream, failures as lines for a person on another."""

    def __init__(self, claims: BinaryIO, failures: TextIO) -> None:
        self._claims, self._failures = claims, failures

    def write(self, item: Item, found: Found) -> None:
        if found.lines:
            self._claims.write(found.lines)
            self._claims.flush()
        if failure := item.failure(found):
            print(failure.told(), file=self._failures)


class FolderSink(Sink):
    """``claims.jsonl``, ``documents.jsonl`` and ``failures.jsonl`` in a folder, with a ledger of the work.

    Args:
        folder: made if need be.
        inputs: what the run reads, as the user gave it.
        fresh: start over, whatever the folder holds.
        commit_every: seconds between two commits, at least.

    Raises:
        NewsclaimsError: another run writes into the folder, or what it holds was made in another way.
    """

    def __init__(
        self, folder: Path, inputs: list[str], *, fresh: bool = False, commit_every: float = COMMIT_EVERY
    ) -> None:
        self.folder = folder
        self._inputs = [
            given if given == "-" or "://" in given else os.path.abspath(given) for given in inputs
        ]
        self._commit_every = commit_every
        self._fresh, self._retry = fresh, False
        state = folder / ".newsclaims"
        ledger_file = state / "ledger.sqlite"
        with self._disk("choose another with -o"):
            files = [folder / name for name in RESULTS]
            if not ledger_file.exists() and any(path.exists() for path in files) and not fresh:
                raise NewsclaimsError(
                    f"{folder} holds results of unknown origin; choose another folder, or --fresh to replace them"
                )
            self._made = [path for path in (ledger_file, *files, state, folder) if not path.exists()]
            state.mkdir(parents=True, exist_ok=True)
            self._ledger = _ledger(ledger_file, fresh=fresh)
            self._files = [path.open("ab", buffering=2**20) for path in files]
        self._committed = time.monotonic()
        self._started = datetime.now(UTC).isoformat(timespec="seconds")
        self._made_by: dict[str, Any] = {}

    def begin(self, made_by: dict[str, Any]) -> int:
        if self._fresh:
            self._ledger.forget()
        before = json.loads(self._ledger["made_by"] or "null")
        if before is not None and (before := before | self._told_version()) != made_by:
            changed = ", ".join(_changed(before, made_by))
            raise NewsclaimsError(
                f"{self.folder} holds results made before these changed: {changed}; choose another folder, "
                f"or --fresh to start over"
            )
        gone = [given for given in json.loads(self._ledger["inputs"] or "[]") if given not in self._inputs]
        if gone:
            raise NewsclaimsError(
                f"{self.folder} holds the results of {gone[0]}, which this run does not read; "
                f"choose another folder, or --fresh to start over"
            )
        self._retry = self._ledger["state"] == "complete"
        self._ledger.forget_beyond(Ends(*(os.fstat(file.fileno()).st_size for file in self._files)))
        self._cut(self._ledger.ends())
        self._ledger["made_by"] = json.dumps(made_by)
        self._ledger["inputs"] = json.dumps(self._inputs)
        self._ledger["state"] = "running"
        self._ledger.commit()
        self._made_by = made_by
        self._tell("running", Tally())
        return self._ledger.articles()

    def kept(self) -> Iterator[Kept]:
        for kept in self._ledger.kept():
            if kept.own and self._retry:  # what the pipeline failed on is tried again when all else is done
                return
            yield kept

    def diverge(self, number: int) -> None:
        self._cut(self._ledger.set_aside(number, self.folder / RESULTS[0]))

    def known(self, digest: str) -> Found | None:
        return self._ledger.aside(digest)

    def write(self, item: Item, found: Found) -> None:
        claims, documents, failures = self._files
        failure = item.failure(found)
        own = failure is not None and item.article is not None
        with self._disk(GO_ON):
            if failure:
                failures.write(json.dumps(failure.row(), ensure_ascii=False).encode() + b"\n")
            else:
                claims.write(found.lines)
                documents.write(item.line)
            ends = Ends(*(file.tell() for file in self._files))
            self._ledger.add(item.number, item.digest, found, own, ends)

    def rest(self) -> None:
        if time.monotonic() - self._committed >= self._commit_every:
            self._commit()

    def end(self, tally: Tally) -> None:
        try:
            if self._made_by:
                self._conclude(tally)
        except NewsclaimsError:
            self._take_back()
            raise
        finally:
            self.close()
        if not self._made_by:
            self._unmake()

    def close(self) -> None:
        """Let go of the folder, without a word about what was done since the last commit."""
        for file in self._files:
            with suppress(OSError):
                file.close()
        self._ledger.close()

    def _take_back(self) -> None:
        """Leave what was committed last, in whole lines: others read the folder until the run goes on."""
        for file in self._files:
            with suppress(OSError):
                file.close()
        with suppress(OSError, sqlite3.Error):
            ends = self._ledger.take_back()
            for name, size in zip(RESULTS, (ends.claims, ends.documents, ends.failures), strict=True):
                os.truncate(self.folder / name, size)

    def _conclude(self, tally: Tally) -> None:
        self._commit()
        with self._disk(GO_ON):
            if tally.complete:
                self._ledger.drop_aside()
                self._ledger["state"] = "complete"
                self._ledger.commit()
            self._tell("complete" if tally.complete else "stopped", tally)

    def _unmake(self) -> None:
        """Leave no trace of a run that never began: an empty folder would pass for results."""
        for path in self._made:
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()

    def _commit(self) -> None:
        with self._disk(GO_ON):
            for file in self._files:
                file.flush()
                os.fsync(file.fileno())
            self._ledger.commit()
        self._committed = time.monotonic()

    @contextmanager
    def _disk(self, way_out: str) -> Iterator[None]:
        """Say in words, with the way out, that the disk refuses what the block writes."""
        try:
            yield
        except (OSError, sqlite3.OperationalError) as error:
            cause = getattr(error, "strerror", None) or error
            raise NewsclaimsError(f"{self.folder} cannot be written ({cause}); {way_out}") from None

    def _told_version(self) -> dict[str, Any]:
        """The version of the format that ``run.json`` names: what the folder's readers go by."""
        try:
            about = json.loads((self.folder / "run.json").read_bytes())
        except (OSError, ValueError):
            return {}
        version = about.get("schema_version") if isinstance(about, dict) else None
        return {} if version is None else {"schema_version": version}

    def _tell(self, state: str, tally: Tally) -> None:
        """Write ``run.json``, whole or not at all."""
        about = {
            **self._made_by,
            "inputs": self._inputs,
            "state": state,
            "started": self._started,
            "counts": tally.row(),
        }
        draft = self.folder / ".newsclaims" / "run.json"
        draft.write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(self.folder / "run.json")

    def _cut(self, ends: Ends) -> None:
        for file, size in zip(self._files, astuple(ends), strict=True):
            file.truncate(size)
            file.seek(size)


def _changed(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """What made the results otherwise, in words: of the options each, with what it was and what it is."""
    for key, value in now.items():
        was = before.get(key)
        if isinstance(value, dict) and isinstance(was, dict):
            for name in value:
                if value[name] != was.get(name):
                    yield f"{name} (was {_told(was.get(name))}, now {_told(value[name])})"
        elif value != was:
            yield key


def _told(value: Any) -> str:
    return (", ".join(map(str, value)) or "all") if isinstance(value, list) else str(value)


def _ledger(path: Path, *, fresh: bool) -> Ledger:
    """The ledger of that path; who starts over gets a new one for a damaged one."""
    try:
        return Ledger(path)
    except DamagedLedgerError:
        if not fresh:
            raise
    for part in path.parent.glob(path.name + "*"):
        part.unlink()
    return Ledger(path)
