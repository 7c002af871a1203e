"""Annotations without their texts: what is kept, and that the text can be put back."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.gold import read, write
from benchmarks.standoff import digest, join, strip

CORPUS = Path(__file__).parent.parent / "corpus"
ARTICLE = {
    "id": "a",
    "text": "Acme grew. Acme paid Jane Doe $2m (£1.5m), it said.",
    "claims": [
        {
            "type": "pay",
            "evidence": "Acme paid Jane Doe $2m",
            "args": {"payer": ["Acme", "it"], "recipient": ["Jane Doe"]},
            "amount": {
                "text": "$2m",
                "min": 2e6,
                "max": 2e6,
                "currency": "USD",
                "also": [{"text": "£1.5m", "min": 1.5e6, "max": 1.5e6, "currency": "GBP"}],
            },
            "attrs": {"kind": "other", "status": "paid"},
            "certainty": "asserted",
            "attribution": ["it"],
        }
    ],
}


def test_a_piece_of_the_text_becomes_its_place_beside_the_evidence() -> None:
    (claim,) = strip(ARTICLE)["claims"]
    assert claim["evidence"] == [11, 33]
    assert claim["args"] == {"payer": [[11, 15], [43, 45]], "recipient": [[21, 29]]}
    assert claim["amount"]["also"] == [{"text": [35, 40], "min": 1.5e6, "max": 1.5e6, "currency": "GBP"}]


def test_the_text_can_be_put_back() -> None:
    assert join(strip(ARTICLE), str(ARTICLE["text"])) == ARTICLE


def test_what_does_not_stand_in_the_text_is_told() -> None:
    with pytest.raises(ValueError, match="a: not in the text: 'Globex'"):
        strip({**ARTICLE, "claims": [{**ARTICLE["claims"][0], "attribution": ["Globex"]}]})  # type: ignore[index]


@pytest.mark.parametrize("gold", sorted(CORPUS.glob("gold/*.jsonl")), ids=lambda file: file.stem)
def test_the_gold_of_the_corpus_survives_both_ways(gold: Path) -> None:
    for line in gold.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        assert join(strip(article), article["text"])["claims"] == article["claims"]


def test_no_words_stand_in_the_standoff_files() -> None:
    words = {"id", "sha256", "type", "certainty", "attrs", "currency"}

    def texts(value: Any, name: str = "") -> list[str]:
        if isinstance(value, dict):
            return [t for key, inner in value.items() if key not in words for t in texts(inner, key)]
        if isinstance(value, list):
            return [t for inner in value for t in texts(inner, name)]
        return [value] if isinstance(value, str) else []

    files = sorted(CORPUS.glob("standoff/*.jsonl"))
    assert files
    for line in (line for file in files for line in file.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        assert len(row["sha256"]) == len(digest(""))
        assert texts(row) == []


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_a_text_may_hold_what_some_take_for_the_end_of_a_line(tmp_path: Path, name: str) -> None:
    rows = [{"id": "a", "text": "One\u2028two\x85three"}, {"id": "b", "text": ""}]
    file = write(tmp_path / "rows.jsonl", rows)
    if name.endswith(".gz"):
        (tmp_path / name).write_bytes(gzip.compress(file.read_bytes()))
    assert read(tmp_path / name) == rows
