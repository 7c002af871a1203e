"""Certainty: whether a predicate is stated as fact, hedged, planned or negated.

The cues that govern the predicate are collected up the tree, and the strongest wins: negation over hedge over
plan. The words are data, in ``models/lexicons/modality.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsclaims.language.sentences import SUBJECTS
from newsclaims.resources import lexicon, models_dir

ASSERTED, HEDGED, PLANNED, NEGATED = "asserted", "hedged", "planned", "negated"
CLIMB = frozenset(
    (
        "xcomp",
        "acomp",
        "ccomp",
        "pcomp",
        "acl",
        "advcl",
        "dobj",
        "conj",
        "attr",
        "oprd",
        "pobj",
        "prep",
        "nsubjpass",
    )
)
PRESENT = ("VBZ", "VBP")
FINITE = ("VBD", *PRESENT)
PRESENT_BE = ("am", "are", "is", "'m", "'re", "'s")
OBJECTS = ("attr", "dobj", "oprd", "prep")
NOUNS = ("NOUN", "PROPN")
PAST = ("last", "past", "previous")
LONGEST = 2
"""Words of a verb behind its first, at most."""
REACH = 6
"""Words above a predicate whose cues may count for it."""


@cache
def cues() -> dict[str, dict[str, frozenset[str]]]:
    """Certainty -> part of the sentence -> lemmas."""
    data = tomllib.loads((models_dir() / "lexicons" / "modality.toml").read_text(encoding="utf-8"))
    return {level: {part: frozenset(words) for part, words in parts.items()} for level, parts in data.items()}


def own_cues(token: Token) -> set[str]:
    """Certainties that a predicate's own auxiliaries and adverbs give it."""
    table, found = cues(), set()
    for child in token.children:
        word = child.lower_
        if child.dep_ == "neg" or (
            child.dep_ in ("advmod", "det", "preconj") and word in table[NEGATED]["adverbs"]
        ):
            found.add(NEGATED)
        elif child.dep_ == "aux":
            if word in table[HEDGED]["modals"]:
                found.add(HEDGED)
            elif word in table[PLANNED]["modals"] or (word == "to" and heads_headline(token)):
                found.add(PLANNED)
            elif word == "to" and child.i and child.nbor(-1).lower_ == "yet":  # "has yet to join"
                found.add(NEGATED)
            elif word == "to" and child.i:  # "in talks to join", whatever the tree makes of it
                found |= {
                    level for level in (HEDGED, PLANNED) if child.nbor(-1).lemma_ in table[level]["nouns"]
                }
        elif child.dep_ in ("advmod", "amod") and word in table[HEDGED]["adverbs"]:
            found.add(HEDGED)
        elif child.dep_ == "advmod" and word in table[NEGATED]["short_of"]:
            found.add(NEGATED)
        elif is_condition(child) or (child.dep_ == "mark" and word in table[HEDGED]["conditions"]):
            found.add(HEDGED)
    if is_unreal(token):
        found.discard(PLANNED)
        found.add(NEGATED)
    if is_open(token):
        found.discard(PLANNED)
        found.add(HEDGED)
    if is_passed_over(token):
        found.add(NEGATED)
    if is_scheduled(token):
        found.add(PLANNED)
    return found | said_by(token)


def is_condition(clause: Token) -> bool:
    """Whether a clause says on what condition something happens: "if the bid fails", but not "even if it fails"."""
    if clause.dep_ != "advcl":
        return False
    marks = [c for c in clause.children if c.dep_ == "mark" and c.lower_ in ("if", "unless")]
    return any(mark.i == 0 or mark.nbor(-1).lower_ not in ("even", "as") for mark in marks)


def is_unreal(verb: Token) -> bool:
    """Whether a verb tells what did not come about: "would have joined"."""
    if verb.tag_ != "VBN":
        return False
    return {"would", "have"} <= {c.lower_ for c in verb.children if c.dep_ == "aux"}


def is_open(verb: Token) -> bool:
    """Whether a verb's auxiliary stands before its subject because it asks or supposes: "Will she leave?", "should she
    leave"."""
    subject = next((c.i for c in verb.lefts if c.dep_ in SUBJECTS), -1)
    if not any(c.i < subject for c in verb.lefts if c.dep_ == "aux"):
        return False
    return verb.dep_ == "advcl" or any(c.text == "?" for c in verb.rights)


def is_passed_over(verb: Token) -> bool:
    """Whether something else was done than a verb says: "rather than join", "instead of joining"."""
    if verb.pos_ != "VERB" or verb.i < 2:
        return False
    return verb.doc[verb.i - 2 : verb.i].text.lower() in cues()[NEGATED]["instead"]


def said_by(verb: Token) -> set[str]:
    """Certainties that a verb gives with its particle, as they are written: "lining up"."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    phrase = f"{verb.lower_} {particle}".strip()
    return {level for level in (HEDGED, PLANNED) if phrase in cues()[level]["phrases"]}


def heads_headline(infinitive: Token) -> bool:
    """Whether an infinitive is all that a sentence says of somebody: "Acme to buy Globex"."""
    head = infinitive.head
    if infinitive.dep_ == "ROOT":
        return any(c.dep_ in SUBJECTS for c in infinitive.children)
    return infinitive.dep_ in ("acl", "relcl") and head.dep_ == "ROOT" and head.pos_ == "PROPN"


def is_scheduled(verb: Token) -> bool:
    """Whether a verb in the present tense has a time ahead: "she leaves in May", "is joining next month"."""
    present = verb.tag_ in PRESENT or (
        verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ in PRESENT_BE for c in verb.children)
    )
    return present and any(map(is_ahead, adverbials(verb)))


def adverbials(verb: Token) -> Iterator[Token]:
    """What may say when: what hangs on a verb, or on its object, on which the parser hangs it as often."""
    yield from verb.children
    for child in verb.children:
        if child.dep_ in OBJECTS:
            yield from (t for t in child.subtree if t.dep_ == "prep" and t.head.pos_ in NOUNS)


def is_ahead(time: Token) -> bool:
    """Whether an adverbial is a time to come: "next month", "in May", "at the end of the season"."""
    words = cues()[PLANNED]
    if time.dep_ == "npadvmod" or time.dep_ == "advmod":
        first = time.doc[time.left_edge.i].lower_
        return (
            first in words["ahead"]
            or time.lower_ in words["ahead"]
            or (first == "this" and time.lower_ in words["calendar"])
        )
    if time.dep_ == "prep" and time.lower_ in words["prepositions"]:
        nouns = [c for c in time.children if c.dep_ == "pobj"]
        return any(
            noun.lower_ in words["calendar"]
            or noun.doc[noun.i - 1 : noun.i + 1].text.lower() in words["calendar"]
            or any(c.lower_ in words["ahead"] for c in noun.lefts)
            for noun in nouns
            if not any(c.lower_ in PAST for c in noun.lefts)
        )
    return False


def phrases(verb: Token) -> set[str]:
    """The lemma of a verb, by itself and with the words that directly follow it: "call off", "come to nothing"."""
    behind = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 1 + LONGEST]]
    return {" ".join([verb.lemma_, *behind[:n]]) for n in range(LONGEST + 1)}


def comes_to_nothing(subject: Token) -> bool:
    """Whether the verb of which a noun is the subject says that it never came about: "the move fell through", "is off"."""
    verb, words = subject.head, cues()[NEGATED]
    if subject.dep_ != "nsubj" or is_doer(subject):
        return False
    if verb.lemma_ == "be":
        return any(c.lower_ in words["states"] and not goes_on(c) for c in verb.rights)
    return not words["subjects"].isdisjoint(phrases(verb))


def is_doer(subject: Token) -> bool:
    """Whether a noun can do something, so that its own end undoes nothing: "the chain, which paid $5m, collapsed"."""
    return (subject.pos_ == "PROPN" and subject.ent_type_ != "") or subject.lower_ in lexicon("org_nouns")


def tells_an_end(verb: Token) -> bool:
    """Whether a verb says of somebody that it came to an end, which undoes nothing that it did before."""
    found = not cues()[NEGATED]["subjects"].isdisjoint(phrases(verb))
    return (
        found
        and not any(c.dep_ == "xcomp" for c in verb.children)
        and any(c.dep_ == "nsubj" and is_doer(c) for c in verb.children)
    )


def goes_on(word: Token) -> bool:
    """Whether "to" follows: "is off to the coast"."""
    return word.i + 1 < len(word.doc) and word.nbor().lower_ == "to"


def governor_cues(token: Token, child: Token) -> set[str]:
    """Certainties that a word gives to what it governs: "plans to", "denied that", "is said to", "talks to"."""
    table, found = cues(), set()
    lemma, verbal = token.lemma_, token.pos_ in ("VERB", "AUX", "ADJ")
    part = "governors" if verbal else "nouns"
    found |= said_by(token)
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
    passive = token.tag_ == "VBN" or any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)
    if verbal and passive and child.dep_ == "ccomp" and impersonal(token):
        found.add(HEDGED)
    if verbal and passive and infinitive and lemma in table[HEDGED]["passive_reports"]:
        found.add(HEDGED)
    if verbal and not (table[NEGATED]["governors"] | table[NEGATED]["phrases"]).isdisjoint(phrases(token)):
        found.add(NEGATED)
    if not verbal and any(c.dep_ == "det" and c.lower_ == "no" for c in token.children):
        found.add(NEGATED)  # "no plans to"
    governed = infinitive or not verbal or child.dep_ in ("dobj", "pcomp", "xcomp")
    if governed:
        found |= {level for level in (HEDGED, PLANNED) if lemma in table[level][part]}
    if token.pos_ == "ADJ" and (governed or any(c.dep_ == "pcomp" for c in child.children)):
        found |= {level for level in (HEDGED, PLANNED) if lemma in table[level]["adjectives"]}
    if lemma == "be" and infinitive and child.dep_ == "xcomp":  # "is to join"
        found.add(PLANNED)
    return found


def leans(word: Token) -> bool:
    """Whether an adverb makes one with its verb and what hangs on it: "came close to joining"."""
    return word.dep_ == "advmod" and any(c.dep_ == "prep" for c in word.rights)


def is_purpose(verb: Token) -> bool:
    """Whether an infinitive says of a noun what it is for: "talks to buy Acme", "calls to resign"."""
    return verb.dep_ == "relcl" and verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.lefts)


def stands_alone(verb: Token) -> bool:
    """Whether a coordinated verb is finite where the verb before it is not, and so shares nothing of its auxiliaries: "was
    not involved and teaches"; what looks like the past may be a participle ("has not resigned or joined")."""
    if verb.tag_ == "VBD":
        return bool(verb.head.tag_ == "VB")
    return verb.tag_ in PRESENT and verb.head.tag_ not in FINITE


def asks(verb: Token) -> bool:
    """Whether a verb's clause is a question, whose asking or refusing says nothing of it: "would not say whether"."""
    return any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.children)


def impersonal(report: Token) -> bool:
    """Whether nobody is named who says it: "it is understood that", "it is thought"."""
    known = cues()[HEDGED]["passive_reports"]
    return report.lemma_ in known and any(c.dep_ in SUBJECTS and c.lower_ == "it" for c in report.children)


def certainty(token: Token, reach: int = REACH) -> str:
    """Certainty of the predicate at ``token``, by its cues and those of so many words above it: asserted, hedged, planned
    or negated."""
    known: dict[tuple[int, int], str] = token.doc.user_data.setdefault("newsclaims_certainty", {})
    key = (token.i, reach)
    if key not in known:
        known[key] = find_certainty(token, reach)
    return known[key]


def find_certainty(token: Token, reach: int) -> str:
    """What ``certainty`` answers, when it is first asked."""
    found = own_cues(token)
    here = token
    for _ in range(reach):
        head = here.head
        if comes_to_nothing(here) or (here.dep_ == "relcl" and comes_to_nothing(head)):
            found.add(NEGATED)
        if head == here or not (here.dep_ in CLIMB or leans(here) or is_purpose(here)) or asks(here):
            break
        if here.dep_ == "advcl" and here.tag_ != "VB":
            break
        if here.dep_ == "conj":
            if (
                head.pos_ in ("VERB", "AUX")
                and not stands_alone(here)
                and not any(c.dep_ in ("nsubj", "nsubjpass") for c in here.children)
                and not any(c.dep_ == "aux" for c in here.children)
            ):
                found |= own_cues(head)
        else:
            found |= governor_cues(head, here)
            if here.dep_ in ("xcomp", "acomp", "dobj", "pobj", "prep", "attr", "oprd", "pcomp", "nsubjpass"):
                found |= own_cues(head)
        here = head
    for level in (NEGATED, HEDGED, PLANNED):
        if level in found:
            return level
    return ASSERTED


@Language.component("newsclaims_modality", requires=["token.dep"])
def modality(doc: Doc) -> Doc:
    """Makes ``token._.certainty`` answer for every predicate of the document."""
    return doc


if not Token.has_extension("certainty"):
    Token.set_extension("certainty", getter=certainty)
