"""What ``import newsclaims`` offers: claims of texts, and the spaCy pipeline that finds them."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsclaims.notebook import Claims
from newsclaims.schema import Article

if TYPE_CHECKING:
    from spacy.language import Language

    from newsclaims.extraction import Extractor

_BATCH = 32
"""Articles analysed together by :func:`extract_many`."""
_LOCK = threading.Lock()


@cache
def _extractor(model: str | None, rules: tuple[Path, ...]) -> Extractor:
    from newsclaims.extraction import Extractor

    return Extractor(model, rules)


def _run(articles: Iterable[Article], model: str | None, rules: Iterable[str | Path]) -> list[Claims]:
    with _LOCK:  # a spaCy pipeline serves one caller at a time
        extractor = _extractor(model, tuple(map(Path, rules)))
        return [Claims(article, found) for article, found in extractor.extract(articles)]


def _article(given: str | Article | dict[str, Any]) -> Article:
    """A text as an article whose id is made of the text; fields of an article as an article."""
    if isinstance(given, Article):
        return given
    if isinstance(given, dict):
        return Article.model_validate(given)
    digest = hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id=digest[:16], text=given)


def extract(
    article: str | Article | dict[str, Any],
    *,
    model: str | None = None,
    rules: Iterable[str | Path] = (),
) -> Claims:
    """The claims of one article, in text order.

    Args:
        article: its text, an :class:`~newsclaims.schema.Article`, or the fields of one.
        model: name or path of an installed spaCy pipeline; ``None`` is the default model. It is loaded at the
            first call and kept.
        rules: rule files added to the built-in ones.

    Returns:
        A list of claims, typed by what they say (:class:`~newsclaims.schema.Move`, ...), which knows its
        article and shows itself in a notebook as the text with its claims marked.

    Raises:
        newsclaims.errors.ModelError: the model is not installed, or lacks a component.
        newsclaims.errors.RuleError: a rule file has a fault.
    """
    return _run([_article(article)], model, rules)[0]


def extract_many(
    articles: Iterable[str | Article | dict[str, Any]],
    *,
    model: str | None = None,
    rules: Sequence[str | Path] = (),
) -> Iterator[Claims]:
    """The claims of each of many articles, one list an article, in the order given.

    Articles are taken from the iterable as they are needed, so it may be endless. Arguments and errors are
    those of :func:`extract`.
    """
    for some in batched(articles, _BATCH):
        yield from _run(map(_article, some), model, rules)


def load(model: str | None = None, *, rules: Sequence[str | Path] = ()) -> Language:
    """The spaCy pipeline: ``nlp = newsclaims.load()``, then ``nlp(text)._.claims``.

    Every call gives a new pipeline, which may be changed like any other, and run with ``nlp.pipe(..., n_process=2)``.
    Copies of a document, from its bytes or from another process, have its claims, but not what the components before
    them hand to each other: ``doc._.mentions``, ``money``, ``reports`` and ``quoted`` are empty. Arguments and errors
    are those of :func:`extract`.
    """
    from newsclaims.language.pipeline import build

    return build(model, rules=[Path(rule) for rule in rules])
