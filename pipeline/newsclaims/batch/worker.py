"""A worker: a process that loads the pipeline once and turns pieces of text into lines of claims."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import queue
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from newsclaims.batch.pieces import shifted
from newsclaims.errors import ModelError, NewsclaimsError, RuleError
from newsclaims.extraction import Extracts, isolated
from newsclaims.schema import BUILT_IN, Article, Claim, ClaimType

REINSTALL = "install it, or all that belongs to it: pip install --force-reinstall newsclaims"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides which claims a text gives: all that a worker is told when it starts."""

    model: str | None = None
    rules: tuple[Path, ...] = ()
    full_parse: bool = False
    types: frozenset[str] = frozenset()
    min_confidence: float = 0.0
    load: Callable[[Recipe], Extracts] | None = None
    """Another way to get an extractor, importable by name; ``None`` loads the project's own."""

    def extractor(self) -> Extracts:
        if self.load:
            return self.load(self)
        from newsclaims.extraction import Extractor

        extractor = Extractor(self.model, self.rules, full_parse=self.full_parse)
        extractor.warm_up()
        return extractor

    def claim_types(self) -> dict[str, ClaimType]:
        """The claim types that the rules know, by name.

        Raises:
            RuleError: a rule file has a fault, or ``types`` names none of them.
        """
        models = BUILT_IN
        if not self.load:
            from newsclaims.claims.rulereader import load

            models = load(self.rules).types
        known = {name: ClaimType.of(model) for name, model in models.items()}
        for name in sorted(self.types - known.keys()):
            raise RuleError(f"no claim type {name!r}; there are {', '.join(known)}")
        return known

    def keeps(self, claim: Claim) -> bool:
        return claim.confidence >= self.min_confidence and (not self.types or claim.type in self.types)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article that is analysed alone: ``article.text`` begins at ``offset`` in the whole."""

    article: Article
    offset: int = 0


@dataclass(slots=True)
class Found:
    """What a piece, or a whole article, gave: JSON lines of claims, or the error that took their place.

    ``known`` says that it comes from an earlier run.
    """

    lines: bytes = b""
    claims: Counter[str] = field(default_factory=Counter)
    words: int = 0
    error: str | None = None
    message: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker's first word: the model that it has loaded, and the claim types that it finds."""

    model: str
    claim_types: list[ClaimType]


def extract(recipe: Recipe, extractor: Extracts, pieces: Sequence[Piece]) -> list[Found]:
    """The claims of each piece. A piece that makes the pipeline fail costs nobody but itself."""

    def found(some: Sequence[Piece]) -> list[Found]:
        results = extractor.extract(piece.article for piece in some)
        return [_found(recipe, piece, claims) for piece, (_, claims) in zip(some, results, strict=True)]

    return [
        Found(error=type(answer).__name__, message=f"the pipeline failed on this article: {answer}")
        if isinstance(answer, Exception)
        else answer
        for answer in isolated(pieces, found)
    ]


def _found(recipe: Recipe, piece: Piece, claims: Sequence[Claim]) -> Found:
    rows: list[dict[str, Any]] = [claim.row() for claim in claims if recipe.keeps(claim)]
    if piece.offset:
        rows = [shifted(row, piece.offset) for row in rows]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    words = len(piece.article.text.split())
    return Found(lines.encode(), Counter(row["type"] for row in rows), words)


def serve(connection: Connection, recipe: Recipe) -> None:
    """Main function of a worker process: answers each list of pieces that it is sent."""
    for library in ("OMP", "OPENBLAS", "MKL"):  # the workers themselves fill the cores
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    try:
        extractor = recipe.extractor()
        ready = Ready(model_identity(extractor), list(recipe.claim_types().values()))
    except NewsclaimsError as error:
        connection.send(error)
        return
    except ImportError as error:
        connection.send(ModelError(f"a library of the pipeline is missing: {error}; {REINSTALL}"))
        return
    gc.freeze()  # model and weights live as long as the process: never look through them again
    gc.disable()  # what a batch makes is looked through once, when it is done
    inbox: queue.SimpleQueue[list[Piece]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, inbox), daemon=True).start()
    connection.send(ready)
    while True:
        connection.send(extract(recipe, extractor, inbox.get()))
        gc.collect()


def _receive(connection: Connection, inbox: queue.SimpleQueue[list[Piece]]) -> None:
    """Take in batches while others are in work, and end the process when the main one is gone.

    Were the worker to read only between batches, both sides could wait for ever, each for the other to take
    what it sends.
    """
    try:
        while True:
            inbox.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)


def model_identity(extractor: Extracts) -> str:
    """Name, version and digest of the files of the model; two models of one name are told apart."""
    nlp = getattr(extractor, "nlp", None)
    if nlp is None:
        return type(extractor).__name__
    digest = hashlib.sha256()
    for path in sorted(nlp.path.rglob("*")) if nlp.path else ():
        if path.is_file():
            digest.update(path.relative_to(nlp.path).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}+{digest.hexdigest()[:16]}"
