"""Pronouns and descriptions find the fullest name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.language.mentions import mentions

Read = Callable[[str], Doc]


@pytest.mark.parametrize(
    ("text", "anaphor", "name"),
    [
        ("Jane Orme runs Microsoft. She joined in 2019.", "She", "Jane Orme"),
        ("Tom Hale met Jane Orme on Monday. She was pleased.", "She", "Jane Orme"),
        ("Microsoft reported a loss. The company cut jobs.", "The company", "Microsoft"),
        ("Jane Orme has left Microsoft. The 41-year-old will retire.", "The 41-year-old", "Jane Orme"),
    ],
)
def test_an_anaphor_is_its_antecedent(read: Read, text: str, anaphor: str, name: str) -> None:
    assert next(m for m in mentions(read(text)) if m.text == anaphor).name == name


def test_a_description_means_an_organisation_whose_name_has_the_noun(read: Read) -> None:
    text = "Leeds Rovers FC has sued Harrow Bank plc. The bank has denied everything."
    assert next(m for m in mentions(read(text)) if m.text == "The bank").name == "Harrow Bank plc"


def test_a_noun_before_a_name_describes_that_name_and_is_no_anaphor(read: Read) -> None:
    doc = read("Microsoft has hired Jane Orme. She ran the retailer Harrow Foods plc.")
    assert not [m for m in mentions(doc) if m.source == "description"]


def test_a_speaker_is_meant_by_the_pronoun_of_the_quote(read: Read) -> None:
    doc = read("“I have left the firm,” said Jane Orme, who ran Harrow Bank plc.")
    assert next(m for m in mentions(doc) if m.text == "I").name == "Jane Orme"


def test_a_pronoun_without_anybody_before_it_stays_unresolved(read: Read) -> None:
    assert not [m for m in mentions(read("He said it would rain.")) if m.source == "pronoun"]
