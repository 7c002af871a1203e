"""Articles are read for a fit as they are read that no weights have seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import spacy
from benchmarks import unseen

from newsclaims.language import name_labels


@dataclass
class Seen:
    article: int


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(unseen, "folder", lambda: tmp_path)
    return tmp_path


def fit(found: Sequence[Seen]) -> dict[str, Any]:
    """A jury that is sure of the numbers of the articles that it was fitted on."""
    empty = {"outputs": 2, "features": [], "splits": [[], []], "leaves": [[0.0], [0.0]]}
    answers = {",".join(str(one.article) for one in found): 9.0, "nothing": 0.0}
    return {"alone": {"forest": empty, "linear": {"bias": answers, "weights": {}}, "share": 1.0}}


def test_the_articles_of_each_part_are_read_with_weights_fitted_on_the_others(folder: Path) -> None:
    articles = [{"text": text} for text in ("Zero.", "One.", "Two.", "Three.")]
    articles.append({"text": "Of one.", "part_of": 1})  # type: ignore[dict-item]
    unseen.save_for_parts(unseen.NAMES, fit, [Seen(n) for n in range(4)])
    read = [
        (number, doc.text, name_labels.fitted()["alone"].labels[0])
        for number, _, doc in unseen.read(spacy.blank("en"), articles, [unseen.NAMES])
    ]
    assert read == [
        (0, "Zero.", "1,2"),
        (3, "Three.", "1,2"),
        (1, "One.", "0,2,3"),
        (1, "Of one.", "0,2,3"),
        (2, "Two.", "0,1,3"),
    ]


def test_weights_that_were_not_fitted_for_parts_are_named(folder: Path) -> None:
    with pytest.raises(SystemExit, match="is missing: fit names on the same articles first"):
        list(unseen.read(spacy.blank("en"), [{"text": "One."}]))
