"""People and organisations: mentions of every name, labelled, with their entities.

Every run of name-like tokens is a candidate (``name_candidates``). All candidates with the same surface share a label,
chosen by the evidence around them (``name_labels``); a role in the sentence outranks the recogniser. Then short names
find their full ones (``aliases``).
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.language.aliases import cluster
from newsclaims.language.dates import dates, part_dates
from newsclaims.language.mentions import ORG, OTHER, PERSON, PLACE, Mention, Mentions, is_peer, mentions
from newsclaims.language.name_candidates import all_candidates, key_of
from newsclaims.language.name_labels import Verdict, labelled
from newsclaims.language.org_classes import org_classes
from newsclaims.language.recognised import Candidate
from newsclaims.resources import lexicon

SITED = frozenset(("firm", "fund", "press"))
"""Kinds of organisations that are told apart by where they are."""


def is_seat(doc: Doc, start: int, store: Mentions) -> bool:
    """Whether a place, or one word, is only what a peer's title tells him apart by: "Lord Orme *of Harrow*"."""
    if start < 3 or doc[start - 1].lower_ != "of":
        return False
    peer = store.at(start - 2, PERSON)
    return peer is not None and is_peer(peer)


def is_site(doc: Doc, c: Candidate) -> bool:
    """Whether a place only tells where the firm behind it is: "the *Halden* company", "*Halden* start-up Acme"."""
    name, noun = doc[c.start : c.end].text, doc[c.end : c.end + 1].text
    apart = noun == "company" and doc[max(c.start - 1, 0)].lower_ == "the"  # nobody says "the Acme company"
    place = c.label == PLACE or name in lexicon("places") or (apart and name not in lexicon("organisations"))
    return place and org_classes().get(noun, "") in SITED


@Language.component("newsclaims_names", assigns=["doc._.mentions"], requires=["doc.ents"])
def names(doc: Doc) -> Doc:
    """Set mentions of people, organisations, places, other names and dates, with their entities."""
    store = mentions(doc)
    part_dates(doc)
    found = all_candidates(doc)
    labels = labelled(doc, found)
    for c in found:
        verdict = labels[key_of(doc[c.start : c.end].text)]
        if verdict.label == ORG and is_site(doc, c):
            verdict = replace(verdict, label=PLACE)
        if (verdict.label in (PLACE, OTHER) or c.end == c.start + 1) and is_seat(doc, c.start, store):
            continue
        store.add(Mention(doc, c.start, c.end, verdict.label, source="ner" if c.label else "run"))
    for date in dates(doc):
        if store.at(date.start, ORG) is None:  # "Sheffield Wednesday"
            store.add(date)
    cluster(store)
    for entity in store.entities:
        verdict = labels.get(key_of(entity.name), Verdict(entity.label))
        entity.score, entity.second = verdict.margin, verdict.second
    return doc
