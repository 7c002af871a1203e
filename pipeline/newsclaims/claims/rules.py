"""Rules as data: reads, checks and compiles rule files in TOML.

A rule has an ``id``, the ``type`` of claim it makes (or the file has one for all its rules), and either

* ``trigger``: lemmas, each perhaps with a particle ("step down"), of the part of speech ``pos``, and a path to each
  slot, seen from the trigger (see ``paths``); or
* ``pattern``: a sequence of chunks that captures slots (see ``patterns``), and paths for further slots.

``set`` gives attributes of the claim, ``needs`` the slots without which there is none (alternatives with ``|``),
``match`` and ``none`` are examples: sentences with the claims that they must give, and sentences that must give none.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as File
from typing import Any

from newsclaims.claims.paths import Path, PathError, parse
from newsclaims.claims.patterns import PatternError, Vocabulary, compile_pattern
from newsclaims.errors import RuleError
from newsclaims.resources import models_dir
from newsclaims.schema import BUILT_IN, Claim, ClaimType

KEYS = frozenset(
    ("id", "type", "trigger", "pos", "pattern", "set", "needs", "match", "none", "doc", "certainty", "off")
)
MOVE_NEEDS = ("person", "origin|destination|role|former_role")


@dataclass(frozen=True)
class Rule:
    """A compiled rule."""

    id: str
    type: str
    triggers: tuple[tuple[str, ...], ...]
    pos: frozenset[str]
    pattern: re.Pattern[str] | None
    slots: Mapping[str, tuple[Path, ...]]
    set: Mapping[str, str]
    needs: tuple[tuple[str, ...], ...]
    certainty: str | None
    match: tuple[Mapping[str, Any], ...]
    none: tuple[str, ...]
    file: str
    doc: str = ""


@dataclass
class RuleSet:
    """All rules in force, indexed by trigger, with the claim types they make."""

    rules: list[Rule] = field(default_factory=list)
    types: dict[str, type[Claim]] = field(default_factory=lambda: dict(BUILT_IN))
    words: Vocabulary = field(default_factory=Vocabulary)
    digest: str = ""

    @cached_property
    def by_lemma(self) -> dict[str, list[tuple[tuple[str, ...], Rule]]]:
        """First word of a trigger -> the whole trigger and its rule; not of rules that are tried from figures."""
        index: dict[str, list[tuple[tuple[str, ...], Rule]]] = {}
        for rule in self.rules:
            if self.starts_at_figure(rule):
                continue
            for trigger in rule.triggers:
                index.setdefault(trigger[0], []).append((trigger, rule))
        return index

    def starts_at_figure(self, rule: Rule) -> bool:
        """Whether a rule gives no path to the amount that its claim needs: it is tried from every figure."""
        return bool(rule.triggers) and "amount" in self.types[rule.type].key and "amount" not in rule.slots

    @cached_property
    def patterns(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.pattern is not None]


def built_in_files() -> list[File]:
    return sorted((models_dir() / "rules").glob("*.toml"))


def load(files: Sequence[File] = ()) -> RuleSet:
    """The built-in rules, and those of the user's files, which may replace a rule by its id or switch it off."""
    out = RuleSet()
    digest = hashlib.sha256()
    by_id: dict[str, Rule] = {}
    for file in (*built_in_files(), *files):
        try:
            raw = file.read_bytes()
            data = tomllib.loads(raw.decode("utf-8"))
        except FileNotFoundError:
            raise RuleError(f"{file}: no such rule file") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise RuleError(f"{file}: not TOML: {error}") from None
        digest.update(raw)
        for definition in data.pop("types", []):
            claim_type = ClaimType(**definition)
            out.types[claim_type.name] = claim_type.model()
        macros = data.pop("macros", {})
        common = data.pop("type", None)
        for table in data.pop("rule", []):
            reader = RuleReader(file.name, table, out, macros, common)
            if table.get("off"):
                by_id.pop(reader.id, None)
                continue
            by_id[reader.id] = reader.read()
        for unknown in data:
            raise RuleError(f"{file}: no top-level key {unknown!r}; there are type, types, macros, rule")
    out.rules = list(by_id.values())
    out.digest = digest.hexdigest()
    return out


class RuleReader:
    """Reads one table of a rule file; every fault is told with file, rule and key."""

    def __init__(
        self, file: str, table: dict[str, Any], rules: RuleSet, macros: dict[str, str], common: str | None
    ) -> None:
        self.file, self.table, self.rules, self.macros, self.common = file, table, rules, macros, common
        self.id = str(table.get("id", ""))
        if not self.id:
            raise RuleError(f"{file}: a rule without an id: {str(table)[:80]}")

    def fault(self, key: str, message: str) -> RuleError:
        return RuleError(f"{self.file}: rule {self.id}: {key}: {message}")

    def read(self) -> Rule:
        kind = self.table.get("type", self.common)
        if kind not in self.rules.types:
            raise self.fault("type", self.unknown(str(kind), self.rules.types))
        model = self.rules.types[kind]
        for key in self.table:
            if key not in KEYS and key not in model.slots:
                raise self.fault(key, self.unknown(key, (*KEYS, *model.slots)))
        if ("trigger" in self.table) == ("pattern" in self.table):
            raise self.fault("trigger", "a rule has either a trigger or a pattern")
        needs = self.table.get("needs") or (MOVE_NEEDS if kind == "move" else model.key)
        return Rule(
            id=self.id,
            type=kind,
            triggers=tuple(tuple(t.split()) for t in self.listed("trigger")),
            pos=frozenset(self.listed("pos") or ("VERB",)),
            pattern=self.pattern(),
            slots={slot: self.path(slot) for slot in model.slots if slot in self.table},
            set=self.attributes(model),
            needs=tuple(tuple(n.split("|")) for n in needs),
            certainty=self.table.get("certainty"),
            match=tuple(self.table.get("match", ())),
            none=tuple(self.table.get("none", ())),
            file=self.file,
            doc=self.table.get("doc", ""),
        )

    def listed(self, key: str) -> list[str]:
        value = self.table.get(key, [])
        return [value] if isinstance(value, str) else list(value)

    def path(self, slot: str) -> tuple[Path, ...]:
        try:
            return parse(self.expanded(self.table[slot]))
        except PathError as error:
            raise self.fault(slot, str(error)) from None

    def pattern(self) -> re.Pattern[str] | None:
        if "pattern" not in self.table:
            return None
        try:
            return compile_pattern(self.expanded(self.table["pattern"]), self.rules.words)
        except PatternError as error:
            raise self.fault("pattern", str(error)) from None

    def expanded(self, text: str) -> str:
        for _ in range(3):  # a macro may use others
            for name, value in self.macros.items():
                text = text.replace(f"{{{name}}}", value)
        return text

    def attributes(self, model: type[Claim]) -> dict[str, str]:
        values: dict[str, str] = dict(self.table.get("set", {}))
        known = ClaimType.of(model).attributes
        for name, value in values.items():
            if name not in known:
                raise self.fault(f"set.{name}", self.unknown(name, known))
            if value not in known[name]:
                raise self.fault(f"set.{name}", self.unknown(value, known[name]))
        return values

    @staticmethod
    def unknown(word: str, known: Iterable[str]) -> str:
        options = sorted(known)
        near = difflib.get_close_matches(word, options, 1)
        return f"no {word!r}" + (
            f"; do you mean {near[0]!r}?" if near else f"; there are {', '.join(options)}"
        )
