"""Rules as data: reads, checks and compiles rule files in TOML.

A rule has an ``id``, the ``type`` of claim it makes (or the file has one for all its rules), and either

* ``trigger``: lemmas, each perhaps with a particle ("step down"), of the part of speech ``pos``, and a path
  to each slot, seen from the trigger (see ``paths``), ``unless`` it says something else there (see ``conditions``); or
* ``pattern``: a sequence of chunks that captures slots (see ``patterns``), and paths for further slots.

``set`` gives attributes of the claim, ``needs`` the slots without which there is none (alternatives with
``|``), ``certainty`` and ``confidence`` override what would be read from the text and what was fitted,
``match`` and ``none`` are examples: sentences with the claims that they must give, and sentences that must
give none. ``docs/rules.md`` describes the language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path as File
from typing import Any, get_args

from newsclaims.claims import conditions
from newsclaims.claims.conditions import Condition
from newsclaims.claims.currencyfile import additions
from newsclaims.claims.paths import FROM_FIGURES, Path, PathError, parse
from newsclaims.claims.patterns import Pattern, PatternError, compile_pattern
from newsclaims.claims.rulefile import RuleFile, unknown
from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.claims.userfiles import with_packages
from newsclaims.errors import RuleError
from newsclaims.language.mentions import MONEY
from newsclaims.resources import models_dir
from newsclaims.schema import BUILT_IN, Certainty, Claim, ClaimType

KEYS = (
    *("id", "type", "doc", "off", "trigger", "pos", "unless", "pattern"),
    *("needs", "set", "certainty", "confidence"),
)
EXAMPLES = ("match", "none")
POS = frozenset(("ADJ", "ADP", "ADV", "AUX", "NOUN", "NUM", "PRON", "PROPN", "SCONJ", "VERB", "X"))
CERTAINTIES: tuple[str, ...] = get_args(Certainty)
OWN_CONFIDENCE = 0.7
"""Confidence of the claims of a user's rule that says nothing of it: no fitted model knows the rule."""
MOVE_NEEDS = ("person", "origin|destination|role|former_role")


def built_in_files() -> list[File]:
    return sorted((models_dir() / "rules").glob("*.toml"))


def load(files: Sequence[File] = ()) -> RuleSet:
    """The built-in rules, those of installed packages, and the user's, in this order.

    A later rule replaces an earlier one of the same id, or switches it off. Lexicons among the files are left
    to ``newsclaims.pipeline.build``.

    Raises:
        RuleError: a file has a fault; the message names file, line, rule and key.
    """
    out = RuleSet()
    digest = hashlib.sha256()
    by_id: dict[str, Rule] = {}
    built_in = built_in_files()
    for path in (*built_in, *with_packages(files)):
        out.words.own = path not in built_in
        if path.suffix == ".txt":
            digest.update(path.read_bytes())
            continue
        file = RuleFile.read(path)
        digest.update(file.raw)
        additions(file)  # for their faults: the pipeline enters them before any component is made
        for name, model in file.claim_types().items():
            if name in out.types:
                raise file.fault(0, f"type {name}", "name", "another file defines it already")
            out.types[name] = model
        seen: set[str] = set()
        for number, table in enumerate(file.tables):
            reader = RuleReader(file, number, table, out)
            if reader.id in seen:
                raise reader.fault("id", "the file has another rule of this id")
            seen.add(reader.id)
            if reader.switched_off(by_id):
                del by_id[reader.id]
                continue
            by_id[reader.id] = reader.read()
    out.rules = list(by_id.values())
    out.digest = digest.hexdigest()
    return out


class RuleReader:
    """Reads one table of a rule file; every fault is told with file, line, rule and key."""

    def __init__(self, file: RuleFile, number: int, table: dict[str, Any], rules: RuleSet) -> None:
        self.file, self.number, self.table, self.rules = file, number, table, rules
        self.id = table.get("id", "")
        if not isinstance(self.id, str) or not self.id.strip():
            raise file.fault(file.line("id", "rule", number), f"rule {number + 1}", "id", "each rule has one")

    def fault(self, key: str, message: str) -> RuleError:
        line = self.file.line(key, "rule", self.number)
        return self.file.fault(line, f"rule {self.id}", key, message)

    def switched_off(self, known: Mapping[str, Rule]) -> bool:
        """Whether the table only switches a rule off."""
        off = self.table.get("off", False)
        if not isinstance(off, bool):
            raise self.fault("off", "true or false")
        if off and self.id not in known:
            raise self.fault("id", unknown(self.id, known))
        return off

    def read(self) -> Rule:
        kind = self.table.get("type", self.file.common)
        if kind is None:
            raise self.fault("type", "it is missing: name a claim type")
        if not isinstance(kind, str) or kind not in self.rules.types:
            raise self.fault("type", unknown(str(kind), self.rules.types))
        model = self.rules.types[kind]
        for key in self.table:
            if key not in (*KEYS, *EXAMPLES, *model.slots):
                raise self.fault(key, unknown(key, (*KEYS, *EXAMPLES, *model.slots)))
        if ("trigger" in self.table) == ("pattern" in self.table):
            raise self.fault("trigger", "a rule has either a trigger or a pattern")
        for key in ("pos", "unless") if "pattern" in self.table else ():
            if key in self.table:
                raise self.fault(key, "it is for triggers; a pattern has none")
        pattern = self.pattern(model)
        slots = {slot: self.path(slot) for slot in model.slots if slot in self.table}
        needs = self.needs(kind, model)
        if kind in BUILT_IN and pattern is None and "amount" in model.key and "amount" not in slots:
            self.check_figures()
        else:
            self.check_reach(slots, pattern, needs)
        certainty = self.listed("certainty", CERTAINTIES)
        if len(certainty) > 1:
            raise self.fault("certainty", "one word is wanted")
        if not isinstance(doc := self.table.get("doc", ""), str):
            raise self.fault("doc", "a text is wanted")
        return Rule(
            id=self.id,
            type=kind,
            triggers=self.triggers(),
            pos=frozenset(self.listed("pos", POS) or ("VERB",)),
            unless=self.unless(),
            pattern=pattern,
            slots=slots,
            set=self.attributes(model),
            needs=needs,
            certainty=certainty[0] if certainty else None,
            confidence=self.confidence(),
            match=self.matching(model),
            none=tuple(self.listed("none")),
            path=self.file.path,
            line=self.file.line("id", "rule", self.number),
            source=self.file.source(self.number),
            doc=doc,
        )

    def triggers(self) -> tuple[tuple[str, ...], ...]:
        listed = self.listed("trigger")
        if "trigger" in self.table and not listed:
            raise self.fault("trigger", "it names no word")
        for trigger in listed:
            if trigger != trigger.lower() and "PROPN" not in self.table.get("pos", ()):
                raise self.fault("trigger", f"{trigger!r} never matches: write lemmas in small letters")
        triggers = tuple(tuple(trigger.split()) for trigger in listed)
        for number, words in enumerate(triggers):
            if words in triggers[:number]:
                raise self.fault("trigger", f"{' '.join(words)!r} is named twice")
        return triggers

    def unless(self) -> tuple[Condition, ...]:
        try:
            listed = [conditions.parse(self.file.expanded(text)) for text in self.listed("unless")]
        except (PathError, ValueError) as error:
            raise self.fault("unless", str(error)) from None
        return tuple(condition for some in listed for condition in some)

    def check_figures(self) -> None:
        """Refuse what a rule that is tried from figures cannot have."""
        for trigger in self.triggers():
            if len(trigger) > 1:
                hint = "a rule without a path to its amount is set off by single words"
                raise self.fault("trigger", f"{' '.join(trigger)!r} never matches: {hint}")

    def check_reach(
        self,
        slots: Mapping[str, tuple[Path, ...]],
        pattern: Pattern | None,
        needs: tuple[tuple[str, ...], ...],
    ) -> None:
        """Refuse a rule of which some path or the whole can never lead anywhere."""
        for slot, path in slots.items():
            for step in (alternative.steps[0] for alternative in path):
                if step in FROM_FIGURES:
                    hint = "of a built-in type whose amount has no path"
                    raise self.fault(
                        slot, f"{step!r} leads somewhere only in rules {hint}; do you mean 'job'?"
                    )
        filled = {*slots, *(pattern.slots if pattern else ())}
        for need in needs:
            if filled.isdisjoint(need):
                hint = 'as in "near:MONEY"' if need == ("amount",) else 'as in "subj:PERSON"'
                raise self.fault(need[0], f"it is missing: no claim without it, so it wants a path, {hint}")

    def listed(self, key: str, known: Sequence[str] | frozenset[str] = ()) -> list[str]:
        """A text or a list of texts, each one of the known words if any are given."""
        value = self.table.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
            raise self.fault(key, "a text or a list of texts is wanted")
        for word in values if known else ():
            if word not in known:
                raise self.fault(key, unknown(word, known))
        return values

    def needs(self, kind: str, model: type[Claim]) -> tuple[tuple[str, ...], ...]:
        """The slots without which there is no claim: the type's key and those stated, or any one."""
        usual = MOVE_NEEDS if kind == "move" else model.key
        stated = (*model.key, *(self.listed("needs") or usual)) or ("|".join(model.slots),)
        out = tuple(tuple(need.split("|")) for need in dict.fromkeys(stated))
        for slot in (slot for need in out for slot in need):
            if slot not in model.slots:
                raise self.fault("needs", unknown(slot, model.slots))
        return out

    def confidence(self) -> float | None:
        value = self.table.get("confidence", OWN_CONFIDENCE if self.rules.words.own else None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.fault("confidence", "a number from 0 to 1 is wanted")
        return float(value)

    def matching(self, model: type[Claim]) -> tuple[Mapping[str, Any], ...]:
        """The sentences that must give claims, each a table with its text and what slots it fills."""
        examples = self.table.get("match", [])
        wanted = 'a list of tables is wanted: { text = "...", slot = "..." }'
        if not isinstance(examples, list) or not all(isinstance(e, dict) for e in examples):
            raise self.fault("match", wanted)
        values = {"certainty": CERTAINTIES, **ClaimType.of(model).attributes}
        known = ("text", *model.slots, *values)
        for example in examples:
            for key, value in example.items():
                if key not in known:
                    raise self.fault(f"match.{key}", unknown(key, known))
                if not isinstance(value, str):
                    raise self.fault(f"match.{key}", "a text is wanted")
                if key in values and value not in values[key]:
                    raise self.fault(f"match.{key}", unknown(value, values[key]))
            if "text" not in example:
                raise self.fault("match", "an example has no text")
        return tuple(examples)

    def path(self, slot: str) -> tuple[Path, ...]:
        if not isinstance(self.table[slot], str):
            raise self.fault(slot, 'a path is a text: "subj:PERSON"')
        try:
            path = parse(self.file.expanded(self.table[slot]))
        except (PathError, ValueError) as error:
            raise self.fault(slot, str(error)) from None
        for alternative in path:
            if slot == "amount" and set(alternative.labels) != {MONEY}:
                raise self.fault(slot, f"'{alternative}' leads to no figure: the label of an amount is MONEY")
            if slot != "amount" and MONEY in alternative.labels:
                raise self.fault(slot, f"'{alternative}': only the slot 'amount' holds a figure")
        return path

    def pattern(self, model: type[Claim]) -> Pattern | None:
        if "pattern" not in self.table:
            return None
        (text,) = self.listed("pattern")[:1] or [""]
        try:
            pattern = compile_pattern(self.file.expanded(text), self.rules.words)
        except (PatternError, ValueError) as error:
            raise self.fault("pattern", str(error)) from None
        for slot in pattern.slots:
            if slot not in model.slots:
                raise self.fault("pattern", unknown(slot, model.slots))
            if slot == "amount":
                raise self.fault(
                    "pattern", 'patterns see no figures: give "amount" a path, as in "near:MONEY"'
                )
        return pattern

    def attributes(self, model: type[Claim]) -> dict[str, str]:
        values = self.table.get("set", {})
        if not isinstance(values, dict):
            raise self.fault("set", 'a table is wanted: { name = "value" }')
        known = ClaimType.of(model).attributes
        for name, value in values.items():
            if name not in known:
                raise self.fault(f"set.{name}", unknown(name, known))
            if value not in known[name]:
                raise self.fault(f"set.{name}", unknown(str(value), known[name]))
        return dict(values)
