"""Checks the examples of rules: what must match does, with the slots named, and what must not does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span

from newsclaims.claims.frames import Frame, Trace
from newsclaims.claims.patterns import LABELS, chunk
from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.language.mentions import mentions
from newsclaims.language.modality import certainty
from newsclaims.rulebook.bench import Bench, said

CODES = {code: name for name, code in LABELS.items()}


@dataclass(frozen=True, slots=True)
class Fault:
    """An example that does not hold, and why, in words."""

    rule: Rule
    sentence: str
    message: str

    def __str__(self) -> str:
        place = f"{self.rule.file}:{self.rule.line}: rule {self.rule.id}"
        return f"{place}: {self.sentence!r}: {self.message}"


def count(rules: Iterable[Rule]) -> int:
    return sum(len(rule.match) + len(rule.none) for rule in rules)


def check(bench: Bench, rules: Iterable[Rule]) -> list[Fault]:
    """The examples that fail, in the order of the rules. Each is read as an article of its own."""
    rules = list(rules)
    texts = [e["text"] for rule in rules for e in rule.match] + [t for rule in rules for t in rule.none]
    found: dict[str, tuple[Doc, list[Frame], list[Trace]]] = {}
    unique = list(dict.fromkeys(texts))
    for text, doc in zip(unique, bench.read(unique), strict=True):
        traces: list[Trace] = []
        found[text] = doc, bench.frames(doc, traces), traces
    faults = []
    for rule in rules:
        for example in rule.match:
            doc, frames, traces = found[example["text"]]
            own = [frame for frame in frames if frame.rule.id == rule.id]
            with bench.lexicons.in_force():
                message = (
                    wrong(own, example, defaults(bench.rules, rule))
                    if own
                    else silent(rule, doc, traces, bench.rules)
                )
            if message:
                faults.append(Fault(rule, example["text"], message))
        for text in rule.none:
            for frame in found[text][1]:
                if frame.rule.id == rule.id:
                    faults.append(Fault(rule, text, f"the rule must not fire here, but finds {said(frame)}"))
                    break
    return faults


def defaults(rules: RuleSet, rule: Rule) -> dict[str, str]:
    """The values of a claim's attributes where its rule sets none."""
    model = rules.types[rule.type]
    return {name: model.model_fields[name].default for name in model.attributes}


def wrong(frames: list[Frame], example: Mapping[str, Any], unset: Mapping[str, str]) -> str:
    """What the frame that comes closest to an example has wrong; nothing where it is as wanted."""
    return min((differences(frame, example, unset) for frame in frames), key=len, default="")


def differences(frame: Frame, example: Mapping[str, Any], unset: Mapping[str, str]) -> str:
    out = []
    for key, wanted in example.items():
        if key == "text":
            continue
        if key == "certainty":
            given = frame.rule.certainty or certainty(frame.trigger)
        elif key in unset:
            given = frame.rule.set.get(key, unset[key])
        elif (mention := frame.slots.get(key)) is not None:
            given = mention.name if mention.name == wanted else mention.text
        else:
            out.append(f"nothing fills {key}, which should be {wanted!r}")
            continue
        if given != wanted:
            out.append(f"{key} is {given!r}, not {wanted!r}")
    return f"it fires at {frame.trigger.text!r}, but " + "; ".join(out) if out else ""


def silent(rule: Rule, doc: Doc, traces: list[Trace], rules: RuleSet) -> str:
    """Why a rule did not fire in a text."""
    if rule.pattern is not None:
        return "its pattern matches nowhere in: " + " / ".join(chunks(sent, rules) for sent in doc.sents)
    own = [trace for trace in traces if trace.rule.id == rule.id]
    if not own:
        words = ", ".join(" ".join(t) for t in rule.triggers[:6]) + (
            ", ..." if len(rule.triggers) > 6 else ""
        )
        tagged = ", ".join(f"{t.lemma_} {t.pos_}" for t in doc if t.pos_ in ("VERB", "NOUN", "AUX", "ADJ"))
        return f"no trigger ({words}; {'/'.join(sorted(rule.pos))}) among its words: {tagged}"
    trace = own[0]
    slots = trace.missing.split("|")
    tried = "; ".join(f"{slot}: {' | '.join(map(str, rule.slots.get(slot, ())))}" for slot in slots)
    return (
        f"{trace.trigger.text!r} triggers it, but nothing fills {' or '.join(slots)} ({tried or 'no path'})"
    )


def chunks(sent: Span, rules: RuleSet) -> str:
    """A sentence as patterns see it: labels for mentions, and words."""
    found = chunk(sent, mentions(sent.doc), rules.words)
    parts = []
    for code, start, mention in zip(found.code, found.starts, found.mentions, strict=True):
        label = CODES.get(code)
        parts.append(f"{label}={mention.text!r}" if mention is not None and label else sent.doc[start].lower_)
    return " ".join(parts)
