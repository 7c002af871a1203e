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


def test_a_pronoun_without_anybody_before_it_stays_unresolved(read: Read) -> None:
    assert not [m for m in mentions(read("He said it would rain.")) if m.source == "pronoun"]
