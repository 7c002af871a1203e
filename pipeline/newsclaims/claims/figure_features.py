"""What a figure of money looks like: the names of the features by which fitted models say what it means.

What governs it in the tree and stands around it in the line, which rules the words there trigger, who is mentioned,
and what the figure itself is like.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span

from newsclaims.claims.features import kind_of
from newsclaims.claims.functions import functions
from newsclaims.claims.meaning import Lexicon, label_of
from newsclaims.claims.paths import clause
from newsclaims.claims.rules import Rule
from newsclaims.claims.sites import VERBS, Site
from newsclaims.language.mentions import GROUP, ORG, OTHER, PERSON, PLACE, ROLE, Mentions
from newsclaims.language.modality import NEGATED, certainty, cues, tells_an_end
from newsclaims.language.money.component import MoneyMention
from newsclaims.language.outlook import outlook
from newsclaims.language.sentences import SIGHT, in_sight, sentence, sentence_start
from newsclaims.language.surroundings import told, wording
from newsclaims.language.words import places

NEAR = 3
"""Tokens to either side of a figure that count as near it."""
FAR = 12
"""Tokens between two figures that are still joined closely."""
PARTIES = (PERSON, ORG, ROLE, PLACE, OTHER, GROUP)
NOBODY = "-"
FUNCTIONS = ("subj", "obj", "iobj", "to", "for", "from", "by", "with")
"""Functions of a verb in which parties stand."""


def features(figure: MoneyMention, around: list[Site], lexicon: Lexicon, store: Mentions) -> list[str]:
    """Names of the features that hold for a figure, given its sites, the triggers and the mentions of the document."""
    span, (start, end) = figure.span, in_sight(figure.span)
    out: set[str] = set()
    for site in around:
        group = "up" if site.relation.startswith("up") else "beside" if "+" in site.relation else "direct"
        out.add(f"word:{site.relation}={site.token.lemma_.lower()}")
        for rule in lexicon.rules(site.token):
            out |= {f"rule:{site.relation}={rule.id}", f"rule:{group}={rule.id}", f"rule={rule.id}"}
            out |= {f"meaning:{group}={label_of(rule)}", f"type:{group}={rule.type}"}
        mention = store.at(site.token.i, PERSON, ORG, ROLE)
        if mention is not None:
            out.add(f"entity:{site.relation}={mention.label}")
    nearest: dict[str, tuple[int, list[Rule]]] = {}
    for token, found in lexicon.triggers(span.doc, start, end):
        if span.start <= token.i < span.end or token.is_punct or token.is_stop:
            continue
        left = token.i < span.start
        gap = span.start - token.i if left else token.i - span.end + 1
        place = "near" if gap <= NEAR else "clause" if gap <= 10 else "sentence"
        for rule in found:
            out |= {
                f"rule:{place}={rule.id}",
                f"meaning:{place}={label_of(rule)}",
                f"type:{place}={rule.type}",
            }
        side = ("left." if left else "right.") + ("verb" if token.pos_ in VERBS else "noun")
        if side not in nearest or gap < nearest[side][0]:
            nearest[side] = gap, found
    for side, (_, found) in nearest.items():
        out |= {f"nearest:{side}={rule.id}" for rule in found}
    out.update(f"has={m.label}" for m in store.within(start, end, PERSON, ROLE))
    out.update(shape(figure))
    out.update(wording("figure", span.doc, span.start, span.end))
    out.update(told(span.doc, span.start))
    out.update(parties_around(span, start, end, store))
    out.update(clause_around(span, around, store))
    return sorted(out)


def clause_around(figure: Span, around: list[Site], store: Mentions) -> Iterator[str]:
    """What kinds of mentions fill the functions of the verb over a figure, with that verb and with the noun that governs
    the figure: an offer that a person turns down is pay, one that a board turns down is a bid."""
    verb = clause(figure.root)
    noun = next((site.token.lemma_.lower() for site in around if site.token.pos_ not in VERBS), NOBODY)
    for name, tokens in functions(verb).items():
        if tokens and name in FUNCTIONS:
            kind = kind_of(tokens[0], store)
            yield from (f"clause.{name}={kind}", f"clause.{name}={kind}:{verb.lemma_.lower()}")
            yield f"clause.{name}={kind}&noun={noun}"


def parties_around(figure: Span, start: int, end: int, store: Mentions) -> Iterator[str]:
    """Whether persons, organisations or others stand nearest to a figure on either side in a range of tokens."""
    before = store.within(start, figure.start, *PARTIES)
    behind = store.within(figure.end, end, *PARTIES)
    left, right = before[-1].label if before else NOBODY, behind[0].label if behind else NOBODY
    yield from (f"party.left={left}", f"party.right={right}", f"parties={left}+{right}")
    yield f"party.first={before[0].label if before else NOBODY}"


def modal_features(figure: Span, around: list[Site]) -> list[str]:
    """What the auxiliaries and the certainty of the words around a figure say of its own certainty and status, what its
    sentence foretells, and whether anything is refused or fails in it or in those beside it."""
    out = {*outlook(figure), *(f"refused={where}" for where in refusals(figure))}
    for number, site in enumerate(around):
        out.add(f"certain:{'first' if number == 0 else site.relation}={certainty(site.token)}")
        if site.token.pos_ in VERBS:
            out.add(f"tense={site.token.tag_}")
            out |= {
                f"aux={c.lower_}"
                for c in site.token.children
                if c.dep_ in ("aux", "auxpass", "neg", "advmod")
            }
            out.add(f"governed={site.token.head.lemma_.lower()}:{site.token.dep_}")
    return sorted(out)


def refusals(figure: Span) -> Iterator[str]:
    """Where, seen from a figure, words stand that refuse or end something: a bid is live as long as there are none."""
    doc = figure.doc
    start, end = sentence(figure[0])
    beside = {"here": (start, end)}
    if start:
        beside["before"] = sentence(doc[start - 1])
    if end < len(doc):
        beside["next"] = sentence(doc[end])
    said = refused(doc)
    for where, (first, last) in beside.items():
        if bisect_left(said, first) < bisect_left(said, last):
            yield where


def refused(doc: Doc) -> list[int]:
    """The tokens of a document that refuse or end something, or may, in order: the first words of such phrases."""
    found: list[int] | None = doc.user_data.get("newsclaims_refused")
    if found is None:
        words = places(doc, words_of_refusal(), "LEMMA")
        found = doc.user_data["newsclaims_refused"] = [i for i in words if not tells_an_end(doc[i])]
    return found


@cache
def words_of_refusal() -> frozenset[str]:
    """The first words of what makes something negated that it governs or whose subject it is."""
    table = cues()[NEGATED]
    return frozenset(phrase.split()[0] for phrase in table["governors"] | table["subjects"])


def after(meaning: str, joint: str) -> list[str]:
    """Features of the meaning of the figure before one, and how the two are joined; empty for none in its sentence."""
    return [f"previous={meaning if joint else ''}", f"joined={joint}:{meaning if joint else ''}"]


JOINTS = frozenset("compared against from versus vs than while and or with to but plus".split())


def joint(left: Span | None, right: Span) -> str:
    """How a figure is joined to the one before it in its sentence, if there is one: by the last joining word between
    them; else empty."""
    if left is None or sentence_start(left[0]) != sentence_start(right[0]):
        return ""
    doc, apart = left.doc, range(max(left.end, right.start - SIGHT), right.start)
    words = (doc[i].lower_ for i in reversed(apart))
    word = next((word for word in words if word in JOINTS), "apart")
    return word if len(apart) <= FAR else f"far.{word}"


def shape(figure: MoneyMention) -> Iterator[str]:
    """What the figure itself is like: its size, its bounds, its period, what it is the price of."""
    amount = figure.amount
    value = amount.max if amount.max is not None else amount.min or 0.0
    yield f"size={int(math.log10(value)) if value > 0 else -1}"
    if amount.min != amount.max:
        yield "bound=" + ("max" if amount.min is None else "min" if amount.max is None else "range")
    if figure.motion:
        yield f"motion={figure.motion}"
    if figure.period is not None:
        yield f"period={figure.period[-1].lemma_.lower().rpartition('-')[2]}"  # "a-week" is one token
        yield "period"
    if figure.per is not None:
        yield f"per={figure.per[-1].lemma_.lower()}"
        yield "per"
    if figure.amount.also:
        yield "converted"
    if figure.label is not None:
        yield from (f"row={token.lower_}" for token in figure.label)
