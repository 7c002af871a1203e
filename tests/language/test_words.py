"""Words found by number, and the bounds of sentences."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.language.sentences import sentence, sentence_start
from newsclaims.language.title_heads import singular, with_plurals
from newsclaims.language.words import is_written, places
from newsclaims.resources import lexicon

WORDS = ["the", "chairman", "Chairman", "case", "det", "naïve", "ſ", "said"]
VOCAB = spacy.blank("en").vocab


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


@given(found=st.lists(st.sampled_from(WORDS)), wanted=st.frozensets(st.sampled_from(WORDS)))
def test_the_places_of_words_are_those_of_a_plain_search(found: list[str], wanted: frozenset[str]) -> None:
    doc = Doc(VOCAB, words=found)
    assert places(doc, wanted, "ORTH") == [token.i for token in doc if token.text in wanted]
    assert [is_written(doc, word) for word in WORDS] == [word in found for word in WORDS]
    either = [token.i for token in doc if token.text in wanted or token.lower_ in wanted]
    assert places(doc, wanted, "ORTH", "LOWER") == either


def test_words_are_found_again_after_their_memory_zone(nlp: Language) -> None:
    for _ in range(2):
        with nlp.memory_zone():
            assert places(nlp("A flumpeter met another flumpeter."), frozenset({"flumpeter"}), "LOWER") == [
                1,
                4,
            ]


def test_plurals_are_all_forms_that_are_made_singular_to_a_title() -> None:
    titles = lexicon("role_heads")
    forms = with_plurals(titles)
    assert {"chairmen", "directors", "secretaries", "chairman"} <= forms
    assert all(form in titles or singular(form) in titles for form in forms)


def test_each_token_knows_the_bounds_of_its_sentence(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words="She left . He came back .".split(), sent_starts=[1, 0, 0, 1, 0, 0, 0])
    assert [sentence(token) for token in doc] == [(0, 3)] * 3 + [(3, 7)] * 4
    assert [sentence_start(token) for token in doc] == [token.sent.start for token in doc]
