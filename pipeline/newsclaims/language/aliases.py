"""Entities: which mentions are the same name, a short form, an acronym or a surname of a longer one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from newsclaims.language.mentions import ORG, OTHER, PERSON, PLACE, Entity, Mentions
from newsclaims.language.name_candidates import key_of
from newsclaims.language.org_classes import org_classes
from newsclaims.resources import word_kinds

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
    longer: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (label, key), entity in by_key.items():
        for short in short_forms(label, key, entity.name):
            longer[label, short].append(key)
    for (label, key), entity in sorted(by_key.items(), key=lambda kv: len(kv[0][1].split())):
        others = (by_key[label, k] for k in longer.get((label, " ".join(key.split())), ()))
        full = full_name(label, key, [other for other in others if other is not entity and other.mentions])
        if full is None:
            continue
        for m in entity.mentions:
            m.entity = full
            full.mentions.append(m)
        by_key[(label, key)] = full
        entity.mentions = []
    store.entities[:] = [entity for entity in store.entities if entity.mentions]
    for entity in store.entities:
        entity.mentions.sort(key=lambda m: m.start)


def initials(words: Sequence[str]) -> set[str]:
    """What may stand for a name of such words: their first letters, of all or without small words between."""
    every = "".join(word[0] for word in words)
    return {short for short in (every, "".join(w[0] for w in words if w not in SMALL)) if len(short) > 1}


def short_forms(label: str, key: str, name: str) -> set[str]:
    """What a name of several words may be shortened to: a person to the last words or the first one, an organisation
    to the first words or the initials."""
    words = key.split()
    if len(words) < 2:
        return set()
    if label == PERSON:
        return {words[0], *(" ".join(words[n:]) for n in range(1, len(words)))}
    if label == ORG:
        firsts = (" ".join(words[:n]) for n in range(1, len(words)))
        whole = name.casefold().split()  # "Inc" as well, the I of "HMI"
        return {*initials(words), *initials(whole), *firsts, *last_words(words)}
    return set()


def last_words(words: Sequence[str]) -> Iterator[str]:
    """What is left of the name of a club or a paper without the place before it: "Rovers", "the Courier"; or of a club
    without its kind: "Halden" for "AC Halden"."""
    if org_classes().get(words[-1]) in ("club", "press"):
        yield words[-1]
    if words[0] in clubs():
        yield " ".join(words[1:])


@cache
def clubs() -> frozenset[str]:
    """What the names of clubs begin with, in small letters."""
    return frozenset(map(str.casefold, word_kinds("name_parts")["clubs"]))


def full_name(label: str, key: str, longer: list[Entity]) -> Entity | None:
    """Of the entities with a longer name for which ``key`` may be short, the one that it is, if there is just one."""
    matches = {id(entity): entity for entity in longer}
    if len(matches) == 1:
        return next(iter(matches.values()))
    if label == PERSON and len(matches) > 1:
        surname = [e for e in matches.values() if key_of(e.name).split()[-1] == key.split()[-1]]
        if len(surname) == 1:
            return surname[0]
    return None
