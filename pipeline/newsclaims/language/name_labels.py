"""The label of a name: a fitted jury over the evidence around all of its mentions.

What the entity recogniser said of each mention counts, and what stands around it ("Mr X", "X, 52,", "X's chief
executive", "X plc", "joined X": see ``name_evidence``); then, how the names stand to each other (see
``name_relations``). The weights ``names`` were made by ``benchmarks/fit_names.py``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc

from newsclaims.judges import Jury, read_juries
from newsclaims.language.aliases import initials
from newsclaims.language.mentions import ORG, OTHER, PERSON
from newsclaims.language.name_candidates import key_of
from newsclaims.language.name_evidence import Evidence
from newsclaims.language.name_relations import among, relations
from newsclaims.language.recognised import Candidate

SPELLED_OUT = frozenset(("spelled_out", "not_given"))
"""Evidence of an acronym behind a name that is nobody's: "Halden Makers' Association (HMA)"."""
ENDING = 3
"""Letters at the end of a name that are told apart."""


def gather(doc: Doc, found: list[Candidate]) -> dict[str, list[str]]:
    """The evidence for each name key of the document, as names of features: what was seen, and what more than once."""
    evidence = Evidence(doc)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for c in found:
        key = key_of(doc[c.start : c.end].text)
        seen[key].update(evidence.of(c))
    people = {k for k, features in seen.items() if " " in k and likely_person(features)}
    surnames = {k.split()[-1] for k in people} | {k.split()[0] for k in people}
    orgs = [k.split() for k, features in seen.items() if " " in k and likely_organisation(features)]
    parts = {word for words in orgs for word in (words[0], words[-1], *words[1:2])}
    out: dict[str, list[str]] = {}
    for key, features in seen.items():
        if " " not in key and key in surnames:
            features["part_of_person"] += 1
        if " " not in key and key in parts:
            features["part_of_organisation"] += 1
        again = (f"{f} again" for f, n in features.items() if n > 1)
        out[key] = [*(f for f, n in features.items() if n), *again, *form_features(key)]
    return out


def likely_person(features: Counter[str]) -> bool:
    return features["ner.PERSON"] > features["ner.ORG"] or features["honorific"] > 0


def likely_organisation(features: Counter[str]) -> bool:
    if any(features[f] for f in ("suffix", "institution", "ampersand", "known_org")):
        return True
    if features["ner.ORG"] > features["ner.PERSON"]:
        return True
    return features["not_given"] > 0 and not features["honorific"] and not features["age"]


def form_features(key: str) -> list[str]:
    """What a name looks like, apart from where it stands."""
    words = key.split()
    out = [f"words={min(len(words), 4)}", f"ending={words[-1][-ENDING:]}"]
    if "-" in key:
        out.append("hyphen")
    if any(w in ("of", "for", "and", "&") for w in words):
        out.append("of")
    if words[-1].endswith("s") and not words[-1].endswith("ss"):
        out.append("plural")
    if any(ch.isdigit() for ch in key):
        out.append("digit")
    return out


@dataclass(frozen=True, slots=True)
class Verdict:
    """The label of a name, by how much it won in log-odds, and the label that came next."""

    label: str
    margin: float = 0.0
    second: str = ""


@cache
def fitted() -> dict[str, Jury]:
    """What chooses among the labels: ``alone`` by a name itself, ``among`` when the others are known."""
    return read_juries("names")


def labelled(doc: Doc, found: list[Candidate]) -> dict[str, Verdict]:
    """The label of each name key of the document."""
    evidence = gather(doc, found)
    alone = dict(zip(evidence, fitted()["alone"].probabilities(list(evidence.values())), strict=True))
    related = relations(doc, found)
    said = fitted()["among"].probabilities([among(key, related, alone) for key in evidence])
    verdicts = {
        key: verdict(shares, SPELLED_OUT.issubset(features))
        for (key, features), shares in zip(evidence.items(), said, strict=True)
    }
    for short, name in acronyms(doc, found, verdicts):
        if verdicts[name].label == ORG:
            verdicts[short] = verdicts[name]
    return verdicts


def acronyms(
    doc: Doc, found: Sequence[Candidate], verdicts: Mapping[str, Verdict]
) -> Iterator[tuple[str, str]]:
    """The keys of acronyms and of the names that they stand for: as brackets say, or as names of no clear kind show."""
    unclear = {key for key in verdicts if " " not in key and verdicts[key].label == OTHER}
    for key in verdicts:
        if " " in key:
            yield from ((short, key) for short in sorted(initials(key.split()) & unclear))
    yield from given_in_brackets(doc, found)


def given_in_brackets(doc: Doc, found: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
    """The keys of acronyms in brackets behind names, and of those names: "Halden Makers Inc. (HMI)"."""
    for name, short in pairwise(found):
        if (
            short.start != name.end + 1
            or doc[name.end].text != "("
            or doc[short.end : short.end + 1].text != ")"
        ):
            continue
        text, acronym = doc[name.start : name.end].text, key_of(doc[short.start : short.end].text)
        if acronym in initials(key_of(text).split()) | initials(text.casefold().split()):
            yield acronym, key_of(text)


def verdict(shares: Mapping[str, float], spelled_out: bool) -> Verdict:
    """The most probable label, and its margin over the next one in log-odds; what has its acronym in brackets behind it is
    nobody."""
    *_, third, second, label = sorted(shares, key=shares.__getitem__)
    if label == PERSON and spelled_out:
        label, second = second, third
    return Verdict(label, math.log(shares[label] / shares[second]), second)
