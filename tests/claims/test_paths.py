"""Paths: how they are written, and where they lead."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from newsclaims.claims.memory import Memory
from newsclaims.claims.paths import (
    FUNCTIONS,
    LABELS,
    MEMORY,
    REMEMBERED,
    PathError,
    choices,
    clause,
    parse,
    reach,
)
from newsclaims.language.mentions import ORG, PERSON, ROLE, Mention, Mentions


def hired() -> tuple[Doc, Mentions]:
    """ "Acme hired Doe from Globex as chairman", with its tree and its mentions."""
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Acme", "hired", "Doe", "from", "Globex", "as", "chairman"],
        heads=[1, 1, 1, 1, 3, 1, 5],
        deps=["nsubj", "ROOT", "dobj", "prep", "pobj", "prep", "pobj"],
        pos=["PROPN", "VERB", "PROPN", "ADP", "PROPN", "ADP", "NOUN"],
        tags=["NNP", "VBD", "NNP", "IN", "NNP", "IN", "NN"],
        lemmas=["Acme", "hire", "Doe", "from", "Globex", "as", "chairman"],
    )
    store = Mentions()
    for i, label in ((0, ORG), (2, PERSON), (4, ORG), (6, ROLE)):
        store.add(Mention(doc, i, i + 1, label))
    return doc, store


def nothing(*_: object) -> list[Mention]:
    return []


@pytest.mark.parametrize(
    ("path", "filler"),
    [
        ("subj:ORG", "Acme"),
        ("obj:PERSON", "Doe"),
        ("from:ORG", "Globex"),
        ("as:ROLE", "chairman"),
        ("as:NOUN", "chairman"),
        ("obj:ORG | from:ORG", "Globex"),
        ("obj.head.subj:ORG", "Acme"),
    ],
)
def test_a_path_leads_to_a_filler(path: str, filler: str) -> None:
    doc, store = hired()
    ((found, _),) = choices(parse(path), doc[1], None, store, nothing, limit=1)
    assert [mention.text for mention in found] == [filler]


def test_a_path_that_leads_nowhere_gives_nothing() -> None:
    doc, store = hired()
    assert choices(parse("to:ORG | subj:PERSON"), doc[1], None, store, nothing, limit=3) == []


def test_rival_places_are_offered_in_the_order_of_the_path() -> None:
    doc, store = hired()
    path = parse("to:ORG | from:ORG | subj:ORG | obj.head.subj:ORG")
    offered = choices(path, doc[1], None, store, nothing, limit=3)
    assert [(found[0].text, how) for found, how in offered] == [("Globex", "from:ORG"), ("Acme", "subj:ORG")]
    assert choices(path, doc[1], None, store, nothing, limit=1) == offered[:1]


def test_steps_of_memory_are_answered_by_the_article() -> None:
    doc, store = hired()
    asked = []

    def memory(step: str, labels: tuple[str, ...], *_: object) -> list[Mention]:
        asked.append((step, labels))
        return [store.at(4)] if step == "topic" else []  # type: ignore[list-item]

    (path,) = parse("topic:ORG")
    assert [m.text for m in reach(path, doc[1], None, store, memory)] == ["Globex"]
    assert asked == [("topic", ("ORG",))]


def test_a_preposition_that_is_a_step_of_memory_too_stands_behind_self() -> None:
    words = ["Doe", "resigned", "after", "Globex", "Acme"]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        heads=[1, 1, 1, 4, 2],
        deps=["nsubj", "ROOT", "prep", "compound", "pobj"],
        pos=["PROPN", "VERB", "ADP", "PROPN", "PROPN"],
        tags=["NNP", "VBD", "IN", "NNP", "NNP"],
        lemmas=words,
    )
    store = Mentions()
    for i in (3, 4):
        store.add(Mention(doc, i, i + 1, ORG))
    remembered = Memory(doc, store).ask

    def filler(path: str) -> str:
        ((found, _),) = choices(parse(path), doc[1], None, store, remembered, limit=1)
        return found[0].text

    assert filler("after:ORG") == "Globex"  # the nearest behind it
    assert filler("self.after:ORG") == "Acme"  # the noun that the preposition governs


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("subj", "names no label"),
        ("subj:", "names no label"),
        ("sbj:ORG", "no step 'sbj'; do you mean 'subj'?"),
        ("subj:ORGS", "no label 'ORGS'; do you mean 'ORG'?"),
        ("subj:ORG | ", "names no label"),
        ("obj.job:ORG", "'job' cannot stand behind another step"),
        ("job.obj:ORG", "no step can stand behind 'job', which leads to no word"),
        ("near.head:ORG", "the preposition is written 'self.near'"),
        ("subj-ing:ORG", "only a preposition governs a verb, as in 'after-ing'"),
        ("self-ing:ORG", "only a preposition governs a verb, as in 'after-ing'"),
        ("topic:PERSON", "'topic' never leads to PERSON, but to ORG"),
        ("job:PERSON,GROUP", "'job' never leads to PERSON or GROUP, but to ORG, ROLE"),
        ("before:NOUN", "'before' never leads to NOUN"),
    ],
)
def test_a_fault_names_the_part(path: str, message: str) -> None:
    with pytest.raises(PathError) as fault:
        parse(path)
    assert message in str(fault.value)


LABELS_OF = {step: sorted(REMEMBERED.get(step, LABELS - {"NOUN"})) for step in MEMORY}
WALKS = st.tuples(
    st.lists(st.sampled_from(sorted(FUNCTIONS)), min_size=1, max_size=3).filter(lambda s: s[0] not in MEMORY),
    st.lists(st.sampled_from(sorted(LABELS)), min_size=1, max_size=3, unique=True),
)
MEMORIES = st.sampled_from(sorted(MEMORY)).flatmap(
    lambda step: st.tuples(
        st.just([step]), st.lists(st.sampled_from(LABELS_OF[step]), min_size=1, unique=True)
    )
)


@given(st.lists(st.one_of(WALKS, MEMORIES), min_size=1, max_size=4))
def test_a_path_reads_as_it_is_written(alternatives: list[tuple[list[str], list[str]]]) -> None:
    text = " | ".join(f"{'.'.join(steps)}:{','.join(labels)}" for steps, labels in alternatives)
    assert " | ".join(map(str, parse(text))) == text


def test_the_clause_of_a_word_is_that_of_the_verb_above_it() -> None:
    doc, _ = hired()
    for _ in range(2):  # asked first, and again
        assert [clause(token).text for token in doc] == ["hired"] * 7
