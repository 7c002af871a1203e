"""Who did what to whom, whatever the sentence looks like."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.claims.functions import functions

Reads = Callable[[str], Doc]


@pytest.mark.parametrize(
    ("sentence", "word", "function", "filler"),
    [
        ("Microsoft has lured Jane Orme back from Google.", "lured", "from", "Google"),
        ("Jane Orme is linked with a move away from Google.", "move", "from", "Google"),
        ("Microsoft hired Jane Orme out of Google in May.", "hired", "out", "Google"),
        ('"No," said Tom Hale, who himself left Google in May.', "left", "subj", "Hale"),
        ("Google hired Jane Orme in May to replace Tom Hale.", "replace", "main", "Google"),
        ("Jane Orme joined Google in May, replacing Tom Hale.", "replacing", "main", "Google"),
        ("Jane Orme left Google, where she was a trader.", "was", "at", "Google"),
        ("Jane Orme runs a bank in Leeds, where Tom Hale is a director.", "is", "at", "bank"),
        ("She heads Google, and before that ran Microsoft.", "ran", "subj", "She"),
        ("Google hired Jane Orme in May after two years as head of Microsoft.", "years", "as", "head"),
        ("Google's ousted chairman Jane Orme spoke in Leeds.", "ousted", "obj", "chairman"),
    ],
)
def test_a_function_leads_to_its_filler(
    read: Reads, sentence: str, word: str, function: str, filler: str
) -> None:
    predicate = next(t for t in read(sentence) if t.text == word)
    assert filler in [t.text for t in functions(predicate).get(function, ())]


def test_who_comes_back_from_a_place_may_only_have_been_there(read: Reads) -> None:
    predicate = next(t for t in read("Jane Orme came back from Madrid with a medal.") if t.text == "came")
    assert "from" not in functions(predicate)


def test_who_says_that_somebody_is_replaced_replaces_nobody(read: Reads) -> None:
    predicate = next(t for t in read("Reuters said Jane Orme would replace Tom Hale.") if t.text == "replace")
    assert "main" not in functions(predicate)


def test_who_is_somewhere_in_a_town_is_no_part_of_the_town(read: Reads) -> None:
    predicate = next(
        t for t in read("Jane Orme spoke in Leeds, where Tom Hale is a banker.") if t.text == "is"
    )
    assert "at" not in functions(predicate)
