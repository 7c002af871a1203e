"""Sentences: their bounds, and how much of an endless one a figure sees."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from newsclaims.language.sentences import SIGHT, across, in_sight, items, sentence


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


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("News\n\n• Acme is sold.\n\n• Tom Hale quits.\n\nMore follows.", {1, 2}),
        ("09:40 Acme is sold.\n10.15 Tom Hale quits.", {0, 1}),
        ("1. Acme\n2) Brenta\n  - Corvo", {0, 1, 2}),
        ("- he said.\nThe rest is silence.", set()),
        ("2019 was a good year.\n140 people went.", set()),
        ("", set()),
    ],
)
def test_bullets_numbers_and_times_begin_items(text: str, listed: set[int]) -> None:
    assert items(spacy.blank("en")(text)) == listed


def test_two_tokens_share_a_paragraph_or_stand_in_items_or_other_text() -> None:
    doc = spacy.blank("en")("News\n* Acme is sold\n* Hale quits")
    news, acme, sold, hale = (next(t.i for t in doc if t.text == w) for w in ("News", "Acme", "sold", "Hale"))
    assert across(doc, sold, acme) == "same"
    assert across(doc, hale, acme) == "item:item"
    assert across(doc, hale, news) == "item:text"
