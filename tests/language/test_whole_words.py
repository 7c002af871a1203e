"""Words with a hyphen that are one word, whatever the tokenizer was taught."""

from __future__ import annotations

import pytest
from spacy.language import Language

from fixtures import Says
from newsclaims.schema import Claim


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Jane Doe co-founded Harrow Foods.", "co-founded", "found"),
        ("Jane Doe cofounded Harrow Foods.", "cofounded", "found"),
        ("Co-owned by Jane Doe, the shop pays well.", "Co-owned", "own"),
        ("He left the start-ups.", "start-ups", "start-up"),
    ],
)
def test_a_joint_verb_and_a_noun_that_ends_in_a_particle_are_one_word(
    nlp: Language, text: str, word: str, lemma: str
) -> None:
    (found,) = (t for t in nlp(text) if t.text == word)
    assert found.lemma_ == lemma


def employed(claims: list[Claim]) -> set[tuple[str, str]]:
    jobs = (claim.model_dump() for claim in claims if claim.type == "employment")
    return {(job["person"]["name"], job["employer"]["name"]) for job in jobs}


def test_a_firm_has_its_co_founders(says: Says) -> None:
    text = "Engineer Jane Doe co-founded Harrow Foods in her garage."
    assert employed(says(text)) == {("Jane Doe", "Harrow Foods")}


def test_who_runs_a_start_up_works_there(says: Says) -> None:
    text = "Lumenpay Systems, the payments start-up run by Jane Doe, was fined."
    assert ("Jane Doe", "Lumenpay Systems") in employed(says(text))
