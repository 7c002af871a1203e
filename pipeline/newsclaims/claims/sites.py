"""Where words stand, seen from a figure of money: what it modifies, what verb it depends on, what is near.

A site is a token with its relation to the figure. Relations: ``mod`` (the noun that the figure stands before: "a
$5m *deal*"), ``n.of``, ``n.in`` … (the noun it hangs on by a preposition: "a *salary* of $5m"), ``obj``, ``subj``,
``attr``, ``v.for``, ``v.at`` … (the verb: "*sold* for $5m"), ``of``, ``in`` … (a noun that hangs on the figure: "$5m
in *cash*"), ``rel`` (a verb that hangs on it: "$5m *raised* by"), ``appos``, ``up`` (a verb further up), and with
``+`` a noun beside the verb: ``obj+nsubj`` is the subject of the verb whose object the figure is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

NOUNS = ("NOUN", "PROPN", "ADJ", "NUM", "PRON", "SYM")
VERBS = ("VERB", "AUX")
STEPS = 8


@dataclass(frozen=True, slots=True)
class Site:
    """A token, and how it stands to a figure."""

    token: Token
    relation: str


def sites(figure: Span) -> list[Site]:
    """The tokens that govern a figure, nearest first, then those that hang on it; not to be changed."""
    known: dict[tuple[int, int], list[Site]] = figure.doc.user_data.setdefault("newsclaims_sites", {})
    bounds = figure.start, figure.end
    if bounds not in known:
        known[bounds] = find_sites(figure)
    return known[bounds]


def find_sites(figure: Span) -> list[Site]:
    """What ``sites`` answers, when it is first asked."""
    found: dict[int, Site] = {}
    for site in (*above(figure), *below(figure)):
        found.setdefault(site.token.i, site)
    return sorted(found.values(), key=lambda s: order(s.relation))


def order(relation: str) -> int:
    """Nearness of a relation: direct ones first, then nouns beside the verb, then what is further up."""
    return 2 if relation.startswith("up") else 1 if "+" in relation else 0


def above(figure: Span) -> Iterator[Site]:
    """Walk up from the figure to its noun, its verb, and the verb that governs that."""
    here, verbs = figure.root, 0
    for _ in range(STEPS):
        governor, relation = step_up(here)
        if governor == here or verbs > 1:
            return
        inside = figure.start <= governor.i < figure.end
        if relation and not inside:
            yield Site(governor, "up" if verbs else relation)
            if governor.pos_ in VERBS:
                yield from beside(governor, "up" if verbs else relation)
                verbs += 1
        here = governor


def step_up(token: Token) -> tuple[Token, str]:
    """The governor of a token, prepositions skipped, and the relation; none where a list is climbed."""
    head, dep = token.head, token.dep_
    if head.pos_ == "ADP" and head.head != head and head.dep_ != "ROOT":
        kind = "v" if head.head.pos_ in VERBS else "n"
        return head.head, f"{kind}.{head.lower_}"
    if dep == "conj":
        return head, ""
    if head.pos_ in VERBS:
        return head, {"dobj": "obj", "nsubj": "subj", "nsubjpass": "subjpass"}.get(dep, dep)
    if dep == "appos":
        return head, "appos"
    return head, "mod" if head.i > token.i else "adj"


def beside(governor: Token, relation: str) -> Iterator[Site]:
    """The nouns and the particle beside a verb."""
    for child in governor.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "acomp", "oprd", "prt"):
            yield Site(child, f"{relation}+{child.dep_}")


def below(figure: Span) -> Iterator[Site]:
    """What hangs on the figure: nouns by prepositions, relative clauses and participles, appositions."""
    for token in figure:
        for child in token.children:
            if figure.start <= child.i < figure.end:
                continue
            if child.dep_ == "prep":
                for noun in child.children:
                    if noun.dep_ in ("pobj", "pcomp"):
                        yield Site(noun, child.lower_)
            elif child.dep_ in ("relcl", "acl"):
                yield Site(child, "rel")
            elif child.dep_ in ("appos", "amod", "compound", "nmod", "conj"):
                yield Site(child, "below." + child.dep_)


def aims(around: list[Site]) -> Iterator[Site]:
    """The nouns of what the words over a figure are to, for or with, and of what they are to do: "gave $5m to the
    *school*", "a deal to supply *engines*", "was paid for building a *school*"."""
    for site in around:
        if site.relation.startswith(("up", "below")) or site.token.pos_ not in ("NOUN", "PROPN", *VERBS):
            continue
        for child in site.token.children:
            if child.dep_ in ("prep", "dative", "agent") and child.pos_ == "ADP":
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        yield Site(noun, f"aim.{child.lower_}")
                    elif noun.dep_ == "pcomp" and noun.pos_ == "VERB":
                        yield from (Site(thing, "aim.do") for thing in objects(noun))
            elif child.dep_ in ("acl", "advcl", "xcomp") and child.pos_ == "VERB" and is_infinitive(child):
                yield from (Site(thing, "aim.do") for thing in objects(child))


def objects(verb: Token) -> list[Token]:
    """What a verb is done to, or the next one, where it has none of its own: "to design and build *a school*"."""
    own = [child for child in verb.children if child.dep_ == "dobj"]
    further = (child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB")
    return own or next((found for other in further if (found := objects(other))), [])


def is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
