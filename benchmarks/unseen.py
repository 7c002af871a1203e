"""Articles read as they are read that no weights have seen.

What follows the names would otherwise be fitted on labels that are better than it will ever get: those of articles on
which the names were fitted themselves. So names and antecedents are fitted once more for each part of the articles, on
the other parts, and the articles of a part are read with these. They lie in ``outputs/unseen/``.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.folds import FromArticle
from benchmarks.weights import Models, save
from newsclaims.judges import judge, jury
from newsclaims.language import antecedents, name_labels
from newsclaims.resources import models_dir

PARTS = 3
NAMES, ANTECEDENTS = "names", "antecedents"
READERS: dict[str, tuple[Any, Callable[[dict[str, Any]], Any]]] = {
    NAMES: (name_labels, lambda stored: {name: jury(one) for name, one in stored.items()}),
    ANTECEDENTS: (antecedents, lambda stored: {name: judge(one) for name, one in stored.items()}),
}
"""Weights -> the module whose ``fitted()`` gives what they say, and how they are read."""


def folder() -> Path:
    return models_dir().parent / "outputs" / "unseen"


def save_for_parts[Example: FromArticle](
    name: str, fit: Callable[[Sequence[Example]], Models], found: Sequence[Example]
) -> None:
    """Fit the weights of a name for each part of the articles, on the examples of the others."""
    folder().mkdir(parents=True, exist_ok=True)
    for part in range(PARTS):
        save(f"{name}-{part}", fit([one for one in found if one.article % PARTS != part]), folder())


def read(
    nlp: Language, articles: Sequence[dict[str, Any]], weights: Sequence[str] = (NAMES, ANTECEDENTS)
) -> Iterator[tuple[int, dict[str, Any], Doc]]:
    """Each article with its number and document, part by part, read with weights that have not seen it; an excerpt has
    the number of the article that it is a ``part_of``."""
    numbered = [(article.get("part_of", place), article) for place, article in enumerate(articles)]
    for part in range(PARTS):
        mine = [pair for pair in numbered if pair[0] % PARTS == part]
        with ExitStack() as stack:
            for name in weights:
                module, model = READERS[name][0], stored(name, part)
                stack.enter_context(patch.object(module, "fitted", lambda model=model: model))
            docs = nlp.pipe(article["text"] for _, article in mine)
            for (number, article), doc in zip(mine, docs, strict=True):
                yield number, article, doc


def stored(name: str, part: int) -> Any:
    """What weights fitted for a part say."""
    file = folder() / f"{name}-{part}.json.gz"
    if not file.exists():
        sys.exit(f"{file} is missing: fit {name} on the same articles first, with --write")
    return READERS[name][1](json.loads(gzip.decompress(file.read_bytes())))
