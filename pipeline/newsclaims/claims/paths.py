"""Paths: the small language in which a rule says where a slot's filler stands, seen from the trigger.

A path is one or more alternatives, the first that leads somewhere counts::

    destination = "obj:ORG | to:ORG | job:ORG"

An alternative is steps joined by ``.`` and the labels that a filler may have, joined by ``,``. A step is a
grammatical function (see ``functions``): ``subj``, ``obj``, ``as``, ``from`` …, or one of these:

``head``      the word that governs the trigger
``self``      the trigger
``clause``    the verb of the clause in which the trigger stands

Further steps start from the sentence or from what is remembered of the article, and lead to mentions, not words. So each
of them is the whole of its alternative:

``near``      the nearest mention with the label in the trigger's sentence, behind the trigger first
``before``    the nearest mention with the label before the trigger, in its sentence; ``after`` the nearest behind it
``following`` all mentions with the label behind the trigger, in its sentence, but for pronouns
``attached``  the mention directly before or after the person ("chief executive Jane Doe", "Doe, 41, the chairman")
``tagged``    the organisation in one phrase with the person and the title ("the *Acme* striker Jane Doe")
``titled``    whom the title in which the trigger stands is for ("the *Acme* boss said")
``inside``    the mention inside the person's own phrase ("three *Acme* engineers")
``job``       what the article says elsewhere of the person's employer (ORG) or title (ROLE)
``predecessor`` the same of the person who is succeeded: the object of the trigger, or whom one takes over from
``whose``     the same of the person whose deputy, successor or the like the trigger is ("*her* deputy")
``topic``     the organisation that the article is mainly about, as far as it has been read, and the last one named
``employer``  of a figure's recipient: where other claims of the article say that the person works or goes
``lately``    seen from a figure: the last mention with the label before it, in its sentence or the two before

``near``, ``before`` and ``after`` are prepositions as well: they are so behind another step, such as ``self``
(``self.near:PLACE``: "works *near Leeds*").

The label ``NOUN`` stands for any noun phrase, a pronoun included, where no mention with another label is found.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from newsclaims.claims.functions import coordinated, functions
from newsclaims.language.mentions import (
    DATE,
    GROUP,
    MONEY,
    NOUN,
    ORG,
    OTHER,
    PERSON,
    PLACE,
    ROLE,
    Mention,
    Mentions,
    same_entity,
)

LABELS = frozenset((PERSON, ORG, GROUP, ROLE, PLACE, DATE, OTHER, MONEY, NOUN))
MEMORY = frozenset(
    "near before after following attached tagged titled inside job predecessor whose gained topic employer lately".split()
)
ELSEWHERE = frozenset(("job", "predecessor", "whose", "gained", "topic", "employer", "lately"))
"""Steps that may leave the sentence."""
FROM_FIGURES = frozenset(("employer", "lately"))
"""Steps that lead somewhere only in rules that are tried from figures."""
LOOSE = ("topic", "near", "before:", "after:", "following", "tagged", "job", "predecessor", "whose", "gained")
"""Beginnings of the paths that guess: by nearness, by memory, or by what somebody is called."""
POST = frozenset((ORG, ROLE))
REMEMBERED = {
    "job": POST,
    "predecessor": POST,
    "whose": POST,
    "gained": POST,
    "topic": frozenset((ORG,)),
    "employer": frozenset((ORG,)),
}
"""The labels to which steps of memory lead that do not look for mentions by their label."""
PREPOSITIONS = frozenset(
    "by of to from for at with as in into on over under through between against among after before about via behind "
    "near than out away since until without within towards per".split()
)
FUNCTIONS = PREPOSITIONS | frozenset(
    "subj obj iobj attr oprd poss compound appos once comp main time head clause self".split()
)


class PathError(ValueError):
    """A path that cannot be read; the message names the faulty part."""


@dataclass(frozen=True, slots=True)
class Path:
    """One alternative: steps to walk, then the labels a filler may have."""

    steps: tuple[str, ...]
    labels: tuple[str, ...]

    def __str__(self) -> str:
        return f"{'.'.join(self.steps)}:{','.join(self.labels)}"


def parse(text: str) -> tuple[Path, ...]:
    """The alternatives of a path, checked."""
    out = []
    for alternative in text.split("|"):
        walk, _, wanted = alternative.strip().partition(":")
        steps, labels = tuple(walk.split(".")), tuple(w.strip() for w in wanted.split(",") if w.strip())
        if not labels:
            raise PathError(f"path {alternative.strip()!r} names no label: write it as in 'subj:PERSON'")
        if not walk.strip():
            raise PathError(f"path {alternative.strip()!r} has no step: write it as in 'subj:PERSON'")
        for label in labels:
            if label not in LABELS:
                raise PathError(f"no label {label!r}; {nearest(label, LABELS)}")
        check_steps(steps, labels)
        out.append(Path(steps, labels))
    return tuple(out)


def check_steps(steps: tuple[str, ...], labels: tuple[str, ...]) -> None:
    """Refuse steps that are unknown or stand where they can lead nowhere."""
    for step in steps:
        verb = step.removesuffix("-ing")
        if verb not in FUNCTIONS and step not in MEMORY:
            raise PathError(f"no step {step!r}; {nearest(step, FUNCTIONS | MEMORY)}")
        if verb != step and verb not in PREPOSITIONS:
            raise PathError(f"no step {step!r}: only a preposition governs a verb, as in 'after-ing'")
    first, *further = steps
    for step in further:
        if step in MEMORY and step not in FUNCTIONS:
            raise PathError(f"{step!r} cannot stand behind another step: it starts from no word")
    if first not in MEMORY:
        return
    if further:
        hint = f"; the preposition is written 'self.{first}'" if first in PREPOSITIONS else ""
        raise PathError(f"no step can stand behind {first!r}, which leads to no word{hint}")
    reached = REMEMBERED.get(first, LABELS - {NOUN})
    if reached.isdisjoint(labels):
        raise PathError(
            f"{first!r} never leads to {' or '.join(labels)}, but to {', '.join(sorted(reached))}"
        )


def nearest(word: str, known: frozenset[str]) -> str:
    """The known word that is most like a wrong one; all of them where none is."""
    near = difflib.get_close_matches(word, sorted(known), 1)
    return f"do you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(known))}"


def walk(start: Token, steps: tuple[str, ...]) -> list[Token]:
    """The tokens that the steps lead to from a predicate."""
    here = [start]
    for step in steps:
        reached: list[Token] = []
        for token in here:
            if step == "head":
                reached.append(token.head)
            elif step == "self":
                reached.append(token)
            elif step == "clause":
                reached.append(clause(token))
            else:
                reached.extend(functions(token).get(step.replace("-ing", ".ing"), ()))
        here = reached
    return here


def clause(token: Token) -> Token:
    """The verb of the clause in which a token stands; the token itself where none governs it."""
    known: dict[int, int | None] = token.doc.user_data.setdefault("newsclaims_clauses", {})
    climbed: list[int] = []
    here, verb = token, None
    while here.i not in known:
        climbed.append(here.i)
        if here.head == here:
            break
        here = here.head
        if here.pos_ in ("VERB", "AUX"):
            verb = here.i
            break
    else:
        verb = known[here.i]
    known.update(dict.fromkeys(climbed, verb))
    return token if verb is None else token.doc[verb]


def fillers(token: Token, labels: tuple[str, ...], store: Mentions) -> list[Mention]:
    """Mentions with one of the labels that a noun and its coordinates stand for; a group of people whose names follow
    ("two partners, Ann Roe and Omar Siddiqui,") stands for them."""
    out: list[Mention] = []
    for item in coordinated(token):
        found = filler(item, labels, store)
        if found is None:
            continue
        called = [found]
        if found.label == GROUP and PERSON in labels:
            called = names_of(found, item, store) or called
        out += [mention for mention in called if mention not in out]
    return out


def names_of(group: Mention, noun: Token, store: Mentions) -> list[Mention]:
    """The people of a group whose names follow: in apposition, or, where the parser saw none, as a list behind it."""
    named = [c for c in noun.children if c.dep_ == "appos" and store.at(c.i, PERSON) is not None]
    if named:
        return fillers(named[0], (PERSON,), store)
    behind = group.doc[group.end : group.end + 1].text in (",", ":", "-", "–", "—")
    first = next((m for m in store.starting(group.end + 1) if m.label == PERSON), None) if behind else None
    listed = fillers(first.root, (PERSON,), store) if first is not None else []
    return listed if len(listed) > 1 else []


def filler(token: Token, labels: tuple[str, ...], store: Mentions) -> Mention | None:
    """The mention that a single noun stands for: its own, an apposition's, or a name that it governs."""
    for label in labels:
        own = store.at(token.i, label)
        if own is not None and (label != GROUP or own.root.i == token.i or own.end == token.i + 1):
            return own
    for child in token.children:
        if child.dep_ == "appos" or (
            child.dep_ in ("compound", "nmod") and PERSON in labels and child.i < token.i
        ):
            own = store.at(child.i, *labels)
            whole = child.dep_ == "appos" or NOUN not in labels or (own is not None and own.label == PERSON)
            if own is not None and own.label != GROUP and whole:
                return own
    if ORG in labels and (called := called_behind(token, store)) is not None:
        return called
    if token.dep_ in ("appos", "compound") and PERSON in labels:  # "who" hung on the title beside the name
        own = store.at(token.head.i, PERSON)
        if own is not None:
            return own
    if token.dep_ == "appos" and ORG in labels:  # "Acme, the firm run by Jane Doe"
        own = store.at(token.head.i, ORG)
        if own is not None:
            return own
    if token.dep_ == "attr" and is_described(token):  # "Acme is a firm run by", "she is a trader who runs"
        kinds = [label for label in (ORG, PERSON) if label in labels]
        for subject in (c for c in token.head.children if kinds and c.dep_ == "nsubj"):
            if (own := store.at(subject.i, *kinds)) is not None:
                return own
    if (soft := soft_name(token, labels, store)) is not None:
        return soft
    return noun_phrase(token, store) if NOUN in labels else None


def is_described(noun: Token) -> bool:
    """Whether a clause hangs on a noun, which tells of whatever the noun stands for."""
    return any(child.dep_ in ("relcl", "acl") for child in noun.children)


def called_behind(noun: Token, store: Mentions) -> Mention | None:
    """The name of the organisation that ends a noun phrase whose parts the parser took for something else: "founded the
    software start-up *Acme*"."""
    doc, i = noun.doc, noun.i
    while i < len(doc) and doc[i].tag_ in ("NN", "NNS") and store.at(i) is None:
        i += 1
    if i in (noun.i, len(doc)) or doc[i - 1].tag_ != "NN" or not doc[i].text[0].isupper():
        return None
    return next((m for m in store.starting(i) if m.label == ORG), None)


def noun_phrase(token: Token, store: Mentions) -> Mention | None:
    """Any noun with what stands before it and its "of" phrase; a known mention where it is the whole of one."""
    if token.pos_ not in ("NOUN", "PROPN", "PRON", "NUM") or store.at(token.i, MONEY, DATE) is not None:
        return None
    own = store.at(token.i, PERSON, ORG, GROUP, PLACE, OTHER)
    if own is not None and own.end > token.i:
        return own
    start, end = token.left_edge.i, token.i + 1
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == end:
            end = child.right_edge.i + 1
    return Mention(token.doc, start, end, NOUN, source="noun")


UNSURE = 1.5
"""A name whose label won by less than this may be what the path asks for instead."""


def soft_name(token: Token, labels: tuple[str, ...], store: Mentions) -> Mention | None:
    """A name of unknown or doubtful kind, or a town, where only a person or an organisation can stand: the role in
    the sentence outranks the label."""
    own = store.at(token.i, OTHER, PLACE, PERSON, ORG)
    if own is None or own.entity is None:
        return own if ORG in labels and own is not None and own.label in (OTHER, PLACE) else None
    if ORG in labels and own.label in (OTHER, PLACE) and own.entity.score < 4:
        return own
    doubtful = own.entity.score < UNSURE and own.source in ("ner", "run")
    return own if doubtful and own.entity.second in labels else None


def may_fill(mention: Mention, labels: frozenset[str]) -> bool:
    """Whether any path to these labels can lead to a mention: to its own label, or to what it may be as well."""
    if mention.label in labels or NOUN in labels or (ORG in labels and mention.label in (OTHER, PLACE)):
        return True
    return mention.entity is not None and mention.entity.second in labels


Memory = Callable[[str, tuple[str, ...], Token, Mention | None], list[Mention]]


def choices(
    path: tuple[Path, ...],
    trigger: Token,
    person: Mention | None,
    store: Mentions,
    memory: Memory,
    limit: int,
) -> list[tuple[list[Mention], str]]:
    """What the alternatives of a path lead to, in their order: fillers that no earlier one gave, and the alternative.

    The mentions that ``topic`` offers are rivals, not a list.
    """
    out: list[tuple[list[Mention], str]] = []
    for alternative in path:
        found = list(reach(alternative, trigger, person, store, memory))
        rivals = [[m] for m in found] if alternative.steps[0] == "topic" else [found]
        for fillers in rivals:
            if fillers and not any(same_fillers(fillers, earlier) for earlier, _ in out):
                out.append((fillers, str(alternative)))
                if len(out) == limit:
                    return out
    return out


def same_fillers(some: list[Mention], others: list[Mention]) -> bool:
    """Whether every one of some fillers is among the others."""
    return all(any(same_entity(m, o) for o in others) for m in some)


def reach(
    path: Path, trigger: Token, person: Mention | None, store: Mentions, memory: Memory
) -> Iterator[Mention]:
    """The mentions that one alternative of a path leads to, none twice."""
    if path.steps[0] in MEMORY:
        yield from memory(path.steps[0], path.labels, trigger, person)
        return
    seen: set[int] = set()
    for token in walk(trigger, path.steps):
        for mention in fillers(token, path.labels, store):
            if id(mention) not in seen:
                seen.add(id(mention))
                yield mention
