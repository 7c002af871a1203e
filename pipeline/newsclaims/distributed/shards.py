"""Parquet shards by Ray Data, for those whom the order of the articles does not matter to."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsclaims.batch.items import Item, joined, parts, without
from newsclaims.batch.pieces import BATCH
from newsclaims.batch.run import made_by
from newsclaims.batch.worker import Found, Recipe
from newsclaims.distributed.connection import connected, gist
from newsclaims.distributed.pool import CPUS, Actor, Loaded, Luggage, RayPool
from newsclaims.errors import NewsclaimsError
from newsclaims.schema import Article, Failure
from newsclaims.sources import ReadOptions, read
from newsclaims.sources.remote import is_address

if TYPE_CHECKING:
    import pyarrow as pa

log = logging.getLogger(__name__)

SHARD_ROWS = 2_000
"""Articles in a shard, or a few more: some 10 MB of Parquet."""

SHARDS_RUN = "_run.json"
"""Lies beside the shards; the underscore makes readers of Parquet folders pass it over."""


def raised[T](answer: T | NewsclaimsError) -> T:
    if isinstance(answer, NewsclaimsError):
        raise answer
    return answer


_COLUMNS = ("number", "id", "source", "document", "claims", "error", "message", "line")


class ShardActor(Actor):
    """Takes rows of what was read and gives rows with claims, for Ray Data."""

    def __init__(self, luggage: Luggage, first: Loaded) -> None:
        super().__init__(luggage)
        first.check(raised(self.load()))

    def __call__(self, batch: dict[str, Any]) -> pa.Table:
        import pyarrow as pa

        todo = [part for line in batch["read"] for part in parts(_item(line), None)]
        answers = iter(raised(self.extract([part.piece for part in todo if part.piece])))
        done = joined((part, next(answers) if part.piece else None) for part in todo)
        # The types are given, so that a batch without a single claim does not differ from the others.
        types: dict[str, pa.DataType] = dict.fromkeys(_COLUMNS, pa.string())
        types |= {"number": pa.int64(), "claims": pa.list_(pa.string()), "line": pa.int64()}
        return pa.Table.from_pylist([_row(item, found) for item, found in done], pa.schema(types))


def write_shards(
    inputs: Sequence[str],
    folder: str,
    recipe: Recipe,
    options: ReadOptions,
    *,
    workers: int,
    fresh: bool = False,
) -> tuple[int, int]:
    """Extract into Parquet files in a folder or bucket.

    A row is an article: ``number`` (its place in the input), ``id``, ``source``, ``document`` (its line of
    ``documents.jsonl``), ``claims`` (its lines of ``claims.jsonl``, a list), and for a failure ``error``,
    ``message`` and ``line`` in place of the two. ``_run.json`` says what made them, as ``run.json`` of other runs
    does, and whether they are complete.

    Args:
        fresh: replace the shards that the folder holds.

    Returns:
        The numbers of articles and of failures.

    Raises:
        NewsclaimsError: as :class:`RayPool`; or the folder holds shards, or cannot be written; or standard input
            is to be read.
    """
    if "-" in inputs:
        raise NewsclaimsError("shards are not made of standard input; name files, folders or addresses")
    shards = _Shards.at(folder)
    shards.make_room(fresh)
    with RayPool(recipe, 1) as pool:  # says what is wrong with the recipe, before Ray Data wraps it up
        first = pool.loaded()
    about = {**made_by(recipe, first.ready, asdict(options)), "inputs": list(inputs), "state": "running"}
    shards.tell(about)
    ray = connected()
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = log.isEnabledFor(logging.INFO)
    context.target_max_block_size = BATCH  # blocks as small as a batch, for all actors to have some soon
    if not context.enable_progress_bars:
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # after its import, which sets another level
    # Paths mean this machine. Actors may hold all cores, and who reads and writes must not wait for their end.
    here = {"num_cpus": 0, "resources": {f"node:{ray.util.get_node_ip_address()}": 0.001}}
    reading = {"num_cpus": 0} if all(map(is_address, inputs)) else here
    writing = {"num_cpus": 0} if is_address(folder) else here
    data = ray.data.from_items([{"given": list(inputs)}])
    data = data.map_batches(_reading(options, os.getcwd(), shards.local), batch_size=1, **reading)
    data = data.map_batches(
        ShardActor,
        fn_constructor_args=(Luggage.of(recipe), first),
        batch_size=None,
        num_cpus=CPUS,
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers),
    )
    try:
        data.write_parquet(
            shards.root,
            filesystem=shards.arrow(),
            try_create_dir=False,
            min_rows_per_file=SHARD_ROWS,
            ray_remote_args=writing,
        )
    except ray.exceptions.RayError as error:
        log.info("Ray Data failed", exc_info=True)
        raise NewsclaimsError(f"the cluster gave up: {gist(error)}") from None
    rows, failures = shards.count()
    counts = {"articles": rows - failures, "failures": failures}
    shards.tell({**about, "state": "complete", "counts": counts})
    return rows - failures, failures


@dataclass(frozen=True, slots=True)
class _Shards:
    """The folder or bucket of the shards: an fsspec file system, and the path in it."""

    given: str
    system: Any
    root: str

    @classmethod
    def at(cls, folder: str) -> _Shards:
        from fsspec.core import url_to_fs

        with _explained(folder):
            system, root = url_to_fs(folder)
        return cls(folder, system, root.rstrip("/"))

    @property
    def local(self) -> Path | None:
        return None if is_address(self.given) else Path(self.root)

    def arrow(self) -> Any:
        """The file system as PyArrow and Ray know them."""
        from pyarrow.fs import FSSpecHandler, PyFileSystem

        return PyFileSystem(FSSpecHandler(self.system))  # type: ignore[abstract]

    def files(self) -> list[str]:
        found: list[str] = self.system.glob(f"{self.root}/*.parquet")
        return sorted(found)

    def make_room(self, fresh: bool) -> None:
        """See to it that the folder is there and holds no shards."""
        with _explained(self.given):
            if self.local:  # elsewhere, there are no folders, and a mistyped bucket must not be made
                self.local.mkdir(parents=True, exist_ok=True)
            old = self.files()
            if old and not fresh:
                raise NewsclaimsError(
                    f"{self.given} holds shards already; choose another folder, or --fresh to replace them"
                )
            for file in old:
                self.system.rm_file(file)

    def count(self) -> tuple[int, int]:
        """Rows, and those of them that are failures."""
        import pyarrow.dataset as ds

        rows = ds.dataset(self.files(), filesystem=self.system, format="parquet")
        return rows.count_rows(), rows.count_rows(filter=ds.field("error") != "")

    def tell(self, about: dict[str, Any]) -> None:
        with (
            _explained(self.given),
            self.system.open(f"{self.root}/{SHARDS_RUN}", "w", encoding="utf-8") as file,
        ):
            file.write(json.dumps(about, indent=1, ensure_ascii=False) + "\n")


@contextmanager
def _explained(folder: str) -> Iterator[None]:
    try:
        yield
    except NewsclaimsError:
        raise
    except Exception as error:  # each kind of file system has errors of its own
        raise NewsclaimsError(f"{folder} cannot be written: {error}") from None


def _reading(
    options: ReadOptions, folder: str, results: Path | None
) -> Callable[[dict[str, Any]], Iterator[dict[str, Any]]]:
    """What reads the inputs as if it were in ``folder``, and passes the results over if they lie among them."""

    def reading(batch: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for given in batch["given"]:
            with chdir(folder if os.path.isdir(folder) else "."):  # another machine need not have it
                for number, thing in enumerate(without(read(list(given), options), results)):
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
        "claims": [] if failure else [line.decode() for line in found.lines.splitlines(keepends=True)],
        "error": failure.error if failure else "",
        "message": failure.message if failure else "",
        "line": failure.line if failure else None,
    }
