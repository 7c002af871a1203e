"""Actors that extract, and the pool of them that stands in for the workers of one machine."""

from __future__ import annotations

import logging
import os
import platform
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from newsclaims import __version__
from newsclaims.batch.pool import AHEAD, QUEUED, Engine, Pool
from newsclaims.batch.run import rules_digest
from newsclaims.batch.worker import Found, Piece, Ready, Recipe
from newsclaims.distributed.connection import PATIENCE, connected, gist
from newsclaims.errors import NewsclaimsError, RuleError

log = logging.getLogger(__name__)

CPUS = 0.5
"""What an actor asks for. Half a core leaves room for Ray's readers and writers: two actors of a whole core
each would never start on two cores."""

LOSSES = 3
"""Times that every actor may die before any of them has done a batch; then the run is given up."""


@dataclass(frozen=True, slots=True)
class Luggage:
    """A recipe on its way to another machine, with the rule files, which need not be there."""

    recipe: Recipe
    contents: tuple[bytes, ...]

    @classmethod
    def of(cls, recipe: Recipe) -> Luggage:
        try:
            contents = tuple(path.read_bytes() for path in recipe.rules)
        except OSError as error:
            raise RuleError(f"{error.filename}: cannot be read: {error.strerror}") from None
        if recipe.model and os.sep in recipe.model:  # an actor's working folder may be another one
            recipe = replace(recipe, model=os.path.abspath(recipe.model))
        return cls(recipe, contents)

    def unpacked(self) -> Recipe:
        """The recipe, with copies of its own of the files that are not on this machine."""
        pairs = zip(self.recipe.rules, self.contents, strict=True)
        return replace(self.recipe, rules=tuple(_here(path, content) for path, content in pairs))


def _here(path: Path, content: bytes) -> Path:
    if path.is_file() and path.read_bytes() == content:
        return path
    copy = Path(tempfile.mkdtemp(prefix="newsclaims-")) / path.name  # a lexicon is known by its name
    copy.write_bytes(content)
    return copy


@dataclass(frozen=True, slots=True)
class Loaded:
    """An actor's first word: what it works with, and where."""

    machine: str
    version: str
    rules: str
    ready: Ready

    def check(self, other: Loaded) -> None:
        """Refuse an actor that would claim otherwise than this one.

        Raises:
            NewsclaimsError: the two have another version of newsclaims, other rules or another model.
        """
        for name in ("version", "rules", "ready"):
            if getattr(self, name) != getattr(other, name):
                what = {"version": "version of newsclaims", "rules": "rules or weights", "ready": "model"}[
                    name
                ]
                raise NewsclaimsError(
                    f"{self.machine} and {other.machine} differ in their {what}; install the same version of "
                    f"newsclaims and of the model on all machines of the cluster"
                )


class Actor:
    """Drives one worker process on some machine of the cluster.

    Errors meant for the user are returned: what an actor raises arrives wrapped in its traceback.
    """

    def __init__(self, luggage: Luggage) -> None:
        # A new process imports the file of ``__main__`` again; here, it would load Ray in vain.
        vars(sys.modules["__main__"]).pop("__file__", None)
        self._recipe = luggage.unpacked()
        self._pool = Pool(self._recipe, 1)

    def load(self) -> Loaded | NewsclaimsError:
        try:
            ready = self._pool.pipeline()
        except NewsclaimsError as error:
            return error
        return Loaded(platform.node(), __version__, rules_digest(self._recipe), ready)

    def extract(self, pieces: list[Piece]) -> list[Found] | NewsclaimsError:
        try:
            answers = [pair for batch in self._pool.map([pieces], lambda piece: piece) for pair in batch]
        except NewsclaimsError as error:
            return error
        return [found for _, found in answers if found]


@dataclass(slots=True, eq=False)
class _Job:
    """A batch, the pieces in it that need an actor, and what they gave once one has answered."""

    batch: list[Any]
    pieces: list[Piece]
    found: list[Found] | None


@dataclass(slots=True, eq=False)
class _Worker:
    """An actor and what it has been asked, in the order in which it answers: first to load, then jobs."""

    actor: Any
    asked: deque[tuple[_Job | None, Any]] = field(default_factory=deque)

    @property
    def starting(self) -> bool:
        return any(job is None for job, _ in self.asked)


class RayPool(Engine):
    """At most ``size`` actors on a cluster, as many as find room.

    Jobs go to actors that have loaded the model, so that nothing waits for one that never finds room. When
    one dies, others take over its jobs and a new one is started.

    Raises, from any method:
        NewsclaimsError: Ray is missing, there is no cluster, the pipeline cannot be loaded, the machines of the
            cluster differ in what they have installed, or actors only ever die.
    """

    def __init__(self, recipe: Recipe, size: int) -> None:
        self._recipe, self._luggage = recipe, Luggage.of(recipe)
        self._ray = connected()
        self._remote = self._ray.remote(num_cpus=CPUS, scheduling_strategy="SPREAD")(Actor)
        self._size = size
        self._workers: list[_Worker] = []
        self._waiting: deque[_Job] = deque()
        self._first: Loaded | None = None
        self._losses = 0

    def __exit__(self, *error: object) -> None:
        for worker in self._workers:
            self._ray.kill(worker.actor)
        self._workers.clear()

    def pipeline(self) -> Ready:
        """What the first actor, which this starts, has loaded."""
        return self.loaded().ready

    def loaded(self) -> Loaded:
        """What the first actor works with, and where."""
        self._start()
        while not self._first:
            self._listen()
        return self._first

    def map[T](
        self, batches: Iterable[list[T]], piece: Callable[[T], Piece | None]
    ) -> Iterator[list[tuple[T, Found | None]]]:
        """Each batch with what its parts gave, in order; parts for which ``piece`` is None need no actor."""
        source = iter(batches)
        pending: deque[_Job] = deque()
        exhausted = False
        while True:
            while not exhausted and not self._waiting and len(pending) < AHEAD * self._size and self._free():
                batch = next(source, None)
                if batch is None:
                    exhausted = True
                    break
                pending.append(self._job([(part, piece(part)) for part in batch]))
            while pending and pending[0].found is not None:
                job = pending.popleft()
                found = iter(job.found or ())
                yield [(part, next(found) if piece(part) else None) for part in job.batch]
            if exhausted and not pending:
                return
            if pending or not self._free():
                self._listen()

    def _job[T](self, batch: list[tuple[T, Piece | None]]) -> _Job:
        pieces = [piece for _, piece in batch if piece]
        job = _Job([part for part, _ in batch], pieces, None if pieces else [])
        if pieces:
            self._waiting.append(job)
            while len(self._workers) < self._size:
                self._start()
            self._assign()
        return job

    def _free(self) -> _Worker | None:
        """The actor with the least to do, if there is one that can take a job."""
        able = (worker for worker in self._workers if not worker.starting and len(worker.asked) < QUEUED)
        return min(able, key=lambda worker: len(worker.asked), default=None)

    def _assign(self) -> None:
        while self._waiting and (worker := self._free()):
            job = self._waiting.popleft()
            worker.asked.append((job, worker.actor.extract.remote(job.pieces)))

    def _start(self) -> None:
        actor = self._remote.remote(self._luggage)
        self._workers.append(_Worker(actor, deque([(None, actor.load.remote())])))

    def _listen(self) -> None:
        """Wait until an actor answers or dies, and take in what it says."""
        heads = {worker.asked[0][1]: worker for worker in self._workers if worker.asked}
        answered, _ = self._ray.wait(list(heads), timeout=PATIENCE)
        if not answered and all(worker.starting for worker in self._workers):
            log.warning("no actor has started yet: each waits for a machine with %s CPU to spare", CPUS)
        for reference in answered:
            self._hear(heads[reference], reference)
        self._assign()

    def _hear(self, worker: _Worker, reference: Any) -> None:
        try:
            answer = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            self._lose(worker, error)
            return
        if isinstance(answer, NewsclaimsError):
            raise answer
        job, _ = worker.asked.popleft()
        if job:
            job.found = answer
            self._losses = 0
        else:
            self._first = self._first or self._mine(answer.ready)
            self._first.check(answer)

    def _mine(self, ready: Ready) -> Loaded:
        """What this machine works with, which the record of the run names, with the model that is first met."""
        return Loaded(platform.node(), __version__, rules_digest(self._recipe), ready)

    def _lose(self, worker: _Worker, error: BaseException) -> None:
        """Put a new actor in the place of a dead one, and its jobs before all others.

        Nothing is held against an article: one that kills costs the actor its worker process and never itself.
        """
        log.info("an actor died: %s", error)
        self._losses += 1
        if self._losses >= LOSSES * len(self._workers):
            raise NewsclaimsError(
                f"actors die before they have done anything: {gist(error)}; every machine of the cluster needs "
                f"newsclaims[ray], and some 500 MB of memory for each actor"
            )
        self._workers.remove(worker)
        self._ray.kill(worker.actor)
        self._waiting.extendleft(job for job, _ in reversed(worker.asked) if job)
        self._start()
