"""Names that end as a possessive does ("joined Wetherby's"), told from possessors ("Acme's chairman").

The recogniser leaves the mark out, or takes it into the names of possessors as well. A name has it for its own if the
article writes the name always so, and at least once where nothing follows that could be possessed; of a well-known
organisation one of the two is enough.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from spacy.tokens import Doc

from newsclaims.language.mentions import ORG, PERSON
from newsclaims.language.recognised import Candidate
from newsclaims.resources import lexicon, word_kinds

MARK = "'s"
UNPOSSESSED = frozenset("CC IN RP TO , . : -RRB-".split())
"""Tags of words that begin no noun phrase, and so nothing that somebody has; verbs are none either."""
COMPARING = frozenset("as below exceed like match rival than to unlike with".split())
"""Words behind which a possessor may stand without what it has: "better than Acme's"."""


def with_marks(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Candidates, with the possessive mark within those whose name ends in it."""
    marked: dict[str, list[Candidate]] = defaultdict(list)
    for c in found:
        if doc[c.end : c.end + 1].text == MARK and doc[c.end].tag_ == "POS":
            marked[doc[c.start : c.end].text].append(c)
    if not marked:
        return found
    plain = {doc[c.end - 1].text for c in found if doc[c.end : c.end + 1].text != MARK}
    ends_in_mark = {name for name, cs in marked.items() if is_marked_name(doc, name, cs, plain)}
    return [completed(doc, c) if doc[c.start : c.end].text in ends_in_mark else c for c in found]


def is_marked_name(doc: Doc, name: str, marked: list[Candidate], plain: set[str]) -> bool:
    """Whether the mark behind the mentions of a name is its own; ``plain`` has the last words of names without one."""
    organisations = lexicon("organisations")
    always = name.split()[-1] not in plain
    if name + MARK in organisations:
        return always or any(has_nothing(doc, c) for c in marked)
    return (
        always
        and name not in organisations
        and name not in lexicon("nations")
        and name not in lexicon("places")
        and any(has_nothing(doc, c) and not is_compared(doc, c) and not is_full(doc, c) for c in marked)
    )


def has_nothing(doc: Doc, c: Candidate) -> bool:
    """Whether what follows the mark behind a name is nothing that it could have."""
    if c.end + 1 == len(doc):
        return True
    behind = doc[c.end + 1]
    if behind.pos_ in ("AUX", "VERB"):
        return behind.tag_ != "VBG" and behind.dep_ != "amod"
    return behind.is_space or (behind.tag_ in UNPOSSESSED and not behind.is_title)


def is_compared(doc: Doc, c: Candidate) -> bool:
    """Whether a possessor may stand for what it has: "Roe's, like Doe's, was short"."""
    return c.start > 0 and (doc[c.start - 1].lemma_.lower() in COMPARING or doc[c.start - 1].tag_ == "CC")


def is_full(doc: Doc, c: Candidate) -> bool:
    """Whether a name has the look of somebody's full one: "a friend of Jane Doe's"."""
    saint = doc[c.start].text in word_kinds("name_parts")["saints"]
    return c.label == PERSON and c.end - c.start > 1 and not saint


def completed(doc: Doc, c: Candidate) -> Candidate:
    """A candidate with the mark behind it."""
    if doc[c.end : c.end + 1].text != MARK:
        return c
    known = doc[c.start : c.end + 1].text in lexicon("organisations")
    return replace(c, end=c.end + 1, label=ORG if known else c.label)
