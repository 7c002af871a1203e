"""What a figure of money means: a fitted model over the words around it chooses a meaning that rules give.

A meaning is a claim type with its kind or measure ("deal.fine"). The words are looked up among the triggers of
the rules, so that a word added to a rule file counts at once like its neighbours there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.claims.sites import VERBS
from newsclaims.judges import Judge, Jury, read_judges, read_juries
from newsclaims.language.sentences import sentence


def from_figures(rules: RuleSet) -> list[Rule]:
    """The rules that are tried from every figure."""
    return [rule for rule in rules.rules if rules.starts_at_figure(rule)]


def label_of(rule: Rule) -> str:
    """The meaning that a rule gives: its type and its first attribute ("deal.fine")."""
    value = rule.set.get("kind") or rule.set.get("measure") or "other"
    return f"{rule.type}.{value}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure means, how sure that is, the rule and its trigger that say so, and the features of the figure."""

    meaning: str
    score: float
    rule: Rule
    trigger: Token
    names: Sequence[str] = ()


FOUND = "newsclaims_money_rules"
"""Under which key a document keeps, for each lexicon, what its words trigger."""


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
        """The rules that a token triggers, a user's first; not to be changed."""
        by_lexicon: dict[Lexicon, dict[int, list[Rule]]] = token.doc.user_data.setdefault(FOUND, {})
        known = by_lexicon.setdefault(self, {})
        if token.i not in known:
            known[token.i] = self._find(token)
        return known[token.i]

    def triggers(self, doc: Doc, start: int, end: int) -> list[tuple[Token, list[Rule]]]:
        """The tokens of a range that trigger rules, with these."""
        found: list[tuple[Token, list[Rule]]] = []
        here = start
        while here < end:
            first, here = sentence(doc[here])
            places, pairs = self._in_sentence(doc, first, here)
            found += pairs[bisect_left(places, start) : bisect_left(places, end)]
        return found

    def _in_sentence(
        self, doc: Doc, start: int, end: int
    ) -> tuple[list[int], list[tuple[Token, list[Rule]]]]:
        """The tokens of a whole sentence that trigger rules: their indices, and themselves with these."""
        by_lexicon: dict[Lexicon, dict[int, Any]] = doc.user_data.setdefault("newsclaims_money_triggers", {})
        known = by_lexicon.setdefault(self, {})
        if start not in known:
            pairs = [(token, rules) for token in doc[start:end] if (rules := self.rules(token))]
            known[start] = [token.i for token, _ in pairs], pairs
        found: tuple[list[int], list[tuple[Token, list[Rule]]]] = known[start]
        return found

    def _find(self, token: Token) -> list[Rule]:
        table = self.verbs if token.pos_ in VERBS else self.nouns
        found: list[Rule] = []
        for word in words(token):
            found += [rule for rule in table.get(word, ()) if rule not in found]
        return sorted(found, key=lambda rule: rule.built_in)


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


@cache
def fitted() -> dict[str, Jury]:
    """What is asked about a figure: ``type`` and, when the other figures are known, ``among``; the kinds of each type;
    ``certainty``, and ``status`` of pay."""
    return read_juries("money")


@cache
def fitted_slots() -> dict[str, Judge]:
    """ "type.slot" -> what judges whether a candidate fills that slot of a money claim."""
    return read_judges("money_slots")
