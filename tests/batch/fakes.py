"""An extractor without a model, for tests of the engine: it finds "NAME joined NAME." and does as it is told.

The words CRASH, EXIT and SLEEP in an article raise an error, end the worker, and take a tenth of a second.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from newsclaims.batch.pool import Engine
from newsclaims.batch.worker import Found, Piece, Ready, Recipe, extract, model_identity
from newsclaims.schema import Argument, Article, Claim, Move, Span

JOINED = re.compile(r"(\w+) (joined) (\w+)\.")


def _span(match: re.Match[str], group: int) -> dict[str, object]:
    return {"start": match.start(group), "end": match.end(group), "text": match[group]}


class Fake:
    def extract(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim]]]:
        for article in articles:
            if "CRASH" in article.text:
                raise ValueError("told to crash")
            if "EXIT" in article.text:
                os._exit(9)
            if "SLEEP" in article.text:
                time.sleep(0.1)
            yield article, [self._claim(article, match) for match in JOINED.finditer(article.text)]

    def _claim(self, article: Article, match: re.Match[str]) -> Claim:
        return Move(
            id=f"{match.start():08x}",
            doc=article.id,
            trigger=Span.model_validate(_span(match, 2)),
            sentence=Span.model_validate(_span(match, 0)),
            person=Argument.model_validate(_span(match, 1)),
            destination=Argument.model_validate(_span(match, 3)),
            confidence=0.9 if match[3] == "Acme" else 0.4,
            rule="joined",
        )


class OnceDeadly(Fake):
    """Ends the first worker that meets EXIT, and no other: the file beside the rules remembers it."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def extract(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim]]]:
        for article in articles:
            if "EXIT" in article.text and not self._mark.exists():
                self._mark.touch()
                os._exit(9)
            calm = article.model_copy(update={"text": article.text.replace("EXIT", "calm")})
            yield from super().extract([calm])


class Here(Engine):
    """An engine without processes, for tests of what is kept from run to run."""

    def __init__(self, recipe: Recipe, _size: int) -> None:
        self._recipe = recipe

    def pipeline(self) -> Ready:
        self._extractor = self._recipe.extractor()
        return Ready(model_identity(self._extractor), list(self._recipe.claim_types().values()))

    def map[T](
        self, batches: Iterable[list[T]], piece: Callable[[T], Piece | None]
    ) -> Iterator[list[tuple[T, Found | None]]]:
        for batch in batches:
            pieces = [found for part in batch if (found := piece(part))]
            answers = iter(extract(self._recipe, self._extractor, pieces))
            yield [(part, next(answers) if piece(part) else None) for part in batch]


def load(recipe: Recipe) -> Fake:
    return Fake()


def load_once_deadly(recipe: Recipe) -> Fake:
    return OnceDeadly(Path(str(recipe.model)))


def load_stillborn(recipe: Recipe) -> Fake:
    os._exit(9)


def load_without_its_library(recipe: Recipe) -> Fake:
    raise ModuleNotFoundError("No module named 'abacus'")
