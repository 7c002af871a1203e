"""One pipeline for many requests: articles that wait at the same time are analysed together."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, Self

from newsclaims.schema import Article, Claim


class Extracts(Protocol):
    """What is needed of :class:`newsclaims.extraction.Extractor`."""

    def extract(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim]]]: ...


class BusyError(Exception):
    """So many articles wait already that one more would only wait too long."""


@dataclass(frozen=True, slots=True)
class _Job:
    article: Article
    result: Future[list[Claim]]


class Batcher:
    """Runs an extractor in a thread of its own, over batches of whatever waits.

    Args:
        extractor: a loaded pipeline.
        waiting: articles that may wait at once.
        batch: articles analysed together.
        characters: text after which a batch is full, so that no short article waits for many long ones.
    """

    def __init__(
        self, extractor: Extracts, *, waiting: int = 256, batch: int = 32, characters: int = 200_000
    ) -> None:
        self._extractor = extractor
        self._jobs: queue.Queue[_Job | None] = queue.Queue(waiting)
        self._batch, self._characters = batch, characters
        self._thread = threading.Thread(target=self._work, name="newsclaims-batcher", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._jobs.put(None)
        self._thread.join()

    def submit(self, article: Article) -> Future[list[Claim]]:
        """The claims of the article, once it has been its turn. Cancelled before then, it is passed over.

        Raises:
            BusyError: too many articles wait already.
        """
        job = _Job(article, Future())
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            raise BusyError from None
        return job.result

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            jobs, size, last = [job], len(job.article.text), False
            while len(jobs) < self._batch and size < self._characters:
                try:
                    following = self._jobs.get_nowait()
                except queue.Empty:
                    break
                if following is None:
                    last = True
                    break
                jobs.append(following)
                size += len(following.article.text)
            self._run([job for job in jobs if job.result.set_running_or_notify_cancel()])
            if last:
                return

    def _run(self, jobs: list[_Job]) -> None:
        """Analyse together; where that fails, one by one, so that an article costs nobody but itself."""
        try:
            results = list(self._extractor.extract(job.article for job in jobs)) if jobs else []
        except (
            Exception
        ) as error:  # whatever a model or a rule may raise on odd text must not end the service
            if len(jobs) == 1:
                jobs[0].result.set_exception(error)
            else:
                for job in jobs:
                    self._run([job])
            return
        for job, (_, claims) in zip(jobs, results, strict=True):
            job.result.set_result(claims)
