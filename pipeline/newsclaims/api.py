"""What ``import newsclaims`` offers: claims of texts, and the spaCy pipeline that finds them."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
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

Given = str | Article | dict[str, Any]
"""An article: its text, an :class:`~newsclaims.schema.Article`, or the fields of one."""
Rules = str | Path | Iterable[str | Path]
"""A rule file, or several."""


@lru_cache(maxsize=4)  # each holds some 500 MB
def _extractor(model: str | None, rules: tuple[Path, ...], _written: tuple[int, ...]) -> Extractor:
    from newsclaims.extraction import Extractor

    return Extractor(model, rules)


def _run(articles: Iterable[Article], model: str | None, rules: Rules) -> list[Claims]:
    with _LOCK:  # a spaCy pipeline serves one caller at a time
        paths = _paths(rules)
        extractor = _extractor(model, paths, _written(paths))
        return [Claims(article, found) for article, found in extractor.extract(articles)]


def _paths(rules: Rules) -> tuple[Path, ...]:
    return (Path(rules),) if isinstance(rules, str | Path) else tuple(map(Path, rules))


def _written(rules: tuple[Path, ...]) -> tuple[int, ...]:
    """When the rule files, and those of folders of them, were last written: a file that was mended is read anew."""
    files = (file for path in rules for file in (sorted(path.iterdir()) if path.is_dir() else [path]))
    return tuple(file.stat().st_mtime_ns for file in files if file.exists())


def _article(given: Given) -> Article:
    """A text, or the fields of an article, as an article; where no id is given, it is made of the text."""
    if isinstance(given, Article):
        return given
    fields = {"text": given} if isinstance(given, str) else given
    if not isinstance(fields, dict):
        raise TypeError(f"an article is a text, an Article or a dict of its fields, not {_kind(given)}")
    fields = {name: value for name, value in fields.items() if name != "sha256"}  # documents.jsonl has it
    for name in fields.keys() - Article.model_fields.keys():
        raise TypeError(f"an article has no field {name!r}; there are {', '.join(Article.model_fields)}")
    if not isinstance(fields.get("text"), str):
        raise TypeError(f"an article's text is a str, not {_kind(fields.get('text'))}")
    if fields.get("id") is None:
        fields["id"] = hashlib.sha256(fields["text"].encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Article.model_validate(fields)


def _kind(value: object) -> str:
    return f"a value of type {type(value).__name__}"


def extract(article: Given, *, model: str | None = None, rules: Rules = ()) -> Claims:
    """The claims of one article, in text order.

    Args:
        article: its text, an :class:`~newsclaims.schema.Article`, or the fields of one.
        model: name or path of an installed spaCy pipeline; ``None`` is the default model. It is loaded at the
            first call and kept.
        rules: a rule file added to the built-in ones, or several. They are read anew when they have changed.

    Returns:
        A list of claims, typed by what they say (:class:`~newsclaims.schema.Move`, ...), which knows its
        article and shows itself in a notebook as the text with its claims marked.

    Raises:
        newsclaims.errors.ModelError: the model is not installed, or lacks a component.
        newsclaims.errors.RuleError: a rule file has a fault.
        TypeError: the article is something else.
    """
    return _run([_article(article)], model, rules)[0]


def extract_many(
    articles: Iterable[Given], *, model: str | None = None, rules: Rules = ()
) -> Iterator[Claims]:
    """The claims of each of many articles, one list an article, in the order given.

    Articles are taken from the iterable as they are needed, so it may be endless. Arguments and errors are
    those of :func:`extract`; one article by itself, whose letters or fields are no articles, is a TypeError.
    """
    if isinstance(articles, str | bytes | dict | Article) or not isinstance(articles, Iterable):
        raise TypeError(
            f"extract_many takes a list or another iterable of articles, not {_kind(articles)}: "
            "extract takes a single one"
        )
    return _each(articles, model, rules)


def _each(articles: Iterable[Given], model: str | None, rules: Rules) -> Iterator[Claims]:
    for some in batched(articles, _BATCH):
        yield from _run(map(_article, some), model, rules)


def load(model: str | None = None, *, rules: Rules = ()) -> Language:
    """The spaCy pipeline: ``nlp = newsclaims.load()``, then ``nlp(text)._.claims``.

    Every call gives a new pipeline, which may be changed like any other, and run with ``nlp.pipe(..., n_process=2)``.
    Copies of a document, from its bytes or from another process, have its claims, but not what the components before
    them hand to each other: ``doc._.mentions``, ``money``, ``reports`` and ``quoted`` are empty. Arguments and errors
    are those of :func:`extract`.
    """
    from newsclaims.pipeline import build

    return build(model, rules=_paths(rules))
