"""Articles dealt to folds: what is said of those of each fold by what was fitted on the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol


class FromArticle(Protocol):
    """An example that knows the number of its article."""

    article: int


type Says[Example, Answer] = Callable[[Sequence[Example]], Sequence[Answer]]
"""A fitted model: what it says of each of several examples."""


def said_by_others[Example: FromArticle, Answer](
    examples: Sequence[Example], fit: Callable[[Sequence[Example]], Says[Example, Answer]], folds: int
) -> list[Answer]:
    """What is said of each example by a model that was fitted on the articles of the other folds."""
    said: dict[int, Answer] = {}
    for fold in range(folds):
        held = [number for number, one in enumerate(examples) if one.article % folds == fold]
        model = fit([one for one in examples if one.article % folds != fold])
        said.update(zip(held, model([examples[number] for number in held]), strict=True))
    return [said[number] for number in range(len(examples))]
