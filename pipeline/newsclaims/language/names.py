"""People and organisations: repair of the recogniser's labels and bounds, and names that it missed.

Every run of name-like tokens is a candidate. All candidates with the same surface vote together on their label:
what the entity recogniser said of each, and what stands around each ("Mr X", "X, 52,", "X's chief executive",
"X plc"). A role in the sentence outranks the recogniser. Then short names find their full ones.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsclaims.language.mentions import (
    DATE,
    ORG,
    OTHER,
    PERSON,
    PLACE,
    Entity,
    Mention,
    Mentions,
    mentions,
)
from newsclaims.resources import lexicon, models_dir

NER_LABEL = {
    "PERSON": PERSON,
    "ORG": ORG,
    "GPE": PLACE,
    "LOC": PLACE,
    "FAC": PLACE,
    "NORP": "NORP",
    "PRODUCT": OTHER,
    "WORK_OF_ART": OTHER,
    "EVENT": OTHER,
    "LAW": OTHER,
    "LANGUAGE": OTHER,
}
DATES = frozenset({"DATE", "TIME"})
NEVER_A_NAME = frozenset({"MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"})

ORG_NOUNS = frozenset(
    "shares stock employees staff spokesman spokeswoman spokesperson executives shareholders subsidiary unit "
    "headquarters researchers engineers workers board plant factory fans supporters striker midfielder defender "
    "goalkeeper boss manager coach chairman".split()
)
INSTITUTION = re.compile(
    r"^(University|College|School|Bank|Ministry|Department|Institute|Office|Court|Federation|Association|Museum|"
    r"Council|Church|House|Bureau|Board|Commission|Committee|Academy|Society|Centre|Center|Royal|National|Federal)\b"
)
GENERIC_ORGS = frozenset(
    "firm company group bank club startup start-up giant maker carmaker airline retailer network broadcaster agency "
    "newspaper magazine publisher studio label lender insurer charity union side rival rivals parent subsidiary band "
    "chain developer operator brewer consultancy website site platform owner band unit brokerage think-tank".split()
)
RELATIVES = frozenset(
    "wife husband brother sister son daughter father mother brother-in-law partner friend".split()
)
COMPANY_VERBS = frozenset(
    "announce acquire buy launch report post own hire employ agree offer sell plan expect unveil recall sue".split()
)
PERSONAL_VERBS = frozenset(
    "resign retire join quit step stand leave become play score coach teach marry die study work tell think believe "
    "love feel know want write earn star sing succeed replace".split()
)
HIRING_VERBS = frozenset(
    "appoint name hire recruit poach sign succeed replace sack fire dismiss promote elect nominate oust arrest".split()
)
WORDS_BEFORE_NAMES = frozenset("the a an this that his her its their our my".split())
CONNECTORS = frozenset("& of de la van von der den di da del du al bin ibn y e ap".split())


@dataclass(slots=True)
class Candidate:
    start: int
    end: int
    label: str | None  # what the recogniser said


def is_name_like(token: Token) -> bool:
    """Whether a token could belong to a name: capitals anywhere, and not just by standing first."""
    text = token.text
    if not text[0].isalpha() and not (text[0].isdigit() and any(c.isupper() for c in text)):
        return False
    if not any(c.isupper() for c in text):
        return False
    if is_camel(text) or (text in lexicon("organisations") and len(text) > 2):
        return True
    if token.is_sent_start and token.pos_ not in ("PROPN", "X") and text[0].isupper() and text[1:].islower():
        return False
    return token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "INTJ") and token.ent_type_ not in DATES


def is_camel(text: str) -> bool:
    """Capitals inside a word that begins with a small letter: "coinQuay", "xAI"."""
    return text[0].islower() and any(c.isupper() for c in text[1:])


def trimmed(doc: Doc, start: int, end: int, label: str | None = PERSON) -> tuple[int, int]:
    """Bounds of a name without determiners, honorifics, possessives and stray punctuation at its ends."""
    honorifics = lexicon("honorifics") if label == PERSON else ()
    while start < end and (
        doc[start].lower_ in WORDS_BEFORE_NAMES
        or doc[start].is_punct
        or doc[start].is_space
        or (doc[start].text in honorifics and start + 1 < end)
    ):
        start += 1
    while end > start and (
        doc[end - 1].is_space
        or doc[end - 1].text in ("'s", "'", "’s")
        or doc[end - 1].pos_ == "ADP"
        or (doc[end - 1].is_punct and doc[end - 1].text not in (".", ")", "!", "+"))
    ):
        end -= 1
    return start, end


def pieces(doc: Doc, start: int, end: int, label: str | None) -> list[tuple[int, int]]:
    """A recognised span, cut at line breaks and behind possessives ("Elon Musk's xAI" is two names)."""
    cuts = [start]
    for i in range(start, end):
        if doc[i].is_space and "\n" in doc[i].text:
            cuts.append(i + 1)
        elif doc[i].text in ("'s", "'") and i + 1 < end and any(c.isupper() for c in doc[i + 1].text):
            cuts.append(i + 1)
        elif start < i < end - 1 and doc[i].dep_ == "prep" and doc[i].head.pos_ == "VERB":
            cuts.append(i + 1)  # "left Microsoft for Google"
    bounds = [trimmed(doc, a, b, label) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]
    return [(a, b) for a, b in bounds if a < b]


def candidates(doc: Doc) -> list[Candidate]:
    """Recognised names, repaired, and the runs of capitals between them, in text order."""
    taken = [False] * len(doc)
    found: list[Candidate] = []
    roles, not_names = lexicon("role_heads"), lexicon("not_names")
    for ent in doc.ents:
        label = NER_LABEL.get(ent.label_)
        if label is None:
            if ent.label_ in DATES or ent.label_ in NEVER_A_NAME:
                for i in range(ent.start, ent.end):
                    taken[i] = True
            continue
        for start, end in pieces(doc, ent.start, ent.end, label):
            # a title that the recogniser took into the name: "Chief Executive Jane Doe"
            while end - start > 1 and doc[start].lower_ in roles and doc[start].lower_ != doc[start].text:
                start += 1
            # a title behind the name: "Home Office Minister" is the Home Office
            while (
                label == ORG
                and end - start > 1
                and doc[end - 1].lower_ in roles
                and not is_suffix(doc[end - 1])
            ):
                end -= 1
            text = doc[start:end].text
            if text in not_names or not any(c.isupper() or c.isdigit() for c in text):
                continue
            found.append(Candidate(start, end, label))
            for i in range(start, end):
                taken[i] = True
    i = 0
    while i < len(doc):
        if taken[i] or not is_name_like(doc[i]):
            i += 1
            continue
        j = i + 1
        while j < len(doc) and not taken[j]:
            if is_name_like(doc[j]) and not doc[j].is_sent_start:
                j += 1
            elif (
                j + 1 < len(doc)
                and not taken[j + 1]
                and (doc[j].text in ("&", "-", "+") or doc[j].text in ("of", "de", "van", "von", "der"))
                and is_name_like(doc[j + 1])
            ):
                j += 2
            else:
                break
        start, end = trimmed(doc, i, j)
        if start < end:
            run = doc[start:end]
            proper = any(
                t.pos_ == "PROPN" or is_camel(t.text) or t.text in lexicon("organisations") for t in run
            )
            plain = all(t.lower_ in roles or t.is_stop for t in run)
            if proper and not plain and len(run.text) > 1 and run.text not in not_names:
                found.append(Candidate(start, end, None))
        i = j
    return sorted(found, key=lambda c: c.start)


def covered(found: list[Candidate]) -> set[int]:
    """Indices of the tokens that stand in a candidate."""
    return {i for c in found for i in range(c.start, c.end)}


def lower_case_names(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Words in small letters that the language does not know and the article repeats: "quayside has hired"."""
    strange = [
        t
        for t in doc
        if t.is_oov and t.is_alpha and t.is_lower and len(t) > 4 and t.pos_ in ("NOUN", "PROPN")
    ]
    times, taken = Counter(t.text for t in strange), covered(found)
    return [
        Candidate(t.i, t.i + 1, None)
        for t in strange
        if t.i not in taken and times[t.text] > 1 and t.text == t.lemma_ and t.vocab.vectors_length
    ]


def is_suffix(token: Token) -> bool:
    return token.text in lexicon("org_suffixes")


def common_organisations(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """ "government", "opposition" … where a job title follows within two words."""
    roles, nouns, taken = lexicon("role_heads"), lexicon("common_organisations"), covered(found)
    return [
        Candidate(t.i, t.i + 1, ORG)
        for t in doc[:-1]
        if t.lower_ in nouns
        and t.i not in taken
        and any(later.lower_ in roles for later in doc[t.i + 1 : t.i + 4] if not later.is_punct)
    ]


def key_of(text: str) -> str:
    """What makes two surfaces the same name: case, a leading article, and a company suffix do not count."""
    words = text.casefold().replace("’", "'").split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1].strip(".,") in _SUFFIX_KEYS:
        words = words[:-1]
    return " ".join(w.strip(".,") for w in words)


_SUFFIX_KEYS = frozenset(
    "inc corp corporation ltd llc llp plc co cos company ag sa nv gmbh limited group".split()
)


class Voting:
    """Collects the evidence that stands around each mention of a name."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.given = lexicon("given_names")
        self.suffixes = lexicon("org_suffixes")
        self.places = lexicon("places") | lexicon("nations")
        self.orgs = lexicon("organisations")
        self.roles = lexicon("role_heads")
        self.honorifics = lexicon("honorifics")
        self.speech = lexicon("speech_verbs")

    def evidence(self, c: Candidate) -> list[str]:
        """Names of the features that hold for this mention."""
        doc, seen = self.doc, []
        name = doc[c.start : c.end]
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
        verb = name.root.head
        if name.root.dep_ == "nsubj" and verb.lemma_ in self.speech:
            seen.append("speaks")
        if last.text in self.suffixes and (c.end - c.start > 1):
            seen.append("suffix")
        if INSTITUTION.match(text) and c.end - c.start > 1:
            seen.append("institution")
        if text in self.orgs:
            seen.append("known_org")
        if text in self.places:
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
        elif before is not None and before.lower_ == "in" and name.root.dep_ == "pobj":
            seen.append("in_place")
        noun = then if after is not None and after.text in ("'s", "'") else after
        if noun is not None and noun.lower_ in ORG_NOUNS:
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
        if self._apposed_to_role(name.root, c.start):
            seen.append("apposed_to_role")
        if name.root.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ in PERSONAL_VERBS:
            seen.append("personal")
        if name.root.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in HIRING_VERBS:
            seen.append("hired")
        if before is not None and before.lower_ in GENERIC_ORGS:
            seen.append("after_org_noun")
        if before is not None and (
            before.lower_ in RELATIVES or (before.text == "," and doc[c.start - 2].lower_ in RELATIVES)
        ):
            seen.append("after_relative")
        if before is not None and before.text == "(" and after is not None and after.text in (")", ","):
            seen.append("in_brackets")
        if name.root.dep_ == "nsubj" and verb.lemma_ in COMPANY_VERBS:
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


def cluster(store: Mentions) -> None:
    """Give every mention its entity: the same name, or a short form of one longer name of the same label."""
    by_key: dict[tuple[str, str], Entity] = {}
    for m in store:
        if m.label not in (PERSON, ORG, PLACE, OTHER):
            continue
        key = (m.label, key_of(m.text))
        entity = by_key.get(key)
        if entity is None:
            entity = by_key[key] = Entity(m.label, m.text)
            store.entities.append(entity)
        entity.mentions.append(m)
        m.entity = entity
        if len(m.text) > len(entity.name):
            entity.name = m.text
    for (label, key), entity in sorted(by_key.items(), key=lambda kv: len(kv[0][1].split())):
        full = full_name(
            label, key, [(k, e) for (lab, k), e in by_key.items() if lab == label and e is not entity]
        )
        if full is None:
            continue
        for m in entity.mentions:
            m.entity = full
            full.mentions.append(m)
        by_key[(label, key)] = full
        store.entities.remove(entity)
        entity.mentions = []
    for entity in store.entities:
        entity.mentions.sort(key=lambda m: m.start)


def full_name(label: str, key: str, others: list[tuple[str, Entity]]) -> Entity | None:
    """The one longer name that ``key`` is short for, if there is just one."""
    words = key.split()
    matches: dict[int, Entity] = {}
    for other, entity in others:
        longer = other.split()
        if len(longer) <= len(words) or not entity.mentions:
            continue
        if label == PERSON:
            fits = longer[-len(words) :] == words or (len(words) == 1 and longer[0] == key)
        elif label == ORG:
            initials = "".join(w[0] for w in longer if w not in CONNECTORS and w != "and")
            fits = longer[: len(words)] == words or (len(words) == 1 and len(key) > 1 and key == initials)
        else:
            fits = False
        if fits:
            matches[id(entity)] = entity
    if len(matches) == 1:
        return next(iter(matches.values()))
    if label == PERSON and len(matches) > 1:
        surname = [e for e in matches.values() if key_of(e.name).split()[-1] == words[-1]]
        if len(surname) == 1:
            return surname[0]
    return None


def find_repeats(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Single-word mentions of known names where the recogniser and the capitals rule saw nothing."""
    known: set[str] = set()
    for c in found:
        if c.label == "PERSON":
            known.add(doc[c.end - 1].text)
        if c.end - c.start == 1:
            known.add(doc[c.start].text)
    taken = covered(found)
    return [
        Candidate(t.i, t.i + 1, None)
        for t in doc
        if t.i not in taken and t.text in known and len(t.text) > 2 and any(ch.isupper() for ch in t.text)
    ]


def all_candidates(doc: Doc) -> list[Candidate]:
    """Everything that may be a name, in text order."""
    found = candidates(doc)
    for finder in (find_repeats, common_organisations, lower_case_names):
        found += finder(doc, found)
    return sorted(found, key=lambda c: c.start)


@Language.component("newsclaims_names", assigns=["doc._.mentions"], requires=["doc.ents"])
def names(doc: Doc) -> Doc:
    """Set mentions of people, organisations, places, other names and dates, with their entities."""
    store = mentions(doc)
    found = all_candidates(doc)
    labels = labelled(doc, found)
    for c in found:
        verdict = labels[key_of(doc[c.start : c.end].text)]
        store.add(Mention(doc, c.start, c.end, verdict.label, source="ner" if c.label else "run"))
    for ent in doc.ents:
        if ent.label_ in DATES:
            store.add(Mention(doc, ent.start, ent.end, DATE, source="ner"))
    cluster(store)
    for entity in store.entities:
        verdict = labels.get(key_of(entity.name), Verdict(entity.label))
        entity.score, entity.second = verdict.margin, verdict.second
    return doc
