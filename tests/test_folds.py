"""Articles dealt to folds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.folds import Says, said_by_others


@dataclass
class Seen:
    article: int


def articles_seen(seen: Sequence[Seen]) -> Says[Seen, set[int]]:
    """A model that answers with the articles that it was fitted on."""
    known = {one.article for one in seen}
    return lambda held: [known for _ in held]


def test_nothing_is_said_by_a_model_that_saw_the_article() -> None:
    examples = [Seen(article) for article in (3, 0, 1, 1, 5, 2)]
    said = said_by_others(examples, articles_seen, folds=3)
    assert said == [{1, 2, 5}, {1, 2, 5}, {0, 2, 3, 5}, {0, 2, 3, 5}, {0, 1, 3}, {0, 1, 3}]
