"""One run from the reader to the sink."""

from __future__ import annotations

import hashlib
import logging
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from newsclaims import __version__
from newsclaims.batch.items import Item, Part, joined, parts
from newsclaims.batch.pieces import packed
from newsclaims.batch.pool import Engine, Pool
from newsclaims.batch.sinks import Sink
from newsclaims.batch.tally import Tally
from newsclaims.batch.worker import Ready, Recipe
from newsclaims.resources import models_dir
from newsclaims.schema import SCHEMA_VERSION, Article, Failure

log = logging.getLogger(__name__)


def rules_digest(recipe: Recipe) -> str:
    """Digest of all data that decides what is claimed: rules, lexicons, weights, and the user's own rules."""
    digest = hashlib.sha256()
    root = models_dir()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for path in recipe.rules:
        name = path.name if path.suffix == ".txt" else ""  # which lexicon it adds to
        digest.update(b"user\0" + name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def made_by(recipe: Recipe, pipeline: Ready, read_options: dict[str, Any]) -> dict[str, Any]:
    """All that decides the bytes of the results, but for the input itself."""
    return {
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "model": pipeline.model,
        "rules": rules_digest(recipe),
        "options": {
            "full_parse": recipe.full_parse,
            "types": sorted(recipe.types),
            "min_confidence": recipe.min_confidence,
            **read_options,
        },
        "claim_types": [kind.row() for kind in pipeline.claim_types],
    }


@contextmanager
def stopped_by_sigterm() -> Iterator[None]:
    """Take SIGTERM, which schedulers and a machine that goes down send, for Ctrl-C meanwhile."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def run(
    read: Iterable[Article | Failure],
    sink: Sink,
    recipe: Recipe,
    *,
    workers: int,
    engine: Callable[[Recipe, int], Engine] = Pool,
    read_options: dict[str, Any] | None = None,
    progress: Callable[[Tally, Item], None] = lambda _, __: None,
) -> Tally:
    """Extract the claims of all that is read into the sink.

    Args:
        read: articles and failures, in an order that is the same in every run.
        workers: how many processes extract.
        engine: what runs them.
        read_options: what the reader was told, as far as it decides what it yields.
        progress: called after every item with the counts so far.

    Ctrl-C ends the run early: the counts that are returned are then not ``complete``.

    Raises:
        NewsclaimsError: the pipeline cannot be loaded, or the sink holds what was made in another way.
    """
    tally = Tally()
    started = time.monotonic()
    try:
        with engine(recipe, workers) as pool:
            earlier = sink.begin(made_by(recipe, pool.pipeline(), read_options or {}))
            todo = packed(_todo(read, sink, tally, progress), Part.size)
            batches = pool.map(todo, lambda part: part.piece)
            for item, found in joined(_resting(batches, sink)):
                sink.write(item, found)
                tally.seconds = time.monotonic() - started
                tally.add(found, article=item.article is not None, now=not found.known)
                progress(tally, item)
        tally.removed = earlier - tally.kept
        tally.complete = True
    except KeyboardInterrupt:
        log.info("stopped by the user")
    finally:
        tally.seconds = time.monotonic() - started
        sink.end(tally)
    return tally


def _resting[T](batches: Iterable[list[T]], sink: Sink) -> Iterator[T]:
    """What the batches hold. The sink rests after each, when whoever takes this has written what was whole in it."""
    for batch in batches:
        yield from batch
        sink.rest()


def _todo(
    read: Iterable[Article | Failure], sink: Sink, tally: Tally, progress: Callable[[Tally, Item], None]
) -> Iterator[Part]:
    """Parts of the items that are not done yet; items that are done, at the beginning, are only counted."""
    kept = sink.kept()
    number = -1
    same = True
    for number, thing in enumerate(read):
        item = Item.of(number, thing)
        done = next(kept, None) if same else None
        if done and done.digest == item.digest:
            tally.add(done.found, article=item.article is not None, now=False)
            progress(tally, item)
            continue
        if same:
            same, kept = False, iter(())
            sink.diverge(number)
        yield from parts(item, sink.known(item.digest) if item.article else None)
    if same:
        sink.diverge(number + 1)
