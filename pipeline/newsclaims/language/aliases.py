"""Entities: which mentions are the same name, a short form, an acronym or a surname of a longer one."""

from __future__ import annotations

from collections.abc import Sequence

from newsclaims.language.mentions import ORG, OTHER, PERSON, PLACE, Entity, Mentions
from newsclaims.language.name_candidates import key_of

SMALL = frozenset("& and for of the de la van von der den di da del du al bin ibn y e ap".split())
"""Words in names that acronyms mostly leave out."""


def cluster(store: Mentions) -> None:
    """Give every mention its entity: the same name, or a short form of one longer name of the same label."""
    by_key: dict[tuple[str, str], Entity] = {}
    for m in store:
        if m.label not in (PERSON, ORG, PLACE, OTHER):
            continue
        place = (m.label, key_of(m.text))
        entity = by_key.get(place)
        if entity is None:
            entity = by_key[place] = Entity(m.label, m.text)
            store.entities.append(entity)
        entity.mentions.append(m)
        m.entity = entity
        if len(m.text) > len(entity.name):
            entity.name = m.text
    longer = [place for place in by_key if " " in place[1]]
    for (label, key), entity in sorted(by_key.items(), key=lambda kv: len(kv[0][1].split())):
        others = [(k, by_key[lab, k]) for lab, k in longer if lab == label]
        full = full_name(label, key, [(k, e) for k, e in others if e is not entity])
        if full is None:
            continue
        for m in entity.mentions:
            m.entity = full
            full.mentions.append(m)
        by_key[(label, key)] = full
        store.entities.remove(entity)
        entity.mentions = []
    for entity in store.entities:
        entity.mentions.sort(key=lambda m: m.start)


def initials(words: Sequence[str]) -> set[str]:
    """What may stand for a name of such words: their first letters, of all or without small words between."""
    every = "".join(word[0] for word in words)
    return {short for short in (every, "".join(w[0] for w in words if w not in SMALL)) if len(short) > 1}


def full_name(label: str, key: str, others: list[tuple[str, Entity]]) -> Entity | None:
    """The one longer name that ``key`` is short for, if there is just one."""
    words = key.split()
    matches: dict[int, Entity] = {}
    for other, entity in others:
        longer = other.split()
        if len(longer) <= len(words) or not entity.mentions:
            continue
        if label == PERSON:
            fits = longer[-len(words) :] == words or (len(words) == 1 and longer[0] == key)
        elif label == ORG:
            fits = longer[: len(words)] == words or (len(words) == 1 and key in initials(longer))
        else:
            fits = False
        if fits:
            matches[id(entity)] = entity
    if len(matches) == 1:
        return next(iter(matches.values()))
    if label == PERSON and len(matches) > 1:
        surname = [e for e in matches.values() if key_of(e.name).split()[-1] == words[-1]]
        if len(surname) == 1:
            return surname[0]
    return None
