"""Patterns: what each element means, and that other rules' words do not change it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.claims.patterns import (
    ANY,
    LABELS,
    Chunks,
    Pattern,
    PatternError,
    Vocabulary,
    behind_acronym,
    compile_pattern,
    matches,
)
from newsclaims.language.mentions import ORG, PERSON, Entity, Mention


@pytest.fixture
def words() -> Vocabulary:
    return Vocabulary()


def row(words: Vocabulary, *items: str) -> Chunks:
    """A sentence of labels, nouns with "N:" before them, and other words."""
    code = "".join(
        LABELS[item]
        if item in LABELS
        else words.read(item.removeprefix("N:").lower(), nominal=item.startswith("N:"))
        for item in items
    )
    return Chunks(code, list(range(len(code))), [None] * len(code))


def found(pattern: Pattern, chunks: Chunks) -> list[int]:
    return [start for start, _ in matches(pattern, chunks)]


@pytest.mark.parametrize(
    ("pattern", "sentence", "starts"),
    [
        ("person:PERSON of employer:ORG", "PERSON of ORG", [0]),
        ("person:PERSON of employer:ORG", "PERSON for ORG", []),
        ("person:PERSON of|for employer:ORG", "the PERSON for ORG", [1]),
        ("person:PERSON ,? employer:ORG", "PERSON ORG", [0]),
        ("person:PERSON ,? employer:ORG", "PERSON , ORG", [0]),
        ("role:ROLE person:PERSON+", "ROLE PERSON , PERSON and PERSON", [0]),
        ("person:PERSON ( of the )? employer:ORG", "PERSON of the ORG", [0]),
        ("person:PERSON ( a|the )* employer:ORG", "PERSON the the ORG", [0]),
        ("( the )? ( a? person:PERSON )", "the PERSON", [0]),
        ("person:PERSON ... employer:ORG", "PERSON who once ran ORG", [0]),
        ("person:PERSON ... employer:ORG", "PERSON who once also ran ORG", []),
        ("person:PERSON ... employer:ORG", "PERSON 's once ORG", []),
        ("person:PERSON \\( employer:ORG", "PERSON ( ORG", [0]),
        ("person:PERSON WORD employer:ORG", "PERSON N:pump ORG", [0]),
        ("person:PERSON WORD employer:ORG", "PERSON pumped ORG", []),
        ("employer:ORG|PLACE person:PERSON", "PLACE PERSON", [0]),
        ("^ employer:ORG person:PERSON", "ORG PERSON", [0]),
        ("^ employer:ORG person:PERSON", "the ORG PERSON", []),
    ],
)
def test_what_an_element_matches(words: Vocabulary, pattern: str, sentence: str, starts: list[int]) -> None:
    assert found(compile_pattern(pattern, words), row(words, *sentence.split())) == starts


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("person:PERSN of ORG", "no label 'PERSN'; do you mean PERSON?"),
        ("person:PERSON ( of", "a group is not closed"),
        ("person:PERSON of )", "closes a group that was not opened"),
        ("PERSON of ORG", "no slot is captured"),
        ("person:PERSON person:PERSON", "captured twice"),
        ("person:PERSON of+", "only labels make lists"),
        ("person:PERSON of?+", "cannot read the element"),
        ("person:PERSON? employer:ORG?", "all of it may be missing"),
        ("( person:PERSON of )? ( employer:ORG? )", "all of it may be missing"),
        ("( person:PERSON )* ...", "all of it may be missing"),
        ("person:GROUP of employer:ORG", "patterns see no GROUP"),
        ("person:PERSON of|", "has an empty alternative"),
        ("person:PERSON at employer:acme", "captures nothing"),
        ("person:PERSON employer:ORG|WORD", "captures nothing"),
    ],
)
def test_a_fault_names_the_element(words: Vocabulary, pattern: str, message: str) -> None:
    with pytest.raises(PatternError) as fault:
        compile_pattern(pattern, words)
    assert message in str(fault.value)


def test_a_users_words_leave_the_meaning_of_other_patterns_alone(words: Vocabulary) -> None:
    built_in = [
        compile_pattern("employer:ORG WORD person:PERSON", words),
        compile_pattern("employer:ORG new|WORD person:PERSON", words),
        compile_pattern("employer:ORG ... person:PERSON", words),
    ]
    sentences = ["ORG N:pump PERSON", "ORG pump PERSON", "ORG N:new PERSON"]
    before = [found(pattern, row(words, *s.split())) for pattern in built_in for s in sentences]
    words.own = True
    own = compile_pattern("employer:ORG pump person:PERSON", words)
    after = [found(pattern, row(words, *s.split())) for pattern in built_in for s in sentences]
    assert after == before
    assert found(own, row(words, "ORG", "pump", "PERSON")) == [0]
    assert found(own, row(words, "ORG", "N:pump", "PERSON")) == [0]


def test_what_a_pattern_needs_is_looked_at_before_it_is_compiled(words: Vocabulary) -> None:
    pattern = compile_pattern("person:PERSON ( of )? sues employer:ORG", words)
    assert found(pattern, row(words, "PERSON", "of", "ORG")) == []
    assert "regex" not in vars(pattern)
    assert found(pattern, row(words, "PERSON", "sues", "ORG")) == [0]
    assert "regex" in vars(pattern)


def test_the_rarest_need_comes_first(words: Vocabulary) -> None:
    pattern = compile_pattern("person:PERSON , sues employer:ORG", words)
    assert pattern.needs[0] == frozenset(words.code("sues"))
    assert words.read("never", nominal=False) == ANY


def test_the_acronym_of_a_name_is_no_chunk_of_its_own(read: Callable[[str], Doc]) -> None:
    doc = read("Hanna Edith Maas (HEM) said so.")
    name = Mention(doc, 0, 3, PERSON, entity=Entity(PERSON, "Hanna Edith Maas"))
    short = Mention(doc, 4, 5, ORG, entity=Entity(ORG, "HEM"))
    assert behind_acronym(3, name, {4: short}) == 6
