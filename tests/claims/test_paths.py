"""Paths: how they are written, and where they lead."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from newsclaims.claims.paths import FUNCTIONS, LABELS, MEMORY, PathError, choices, clause, parse, reach
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


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("subj", "names no label"),
        ("subj:", "names no label"),
        ("sbj:ORG", "no step 'sbj'; do you mean 'subj'?"),
        ("subj:ORGS", "no label 'ORGS'; do you mean 'ORG'?"),
        ("subj:ORG | ", "names no label"),
    ],
)
def test_a_fault_names_the_part(path: str, message: str) -> None:
    with pytest.raises(PathError) as fault:
        parse(path)
    assert message in str(fault.value)


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(sorted(FUNCTIONS | MEMORY)), min_size=1, max_size=3),
            st.lists(st.sampled_from(sorted(LABELS)), min_size=1, max_size=3, unique=True),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_path_reads_as_it_is_written(alternatives: list[tuple[list[str], list[str]]]) -> None:
    text = " | ".join(f"{'.'.join(steps)}:{','.join(labels)}" for steps, labels in alternatives)
    assert " | ".join(map(str, parse(text))) == text


def test_the_clause_of_a_word_is_that_of_the_verb_above_it() -> None:
    doc, _ = hired()
    for _ in range(2):  # asked first, and again
        assert [clause(token).text for token in doc] == ["hired"] * 7
