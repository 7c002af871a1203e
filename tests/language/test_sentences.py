"""Sentences: their bounds, and how much of an endless one a figure sees."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from newsclaims.language.sentences import SIGHT, in_sight, sentence


def written(*lengths: int) -> Doc:
    """Sentences of so many words."""
    starts = [place == 0 for length in lengths for place in range(length)]
    return Doc(spacy.blank("en").vocab, words=["word"] * len(starts), sent_starts=starts)


def test_a_token_stands_between_the_bounds_of_its_sentence() -> None:
    doc = written(4, 3)
    assert (sentence(doc[3]), sentence(doc[4])) == ((0, 4), (4, 7))


def test_all_of_a_usual_sentence_is_in_sight_and_nothing_beyond() -> None:
    doc = written(10, SIGHT, 10)
    assert in_sight(doc[10:11]) == in_sight(doc[100:102]) == (10, 10 + SIGHT)


def test_of_an_endless_sentence_the_part_around_is_in_sight() -> None:
    doc = written(5 * SIGHT)
    assert in_sight(doc[400:402]) == (400 - SIGHT, 402 + SIGHT)


def test_what_stands_in_two_sentences_sees_both() -> None:
    assert in_sight(written(6, 6, 6)[5:7]) == (0, 12)
