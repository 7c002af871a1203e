"""Worker processes that answer batches in the order given, and outlive the death of any of them."""

from __future__ import annotations

import multiprocessing
import multiprocessing.resource_tracker
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Protocol, Self

from newsclaims.batch.worker import Found, Piece, Ready, Recipe, serve
from newsclaims.errors import NewsclaimsError

QUEUED = 2
"""Batches that a worker holds: one in work, one that waits, so that it never idles."""

AHEAD = 4
"""Batches for each worker that may be read before the oldest of them is done; bounds the memory in use."""


@dataclass(slots=True)
class _Job:
    """Pieces for one worker, and the places in the batch's answer that their results fill."""

    batch: int
    pieces: list[Piece]
    places: list[int]
    retried: bool = False


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    ready: bool = False
    jobs: deque[_Job] = field(default_factory=deque)


class Engine(Protocol):
    """What extracts: workers of this machine (:class:`Pool`), or of many (``newsclaims.distributed``)."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None: ...

    def pipeline(self) -> Ready: ...

    def map[T](
        self, batches: Iterable[list[T]], piece: Callable[[T], Piece | None]
    ) -> Iterator[list[tuple[T, Found | None]]]: ...


class Pool(Engine):
    """At most ``size`` workers, each started when there is work for it.

    Raises, from any method:
        NewsclaimsError: the pipeline cannot be loaded; the message says why.
    """

    def __init__(self, recipe: Recipe, size: int) -> None:
        self._recipe = recipe
        self._size = size
        self._workers: list[_Worker] = []
        self._waiting: deque[_Job] = deque()
        self._answers: dict[int, list[Found | None]] = {}

    def __exit__(self, *error: object) -> None:
        for worker in self._workers:
            worker.connection.close()
            if any(error) or not worker.ready:  # nobody waits for what they are at
                worker.process.kill()
        for worker in self._workers:
            worker.process.join(timeout=5)
            worker.process.kill()
            worker.process.join()
        self._workers.clear()

    def pipeline(self) -> Ready:
        """What the first worker, which this starts, has loaded."""
        worker = self._start()
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            raise self._stillborn() from None
        if isinstance(answer, NewsclaimsError):
            raise answer
        worker.ready = True
        assert isinstance(answer, Ready)
        return answer

    def map[T](
        self, batches: Iterable[list[T]], piece: Callable[[T], Piece | None]
    ) -> Iterator[list[tuple[T, Found | None]]]:
        """Each batch with what its parts gave, in order; parts for which ``piece`` is None need no worker."""
        source = iter(batches)
        pending: deque[tuple[int, list[T]]] = deque()
        number, exhausted = 0, False
        while True:
            while (
                not exhausted and not self._waiting and len(pending) < AHEAD * self._size and self._hungry()
            ):
                batch = next(source, None)
                if batch is None:
                    exhausted = True
                    break
                pieces = [(place, p) for place, part in enumerate(batch) if (p := piece(part))]
                self._answers[number] = [None] * len(batch)
                if pieces:
                    self._waiting.append(_Job(number, [p for _, p in pieces], [i for i, _ in pieces]))
                pending.append((number, batch))
                number += 1
                self._assign()
            while pending and self._complete(*pending[0], piece):
                done, batch = pending.popleft()
                yield list(zip(batch, self._answers.pop(done), strict=True))
            if exhausted and not pending:
                return
            self._assign()
            if any(worker.jobs or not worker.ready for worker in self._workers):
                self._listen()

    def _complete[T](self, number: int, batch: list[T], piece: Callable[[T], Piece | None]) -> bool:
        return all(found or not piece(part) for part, found in zip(batch, self._answers[number], strict=True))

    def _hungry(self) -> bool:
        """Whether another batch would find a worker, or start one."""
        return bool(self._free()) or len(self._workers) < self._size

    def _free(self) -> list[_Worker]:
        """Workers that can take a job, idle ones first; not those that still load, where it would wait."""
        free = [worker for worker in self._workers if worker.ready and len(worker.jobs) < QUEUED]
        return sorted(free, key=lambda worker: len(worker.jobs))

    def _assign(self) -> None:
        while self._waiting:
            free = self._free()
            if (not free or free[0].jobs) and len(self._workers) < self._size:
                self._start()
            if not free:
                return
            job = self._waiting.popleft()
            free[0].jobs.append(job)
            try:
                free[0].connection.send(job.pieces)
            except OSError:
                self._bury(free[0])

    def _listen(self) -> None:
        """Wait until some worker answers or dies, and take in what it says."""
        for connection in wait([worker.connection for worker in self._workers]):
            worker = next(w for w in self._workers if w.connection is connection)
            try:
                answer = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if isinstance(answer, NewsclaimsError):
                raise answer
            if isinstance(answer, Ready):
                worker.ready = True
                continue
            job = worker.jobs.popleft()
            self._answer(job, answer)

    def _answer(self, job: _Job, found: Iterable[Found]) -> None:
        for place, one in zip(job.places, found, strict=True):
            self._answers[job.batch][place] = one

    def _bury(self, worker: _Worker) -> None:
        """Take a dead worker out and give its jobs to others.

        Workers answer in order, so the first unanswered job is the one it died of. That job goes round once
        more, each piece for itself, so that only the piece that kills is lost.
        """
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        if not worker.ready:
            raise self._stillborn()
        retry: list[_Job] = []
        if worker.jobs:
            fatal = worker.jobs.popleft()
            if fatal.retried:
                code = worker.process.exitcode
                cause = f"signal {-code}" if code and code < 0 else f"exit status {code}"
                lost = Found(error="WorkerDied", message=f"a worker died twice on this article ({cause})")
                self._answer(fatal, [lost])
            else:
                pairs = zip(fatal.pieces, fatal.places, strict=True)
                retry = [_Job(fatal.batch, [piece], [place], True) for piece, place in pairs]
        self._waiting.extendleft(reversed([*retry, *worker.jobs]))

    def _stillborn(self) -> NewsclaimsError:
        return NewsclaimsError(
            "a worker died while loading the model; it needs about 500 MB of memory: try --workers 1"
        )

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._recipe), daemon=True)
        with_signals = hasattr(signal, "pthread_sigmask")
        # Ctrl-C, and often SIGTERM, reaches the whole process group; only the main process acts on it, so children
        # never see it. The tracker of multiprocessing lifts the block when it starts, so it is started before.
        if with_signals:
            multiprocessing.resource_tracker.ensure_running()
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            process.start()
        finally:
            if with_signals:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker
