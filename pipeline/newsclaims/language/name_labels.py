"""The label of a name: a fitted model over the evidence around all of its mentions.

What the entity recogniser said of each mention counts, and what stands around it ("Mr X", "X, 52,", "X's chief
executive", "X plc", "joined X"). The weights lie in ``models/weights/names.json``, made by ``benchmarks/fit_people.py``;
the words that make a context are in ``models/lexicons/name_contexts.toml``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from newsclaims.language.name_candidates import Candidate, key_of
from newsclaims.resources import lexicon, models_dir


@cache
def contexts() -> dict[str, frozenset[str]]:
    """Kind of context -> its words."""
    data = tomllib.loads((models_dir() / "lexicons" / "name_contexts.toml").read_text(encoding="utf-8"))
    return {kind: frozenset(words) for kind, words in data.items()}


class Voting:
    """Collects the evidence that stands around each mention of a name."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.contexts = contexts()
        self.given = lexicon("given_names")
        self.suffixes = lexicon("org_suffixes")
        self.places, self.nations = lexicon("places"), lexicon("nations")
        self.orgs = lexicon("organisations")
        self.roles = lexicon("role_heads")
        self.honorifics = lexicon("honorifics")
        self.speech = lexicon("speech_verbs")

    def evidence(self, c: Candidate) -> list[str]:
        """Names of the features that hold for this mention."""
        doc, seen = self.doc, []
        name = doc[c.start : c.end]
        root = name.root
        text, first, last = name.text, doc[c.start], doc[c.end - 1]
        before = doc[c.start - 1] if c.start else None
        after = doc[c.end] if c.end < len(doc) else None
        then = doc[c.end + 1] if c.end + 1 < len(doc) else None
        if c.label:
            seen.append(f"ner.{c.label}")
        if before is not None and before.text in self.honorifics:
            seen.append("honorific")
        if c.end - c.start > 1 and first.text in self.given and last.text not in self.suffixes:
            seen.append("given_name")
        if c.end - c.start > 2 and any(re.fullmatch(r"[A-Z]\.?", t.text) for t in name[1:-1]):
            seen.append("initial")
        if (
            after is not None
            and after.text == ","
            and then is not None
            and then.like_num
            and len(then.text) == 2
        ):
            follows = doc[c.end + 2] if c.end + 2 < len(doc) else None
            if follows is None or follows.text in (",", ".", ";") or follows.is_space:
                seen.append("age")
        who = then if after is not None and after.text == "," else after
        if who is not None and who.lower_ in ("who", "whose", "whom"):
            seen.append("who")
        if before is not None and before.lower_ in self.roles and before.pos_ in ("NOUN", "PROPN"):
            seen.append("after_role")
        if after is not None and after.text == "," and self._role_follows(c.end + 1):
            seen.append("before_role")
        verb = root.head
        if root.dep_ == "nsubj" and verb.lemma_ in self.speech:
            seen.append("speaks")
        if last.text in self.suffixes and (c.end - c.start > 1):
            seen.append("suffix")
        if first.text in self.contexts["institutions"] and c.end - c.start > 1:
            seen.append("institution")
        if text in self.orgs:
            seen.append("known_org")
        if text in self.places or text in self.nations:
            seen.append("known_place")
        if c.end - c.start == 1 and 2 <= len(text) <= 6 and text.isupper() and text.isalpha():
            seen.append("acronym")
        if any(t.text == "&" for t in name):
            seen.append("ampersand")
        if c.end - c.start == 1 and re.search(r"[a-z][A-Z]|^[a-z].*[A-Z]|\d|\+$", text):
            seen.append("camel")
        if after is not None and after.text in ("'s", "'") and self._role_follows(c.end + 1):
            seen.append("owns_role")
        if before is not None and self._after_role_preposition(c.start):
            seen.append("role_at")
        elif before is not None and before.lower_ == "in" and root.dep_ == "pobj":
            seen.append("in_place")
        noun = then if after is not None and after.text in ("'s", "'") else after
        if noun is not None and noun.lower_ in self.contexts["org_nouns"]:
            seen.append("org_noun")
        if before is not None and before.lemma_ in ("join", "rejoin", "sue", "acquire"):
            seen.append("joined")

        if (
            before is not None
            and before.lower_ in ("of", "at", "from")
            and doc[c.start - 2].ent_type_ == "PERSON"
        ):
            seen.append("after_person_of")
        if before is not None and before.lower_ == "the":
            seen.append("after_the")
        if self._apposed_to_role(root, c.start):
            seen.append("apposed_to_role")
        if root.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ in self.contexts["personal_verbs"]:
            seen.append("personal")
        if root.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in self.contexts["hiring_verbs"]:
            seen.append("hired")
        if before is not None and before.lower_ in self.contexts["generic_organisations"]:
            seen.append("after_org_noun")
        if before is not None and (
            before.lower_ in self.contexts["relatives"]
            or (before.text == "," and doc[c.start - 2].lower_ in self.contexts["relatives"])
        ):
            seen.append("after_relative")
        if before is not None and before.text == "(" and after is not None and after.text in (")", ","):
            seen.append("in_brackets")
        if root.dep_ == "nsubj" and verb.lemma_ in self.contexts["company_verbs"]:
            seen.append("acts")
        if after is not None and after.text in ("'s", "'"):
            seen.append("owns")
        return seen

    def _apposed_to_role(self, root: Token, start: int) -> bool:
        """Whether the name stands in apposition to a title: "the dean, Jane Doe"."""
        if root.dep_ == "appos" and root.head.lower_ in self.roles:
            return True
        return start > 1 and self.doc[start - 1].text == "," and self.doc[start - 2].lower_ in self.roles

    def _after_role_preposition(self, start: int) -> bool:
        """Whether "analyst at research firm" or the like leads to the name."""
        for i in range(start - 1, max(start - 6, 0), -1):
            token = self.doc[i]
            if token.lower_ in ("at", "of", "for", "with"):
                return self.doc[i - 1].lower_ in self.roles
            if token.pos_ not in ("NOUN", "ADJ", "DET", "PROPN") or token.is_punct:
                return False
        return False

    def _role_follows(self, i: int) -> bool:
        """Whether a job title begins within the next few words, with nothing but its modifiers before."""
        for token in self.doc[i : i + 5]:
            if token.lower_ in self.roles:
                return True
            if (
                token.pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "PUNCT", "PRON", "CCONJ")
                or token.text == ","
            ):
                return False
        return False


def gather(doc: Doc, found: list[Candidate]) -> dict[str, dict[str, float]]:
    """The evidence for each name key of the document: feature -> 1, or 2 where it was seen more than once."""
    voting = Voting(doc)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for c in found:
        key = key_of(doc[c.start : c.end].text)
        seen[key].update(voting.evidence(c))
    people = {k for k, features in seen.items() if " " in k and likely_person(features)}
    surnames = {k.split()[-1] for k in people} | {k.split()[0] for k in people}
    out: dict[str, dict[str, float]] = {}
    for key, features in seen.items():
        if " " not in key and key in surnames:
            features["part_of_person"] += 1
        out[key] = {f: float(min(n, 2)) for f, n in features.items()}
        out[key].update(dict.fromkeys(form_features(key), 1.0))
    return out


def likely_person(features: Counter[str]) -> bool:
    return features["ner.PERSON"] > features["ner.ORG"] or features["honorific"] > 0


def form_features(key: str) -> list[str]:
    """What a name looks like, apart from where it stands."""
    words = key.split()
    out = [f"words={min(len(words), 4)}"]
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


@dataclass(frozen=True)
class LabelModel:
    """A multinomial logistic model of labels: the weights of the evidence for each."""

    bias: dict[str, float]
    weights: dict[str, dict[str, float]]

    def label(self, features: dict[str, float]) -> Verdict:
        """The most probable label, and its margin over the next one in log-odds."""
        scores = Counter(
            {
                label: self.bias[label] + sum(weights.get(f, 0.0) * x for f, x in features.items())
                for label, weights in self.weights.items()
            }
        )
        return winner(scores)


@cache
def label_model() -> LabelModel:
    data = json.loads((models_dir() / "weights" / "names.json").read_text(encoding="utf-8"))
    return LabelModel({k: m["bias"] for k, m in data.items()}, {k: m["weights"] for k, m in data.items()})


def labelled(doc: Doc, found: list[Candidate]) -> dict[str, Verdict]:
    """The label of each name key of the document."""
    model = label_model()
    return {key: model.label(features) for key, features in gather(doc, found).items()}


def winner(scores: Counter[str]) -> Verdict:
    (label, best), (second, next_best) = scores.most_common(2)
    return Verdict(label, best - next_best, second)
