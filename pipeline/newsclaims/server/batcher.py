"""One pipeline for many requests: articles that wait at the same time are analysed together."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Self

from newsclaims.extraction import Extracts, isolated
from newsclaims.schema import Article, Claim


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
            if wanted := [job for job in jobs if job.result.set_running_or_notify_cancel()]:
                self._run(wanted)
            if last:
                return

    def _run(self, jobs: Sequence[_Job]) -> None:
        for job, answer in zip(jobs, isolated(jobs, self._claims), strict=True):
            if isinstance(answer, Exception):
                job.result.set_exception(answer)
            else:
                job.result.set_result(answer)

    def _claims(self, jobs: Sequence[_Job]) -> list[list[Claim]]:
        return [claims for _, claims in self._extractor.extract(job.article for job in jobs)]
