"""Facts that are missed are followed to where they were lost."""

from __future__ import annotations

import pytest
from benchmarks.missed import FOUND, UNJOINED, causes

from newsclaims.rulebook.bench import Bench


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize(
    ("text", "person", "destination", "cause"),
    [
        ("Jane Doe has joined Harrow Bank.", "Jane Doe", "Harrow Bank", FOUND),
        ("Jane Doe sang at Harrow Bank.", "Jane Doe", "Harrow Bank", UNJOINED),
        ("She has joined Harrow Bank.", "Ann Roe", "Harrow Bank", "the person is not seen"),
        ("Jane Doe has joined a circus.", "Jane Doe", "Blue Top", "the organisation is not seen"),
        ("Jane Doe sang in Leeds.", "Jane Doe", "Leeds", "the organisation has another label"),
    ],
)
def test_a_fact_is_found_or_lost_for_a_reason(
    bench: Bench, text: str, person: str, destination: str, cause: str
) -> None:
    fact = {"type": "move", "evidence": text, "args": {"person": [person], "destination": [destination]}}
    [doc] = bench.read([text])
    assert list(causes(bench, doc, [fact])) == [("move", cause)]


def test_a_fact_that_was_judged_too_doubtful_is_told_in_the_words_of_explain(bench: Bench) -> None:
    text = "Mara Ellison, Halcyon's head of chip design, left the company for its rival Brightwater in May."
    fact = {"type": "employment", "args": {"person": ["Mara Ellison"], "employer": ["Halcyon"]}}
    [doc] = bench.read([text])
    assert list(causes(bench, doc, [fact])) == [("employment", "confidence … is below …")]
