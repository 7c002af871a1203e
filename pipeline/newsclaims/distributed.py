"""The same extraction on a Ray cluster.

An actor lives on some machine and drives one worker process there, as the local engine does. An article that
kills the process which reads it is then dealt with there and in the same way, and when an actor dies, the
machine is to blame and never an article.

:class:`RayPool` takes the place of the local pool: reader, order, ledger and files stay as they are, and so
do the bytes. :func:`write_shards` leaves the order out: Ray Data reads, extracts and writes Parquet.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import signal
import socket
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stdout
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from newsclaims import __version__
from newsclaims.batch.items import Item, joined, parts, without
from newsclaims.batch.pieces import BATCH
from newsclaims.batch.pool import AHEAD, QUEUED, Engine, Pool
from newsclaims.batch.run import made_by, rules_digest
from newsclaims.batch.worker import Found, Piece, Ready, Recipe
from newsclaims.errors import NewsclaimsError, RuleError
from newsclaims.schema import Article, Failure
from newsclaims.sources import ReadOptions, read
from newsclaims.sources.remote import is_address

if TYPE_CHECKING:
    import pyarrow as pa

log = logging.getLogger(__name__)

CPUS = 0.5
"""What an actor asks for. Half a core leaves room for Ray's readers and writers: two actors of a whole core
each would never start on two cores."""

LOSSES = 3
"""Times that every actor may die before any of them has done a batch; then the run is given up."""

PATIENCE = 30.0
"""Seconds without a single actor after which the user is told what the run waits for."""

SHARD_ROWS = 2_000
"""Articles in a shard, or a few more: some 10 MB of Parquet."""

SHARDS_RUN = "_run.json"
"""Lies beside the shards; the underscore makes readers of Parquet folders pass it over."""


@contextmanager
def cluster() -> Iterator[int]:
    """Connected to the cluster that ``RAY_ADDRESS`` names, or to a new one of this machine alone.

    Meanwhile, what is printed to ``sys.stdout`` is lost: Ray writes its reports there, and claims may go there.

    Yields:
        The number of cores.

    Raises:
        NewsclaimsError: Ray is not installed, or there is no cluster where ``RAY_ADDRESS`` says.
    """
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        ray = _ray()
        try:
            yield int(ray.cluster_resources().get("CPU", 0)) or 1
        finally:
            with _undisturbed():
                ray.shutdown()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C back until the end: Ray crashes, or leaves processes behind, where it is broken off."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def _ray() -> Any:
    """Ray, connected to the cluster that ``RAY_ADDRESS`` names, or to a new one of this machine alone."""
    address = os.environ.get("RAY_ADDRESS") or "local"
    alone: dict[str, Any] = {}
    if address == "local":
        alone["include_dashboard"] = False
        # Despite its name it is read on every system: Ray then listens on the loopback interface alone.
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    try:
        import ray
    except ImportError:
        raise NewsclaimsError(
            "--engine ray needs Ray, which is missing: pip install 'newsclaims[ray]'"
        ) from None
    if not ray.is_initialized():
        try:
            _knock(address)
            with _undisturbed():
                ray.init(address, log_to_driver=False, logging_level="FATAL", **alone)
        except (OSError, RuntimeError, ValueError) as error:
            which = "answers at RAY_ADDRESS=" + address if address != "local" else "could be started here"
            raise NewsclaimsError(f"no Ray cluster {which}: {_gist(error)}") from None
    return ray


def _knock(address: str) -> None:
    """Find out at once that nobody listens at ``host:port``; Ray itself would try for many minutes."""
    host, _, port = address.rpartition(":")
    if port.isdigit() and "//" not in host:
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()


def _gist(error: BaseException) -> str:
    """The last line of an error of Ray, where tracebacks of other machines say what went wrong."""
    return next((line.strip() for line in reversed(str(error).splitlines()) if line.strip()), repr(error))


@dataclass(frozen=True, slots=True)
class _Luggage:
    """A recipe on its way to another machine, with the rule files, which need not be there."""

    recipe: Recipe
    contents: tuple[bytes, ...]

    @classmethod
    def of(cls, recipe: Recipe) -> _Luggage:
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
class _Loaded:
    """An actor's first word: what it works with, and where."""

    machine: str
    version: str
    rules: str
    ready: Ready

    def check(self, other: _Loaded) -> None:
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


class _Actor:
    """Drives one worker process on some machine of the cluster.

    Errors meant for the user are returned: what an actor raises arrives wrapped in its traceback.
    """

    def __init__(self, luggage: _Luggage) -> None:
        # A new process imports the file of ``__main__`` again; here, it would load Ray in vain.
        vars(sys.modules["__main__"]).pop("__file__", None)
        self._recipe = luggage.unpacked()
        self._pool = Pool(self._recipe, 1)

    def load(self) -> _Loaded | NewsclaimsError:
        try:
            ready = self._pool.pipeline()
        except NewsclaimsError as error:
            return error
        return _Loaded(platform.node(), __version__, rules_digest(self._recipe), ready)

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
        self._recipe, self._luggage = recipe, _Luggage.of(recipe)
        self._ray = _ray()
        self._remote = self._ray.remote(num_cpus=CPUS, scheduling_strategy="SPREAD")(_Actor)
        self._size = size
        self._workers: list[_Worker] = []
        self._waiting: deque[_Job] = deque()
        self._first: _Loaded | None = None
        self._losses = 0

    def __enter__(self) -> RayPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            self._ray.kill(worker.actor)
        self._workers.clear()

    def pipeline(self) -> Ready:
        """What the first actor, which this starts, has loaded."""
        return self.loaded().ready

    def loaded(self) -> _Loaded:
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

    def _mine(self, ready: Ready) -> _Loaded:
        """What this machine works with, which the record of the run names, with the model that is first met."""
        return _Loaded(platform.node(), __version__, rules_digest(self._recipe), ready)

    def _lose(self, worker: _Worker, error: BaseException) -> None:
        """Put a new actor in the place of a dead one, and its jobs before all others.

        Nothing is held against an article: one that kills costs the actor its worker process and never itself.
        """
        log.info("an actor died: %s", error)
        self._losses += 1
        if self._losses >= LOSSES * len(self._workers):
            raise NewsclaimsError(
                f"actors die before they have done anything: {_gist(error)}; every machine of the cluster needs "
                f"newsclaims[ray], and some 500 MB of memory for each actor"
            )
        self._workers.remove(worker)
        self._ray.kill(worker.actor)
        self._waiting.extendleft(job for job, _ in reversed(worker.asked) if job)
        self._start()


_COLUMNS = ("number", "id", "source", "document", "claims", "error", "message", "line")


class _ShardActor(_Actor):
    """Takes rows of what was read and gives rows with claims, for Ray Data."""

    def __init__(self, luggage: _Luggage, first: _Loaded) -> None:
        super().__init__(luggage)
        first.check(_raised(self.load()))

    def __call__(self, batch: dict[str, Any]) -> pa.Table:
        import pyarrow as pa

        todo = [part for line in batch["read"] for part in parts(_item(line), None)]
        answers = iter(_raised(self.extract([part.piece for part in todo if part.piece])))
        done = joined((part, next(answers) if part.piece else None) for part in todo)
        # The types are given, so that a batch without a single claim does not differ from the others.
        types: dict[str, pa.DataType] = dict.fromkeys(_COLUMNS, pa.string())
        types |= {"number": pa.int64(), "claims": pa.list_(pa.string()), "line": pa.int64()}
        return pa.Table.from_pylist([_row(item, found) for item, found in done], pa.schema(types))


def _raised[T](answer: T | NewsclaimsError) -> T:
    if isinstance(answer, NewsclaimsError):
        raise answer
    return answer


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
    ray = _ray()
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
        _ShardActor,
        fn_constructor_args=(_Luggage.of(recipe), first),
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
        raise NewsclaimsError(f"the cluster gave up: {_gist(error)}") from None
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
