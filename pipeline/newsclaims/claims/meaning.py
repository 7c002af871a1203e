"""What a figure of money means: a linear model over the words around it chooses a meaning that rules give.

A meaning is a claim type with its kind or measure ("deal.fine"). The words are looked up among the triggers of
the rules, so that a word added to a rule file counts at once like its neighbours there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span, Token

from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.claims.sites import VERBS, Site
from newsclaims.language.mentions import ORG, PERSON, ROLE, Mentions
from newsclaims.language.modality import certainty
from newsclaims.language.money.component import MoneyMention
from newsclaims.language.sentences import sentence_start
from newsclaims.resources import models_dir

NEAR = 3
"""Tokens to either side of a figure that count as near it."""


def from_figures(rules: RuleSet) -> list[Rule]:
    """The rules that are tried from every figure."""
    return [rule for rule in rules.rules if rules.starts_at_figure(rule)]


def label_of(rule: Rule) -> str:
    """The meaning that a rule gives: its type and its first attribute ("deal.fine")."""
    value = rule.set.get("kind") or rule.set.get("measure") or "other"
    return f"{rule.type}.{value}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure means, how sure that is, and the rule and its trigger that say so."""

    meaning: str
    score: float
    rule: Rule
    trigger: Token


class Lexicon:
    """Looks words up among the triggers of the rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.nouns: dict[str, list[Rule]] = {}
        self.verbs: dict[str, list[Rule]] = {}
        self.fallback: dict[str, Rule] = {}
        for rule in rules:
            for trigger in rule.triggers:
                if trigger == ("*",):
                    self.fallback[rule.type] = rule
                if "VERB" in rule.pos:
                    self.verbs.setdefault(" ".join(trigger), []).append(rule)
                if rule.pos - {"VERB"}:
                    self.nouns.setdefault(" ".join(trigger), []).append(rule)

    def rules(self, token: Token) -> list[Rule]:
        """The rules that a token triggers, not to be changed."""
        known: dict[int, list[Rule]] = token.doc.user_data.setdefault("newsclaims_money_rules", {})
        if token.i not in known:
            known[token.i] = self._find(token)
        return known[token.i]

    def _find(self, token: Token) -> list[Rule]:
        table = self.verbs if token.pos_ in VERBS else self.nouns
        found: list[Rule] = []
        for word in words(token):
            found += [rule for rule in table.get(word, ()) if rule not in found]
        return found


def words(token: Token) -> list[str]:
    """The forms of a token to look up: as it stands, its lemma, and with what a hyphen joins to it."""
    doc, i = token.doc, token.i
    out = [token.lower_, token.lemma_.lower()]
    if token.lower_.endswith("ed"):  # lemmas of participles are often wrong ("fined": "fin")
        out += [token.lower_[:-1], token.lower_[:-2]]
    if i + 2 < len(doc) and doc[i + 1].text == "-" and not doc[i + 1].whitespace_:
        out.append(f"{token.lower_}-{doc[i + 2].lower_}")
    if i >= 2 and doc[i - 1].text == "-" and not doc[i - 1].whitespace_:
        out.append(f"{doc[i - 2].lower_}-{token.lower_}")
    return list(dict.fromkeys(out))


def features(
    figure: MoneyMention, around: list[Site], lexicon: Lexicon, store: Mentions, before: tuple[str, str]
) -> list[str]:
    """Names of the features that hold for a figure.

    Args:
        figure: the figure.
        around: its sites.
        lexicon: the triggers.
        store: the mentions of the document.
        before: meaning of the figure before it in the same sentence, and how the two are joined; empty for none.
    """
    span, sent = figure.span, figure.span.sent
    out = {f"previous={before[0]}", f"joined={before[1]}:{before[0]}"}
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
    for token in sent:
        if span.start <= token.i < span.end or token.is_punct or token.is_stop:
            continue
        left = token.i < span.start
        gap = span.start - token.i if left else token.i - span.end + 1
        place = "near" if gap <= NEAR else "clause" if gap <= 10 else "sentence"
        found = lexicon.rules(token)
        for rule in found:
            out |= {
                f"rule:{place}={rule.id}",
                f"meaning:{place}={label_of(rule)}",
                f"type:{place}={rule.type}",
            }
        side = ("left." if left else "right.") + ("verb" if token.pos_ in VERBS else "noun")
        if found and (side not in nearest or gap < nearest[side][0]):
            nearest[side] = gap, found
    for side, (_, found) in nearest.items():
        out |= {f"nearest:{side}={rule.id}" for rule in found}
    out.update(f"has={m.label}" for m in store.within(sent.start, sent.end, PERSON, ROLE))
    out.update(shape(figure))
    return sorted(out)


def modal_features(around: list[Site]) -> list[str]:
    """What the auxiliaries and the certainty of the words around a figure say of its own certainty and status."""
    out = set()
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


JOINTS = frozenset("compared against from versus vs than while and or with to but plus".split())


def joint(left: Span, right: Span) -> str:
    """How two figures of one sentence are joined: the last joining word between them; empty across sentences."""
    if sentence_start(left[0]) != sentence_start(right[0]):
        return ""
    between = left.doc[left.end : right.start]
    word = next((t.lower_ for t in reversed(list(between)) if t.lower_ in JOINTS), "apart")
    return word if len(between) <= 12 else f"far.{word}"


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
        yield f"period={figure.period[-1].lemma_.lower()}"
        yield "period"
    if figure.per is not None:
        yield f"per={figure.per[-1].lemma_.lower()}"
        yield "per"
    if figure.amount.also:
        yield "converted"


# The fitted model


@dataclass(frozen=True)
class Linear:
    """A linear model of several classes: each class has a bias and weights of features."""

    bias: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    """Feature -> class -> weight."""

    def probabilities(self, names: Iterable[str]) -> dict[str, float]:
        """Class -> its share of the odds, one against the rest, summing to 1."""
        odds = dict(self.bias)
        for name in names:
            if name in self.weights:
                for label, weight in self.weights[name].items():
                    odds[label] += weight
        shares = {label: 1 / (1 + math.exp(-value)) for label, value in odds.items()}
        total = sum(shares.values())
        return {label: share / total for label, share in shares.items()}


@cache
def fitted() -> dict[str, Linear]:
    """The models of ``models/weights/money.json``: ``type``, the kinds of each type, and ``status`` of pay."""
    data = json.loads((models_dir() / "weights" / "money.json").read_text(encoding="utf-8"))
    return {name: Linear(model["bias"], model["weights"]) for name, model in data.items()}


def likeliest(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda label: (shares[label], label))
