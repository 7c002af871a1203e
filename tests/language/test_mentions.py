"""Mentions: in text order, whenever they are added."""

from __future__ import annotations

import random

import pytest
import spacy
from spacy.tokens import Doc

from newsclaims.language.aliases import cluster
from newsclaims.language.mentions import ORG, PERSON, Mention, Mentions, names, same_entity

PLACES = ((0, 2), (0, 1), (1, 2), (3, 6), (4, 5), (4, 6), (7, 8))


def doc_of(text: str) -> Doc:
    return Doc(spacy.blank("en").vocab, words=text.split())


@pytest.mark.parametrize("seed", range(5))
def test_they_are_in_text_order_the_longer_first(seed: int) -> None:
    doc, store = doc_of("a b c d e f g h"), Mentions()
    added = list(PLACES)
    random.Random(seed).shuffle(added)
    kept = [store.add(Mention(doc, start, end, PERSON)) for start, end in added]
    assert [(m.start, m.end) for m in store] == sorted(PLACES, key=lambda p: (p[0], -p[1]))
    store.remove(kept[added.index((4, 6))])
    assert [(m.start, m.end) for m in store.within(4, 8)] == [(4, 5), (7, 8)]
    assert [(m.start, m.end) for m in store.starting(0)] == [(0, 2), (0, 1)]


def test_what_is_the_same_has_a_name_in_common() -> None:
    doc, store = doc_of("Jane Doe met Doe and jane doe"), Mentions()
    full, short, low = (store.add(Mention(doc, *place, PERSON)) for place in ((0, 2), (3, 4), (5, 7)))
    short.entity = full.entity = None
    assert same_entity(full, low)
    assert set(names(full)) & set(names(low))
    assert not set(names(full)) & set(names(short))
    cluster(store)
    assert same_entity(full, short)
    assert set(names(full)) & set(names(short))


def clustered(label: str, *texts: str) -> dict[str, str]:
    """The fullest name that is found for each name."""
    doc, store, start = doc_of(" . ".join(texts)), Mentions(), 0
    for text in texts:
        store.add(Mention(doc, start, start + len(text.split()), label))
        start += len(text.split()) + 1
    cluster(store)
    assert all(entity.mentions for entity in store.entities)
    return {m.text: m.name for m in store}


def test_a_person_is_called_by_the_last_words_or_the_first() -> None:
    found = clustered(PERSON, "Ann van Roe", "van Roe", "Ann", "Tom Hale", "Hale", "Anders")
    called = {**dict.fromkeys(("van Roe", "Ann"), "Ann van Roe"), "Hale": "Tom Hale", "Anders": "Anders"}
    assert {name: found[name] for name in called} == called


def test_an_organisation_is_called_by_the_first_words_or_its_initials() -> None:
    found = clustered(ORG, "Halden Makers of Oslo", "Halden Makers", "HMO", "Oslo")
    full = "Halden Makers of Oslo"
    assert found == {full: full, "Halden Makers": full, "HMO": full, "Oslo": "Oslo"}


def test_a_name_that_may_be_short_for_two_stands_for_itself() -> None:
    assert clustered(ORG, "Acme Foods", "Acme Mines", "Acme")["Acme"] == "Acme"
