"""Somebody whom the article tells by a title alone: "its chief executive has resigned", "a senior executive at Acme left".

A title that stands for somebody named is a mention of that person (see ``coreference``). What is left is added as people
without a name, who may come and go as groups do, but whom only grammar finds: nearness would take any "spokesman" for
whoever left.
"""

from __future__ import annotations

from spacy.tokens import Token

from newsclaims.language.mentions import GROUP, ORG, OTHER, PERSON, PLACE, ROLE, Mention, Mentions
from newsclaims.language.title_heads import is_plural
from newsclaims.resources import lexicon

DESCRIBED = "described"
"""The source of such mentions."""
ACTORS = frozenset(("nsubj", "nsubjpass"))
"""Functions in which a title may stand for somebody whom the article did not mention before."""
GIVING = frozenset(("become", "give", "hand", "offer"))
"""Verbs whose object is a title that somebody else gets."""
KNOWN = frozenset("his her its my our the their".split())
"""Determiners of a title for somebody definite."""
BELONGING = frozenset(("at", "from", "in", "of", "with"))
"""Prepositions behind a title that tell whose it is."""


def add_described(store: Mentions) -> None:
    """Add a mention for every title that stands for nobody named, beside the title itself."""
    for title in [mention for mention in store if mention.label == ROLE]:
        head = title.root
        if stands_for_somebody(title, store):
            start, end = head.left_edge.i, belonging(head, title.end)
            store.add(Mention(title.doc, min(start, title.start), end, GROUP, source=DESCRIBED))


def stands_for_somebody(title: Mention, store: Mentions) -> bool:
    """Whether a title is the subject of a verb, or the object of one that does not give it, if it is that of somebody in
    particular."""
    head, verb = title.root, title.root.head
    if is_plural(head) or head.lower_ in lexicon("org_nouns"):
        return False
    if head.dep_ == "dobj":
        gives = verb.lemma_ in lexicon("appointing_verbs") or verb.lemma_ in GIVING
        if gives or not is_definite(head):
            return False
    elif head.dep_ not in ACTORS or any(c.dep_ in ACTORS and c != head for c in verb.children):
        return False
    beside = (child.i for child in head.children if child.dep_ in ("appos", "compound"))
    if any(store.at(i, PERSON, GROUP, OTHER) is not None for i in (head.i, *beside)):
        return False
    named = any(mention.label in (PERSON, OTHER) for mention in store.starting(title.end))
    return not named and store.at(head.i, ORG, PLACE) is None


def is_definite(head: Token) -> bool:
    """Whether a title is that of somebody in particular: "its chairman", "Acme's chairman"."""
    return any(
        child.dep_ == "poss" or child.lower_ in KNOWN for child in head.lefts if child.dep_ in ("poss", "det")
    )


def belonging(head: Token, end: int) -> int:
    """Where the phrase ends that tells whose a title is: "a trader *at Acme in Leeds*"."""
    for child in head.rights:
        if child.dep_ == "prep" and child.i == end and child.lower_ in BELONGING:
            end = child.right_edge.i + 1
    return end
