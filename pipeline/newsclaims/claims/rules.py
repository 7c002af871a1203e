"""Rules as they are in force: compiled, and indexed by what sets them off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as File
from typing import Any

from newsclaims.claims.conditions import Condition
from newsclaims.claims.paths import ELSEWHERE, Path
from newsclaims.claims.patterns import Pattern, Vocabulary, letters_of
from newsclaims.schema import BUILT_IN, Claim


@dataclass(frozen=True)
class Rule:
    """A compiled rule."""

    id: str
    type: str
    triggers: tuple[tuple[str, ...], ...]
    pos: frozenset[str]
    unless: tuple[Condition, ...]
    pattern: Pattern | None
    slots: Mapping[str, tuple[Path, ...]]
    set: Mapping[str, str]
    needs: tuple[tuple[str, ...], ...]
    certainty: str | None
    confidence: float | None
    """What its claims get; ``None`` for built-in rules, whose claims are judged by a fitted model."""
    match: tuple[Mapping[str, Any], ...]
    none: tuple[str, ...]
    path: File
    line: int
    source: str
    """The rule as it is written."""
    doc: str = ""

    @property
    def file(self) -> str:
        return self.path.name

    @property
    def built_in(self) -> bool:
        return self.confidence is None


@dataclass
class RuleSet:
    """All rules in force, indexed by trigger, with the claim types they make."""

    rules: list[Rule] = field(default_factory=list)
    types: dict[str, type[Claim]] = field(default_factory=lambda: dict(BUILT_IN))
    words: Vocabulary = field(default_factory=Vocabulary)
    digest: str = ""
    _may_match: dict[frozenset[str], bool] = field(default_factory=dict, repr=False)

    @cached_property
    def by_lemma(self) -> dict[str, list[tuple[tuple[str, ...], Rule]]]:
        """First word of a trigger -> the trigger and its rule, but for rules that are tried from figures."""
        index: dict[str, list[tuple[tuple[str, ...], Rule]]] = {}
        for rule in self.rules:
            if self.starts_at_figure(rule):
                continue
            for trigger in rule.triggers:
                index.setdefault(trigger[0], []).append((trigger, rule))
        return index

    @cached_property
    def people(self) -> Mapping[str, frozenset[str]]:
        """Id of each rule with a trigger that needs a person in its sentence -> the labels that person may have."""
        return {
            rule.id: frozenset(label for path in rule.slots["person"] for label in path.labels)
            for rule in self.rules
            if ("person",) in rule.needs
            and "person" in rule.slots
            and not any(path.steps[0] in ELSEWHERE for path in rule.slots["person"])
        }

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The first words of triggers."""
        return frozenset(self.by_lemma)

    @cached_property
    def longest(self) -> int:
        """How many words the longest trigger has."""
        return max((len(words) for triggers in self.by_lemma.values() for words, _ in triggers), default=0)

    def starts_at_figure(self, rule: Rule) -> bool:
        """Whether a rule gives no path to the amount that its claim needs: it is tried from every figure."""
        return bool(rule.triggers) and "amount" in self.types[rule.type].key and "amount" not in rule.slots

    @cached_property
    def patterns(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.pattern is not None]

    @cached_property
    def by_letter(self) -> dict[str, list[tuple[int, Rule]]]:
        """Chunk character -> the rules whose patterns need it, with their places; "" where none is needed.

        A rule stands under its rarest need alone, so that rules about other words cost a sentence nothing.
        """
        index: dict[str, list[tuple[int, Rule]]] = {}
        for place, rule in enumerate(self.patterns):
            assert rule.pattern is not None
            for letter in rule.pattern.needs[0] if rule.pattern.needs else ("",):
                index.setdefault(letter, []).append((place, rule))
        return index

    def may_match(self, labels: frozenset[str]) -> bool:
        """Whether any pattern can match a sentence whose mentions have these labels."""
        if labels not in self._may_match:
            letters = letters_of(labels)
            self._may_match[labels] = any(
                r.pattern and r.pattern.may_match_labels(letters) for r in self.patterns
            )
        return self._may_match[labels]

    def patterns_among(self, letters: set[str]) -> list[Rule]:
        """The rules whose patterns may match a sentence of these chunk characters, in their order."""
        index = self.by_letter
        found = {place: rule for letter in (*letters, "") for place, rule in index.get(letter, ())}
        return [found[place] for place in sorted(found)]
