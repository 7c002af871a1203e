"""The same extraction on a Ray cluster, by actors that do what the worker processes of one machine do.

:class:`RayPool` takes the place of the local pool: reader, order, ledger and files stay as they are, and so
do the bytes. :func:`write_shards` leaves the order out: Ray Data reads, extracts and writes Parquet on the
cluster.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any

from newsclaims.batch.items import Item, joined, parts
from newsclaims.batch.pool import AHEAD
from newsclaims.batch.worker import Found, Piece, Ready, Recipe, extract, model_identity
from newsclaims.errors import NewsclaimsError
from newsclaims.schema import Article, Failure
from newsclaims.sources import ReadOptions, read

CPUS = 0.5
"""What an actor asks for. Half a core leaves room for Ray's readers and writers: two actors of a whole core
each would never start on two cores."""

SHARD_BATCH = 16
"""Articles that an actor takes at once when it writes shards."""


def _ray() -> Any:
    try:
        import ray
    except ImportError:
        raise NewsclaimsError(
            "--engine ray needs Ray, which is missing: pip install 'newsclaims[ray]'"
        ) from None
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level="ERROR")
    return ray


class _Actor:
    """Holds the pipeline; lives on some machine of the cluster."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._extractor = recipe.extractor()

    def ready(self) -> Ready:
        return Ready(model_identity(self._extractor), list(self._recipe.claim_types().values()))

    def extract(self, pieces: list[Piece]) -> list[Found]:
        return extract(self._recipe, self._extractor, pieces)


class RayPool:
    """Actors on a cluster, with the interface of :class:`newsclaims.batch.pool.Pool`.

    An actor that dies is started again by Ray and its batch given to it once more; if it dies of it again,
    each piece of the batch goes alone, and the one that kills becomes a failure.
    """

    def __init__(self, recipe: Recipe, size: int) -> None:
        self._ray = _ray()
        remote = self._ray.remote(num_cpus=CPUS, max_restarts=-1, max_task_retries=1)(_Actor)
        self._actors = [remote.remote(recipe) for _ in range(size)]

    def __enter__(self) -> RayPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for actor in self._actors:
            self._ray.kill(actor)

    def pipeline(self) -> Ready:
        """What the first actor has loaded."""
        try:
            ready: Ready = self._ray.get(self._actors[0].ready.remote())
        except self._ray.exceptions.RayActorError as error:
            cause = next((c for c in (error.__cause__, error) if isinstance(c, NewsclaimsError)), None)
            raise cause or NewsclaimsError(f"no actor could load the pipeline: {error}") from None
        return ready

    def map[T](
        self, batches: Iterable[list[T]], piece: Callable[[T], Piece | None]
    ) -> Iterator[list[tuple[T, Found | None]]]:
        """Each batch with what its parts gave, in order."""
        pending: deque[tuple[list[T], list[Piece], Any]] = deque()
        number = 0
        for batch in batches:
            pieces = [p for part in batch if (p := piece(part))]
            answer = None
            if pieces:
                answer = self._actors[number % len(self._actors)].extract.remote(pieces)
                number += 1
            pending.append((batch, pieces, answer))
            if len(pending) >= AHEAD * len(self._actors):
                yield self._answered(*pending.popleft(), piece)
        while pending:
            yield self._answered(*pending.popleft(), piece)

    def _answered[T](
        self, batch: list[T], pieces: list[Piece], answer: Any, piece: Callable[[T], Piece | None]
    ) -> list[tuple[T, Found | None]]:
        found = iter(self._found(pieces, answer))
        return [(part, next(found) if piece(part) else None) for part in batch]

    def _found(self, pieces: list[Piece], answer: Any) -> list[Found]:
        if answer is None:
            return []
        try:
            found: list[Found] = self._ray.get(answer)
        except self._ray.exceptions.RayError as error:
            if len(pieces) == 1:
                return [Found(error="WorkerDied", message=f"an actor died twice on this article ({error})")]
            actor = self._actors[0]
            return [one for p in pieces for one in self._found([p], actor.extract.remote([p]))]
        return found


class _ShardActor(_Actor):
    """Takes rows of articles and gives rows with claims."""

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        items = [_item(row) for row in batch["read"]]
        todo = [part for item in items for part in parts(item, None)]
        pieces = [part.piece for part in todo if part.piece]
        answers = iter(self.extract(pieces))
        done = joined((part, next(answers) if part.piece else None) for part in todo)
        rows = [_row(item, found) for item, found in done]
        return {column: [row[column] for row in rows] for column in rows[0]}


def write_shards(
    inputs: Sequence[str], folder: str, recipe: Recipe, options: ReadOptions, *, workers: int
) -> int:
    """Extract into Parquet files in a folder or bucket, and return the number of rows.

    A row is an article: ``number`` (its place in the input), ``id``, ``document`` (its line of
    ``documents.jsonl``), ``claims`` (its lines of ``claims.jsonl``, a list), ``error`` and ``message``.
    """
    ray = _ray()
    data = ray.data.from_items([{"given": list(inputs)}])
    data = data.map_batches(_reading(options), batch_size=1)
    data = data.repartition(target_num_rows_per_block=SHARD_BATCH)  # as it comes, for all actors to have some
    data = data.map_batches(
        _ShardActor,
        fn_constructor_args=(recipe,),
        batch_size=SHARD_BATCH,
        num_cpus=CPUS,
        compute=ray.data.ActorPoolStrategy(size=workers),
    )
    data.write_parquet(folder)
    rows: int = ray.data.read_parquet(folder).count()
    return rows


def _reading(options: ReadOptions) -> Callable[[dict[str, Any]], Iterator[dict[str, Any]]]:
    def reading(batch: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for given in batch["given"]:
            for number, thing in enumerate(read(list(given), options)):
                kind = "article" if isinstance(thing, Article) else "failure"
                yield {"read": [json.dumps([number, kind, thing.row()])]}

    return reading


def _item(line: str) -> Item:
    number, kind, row = json.loads(line)
    return Item.of(number, Article(**row) if kind == "article" else Failure(**row))


def _row(item: Item, found: Found) -> dict[str, Any]:
    failure = item.failure(found)
    return {
        "number": item.number,
        "id": item.article.id if item.article else "",
        "source": item.source or "",
        "document": "" if failure else item.line.decode(),
        "claims": [] if failure else found.lines.decode().splitlines(keepends=True),
        "error": failure.error if failure else "",
        "message": failure.message if failure else "",
    }
