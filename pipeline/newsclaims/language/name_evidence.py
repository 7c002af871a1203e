"""The evidence around a mention of a name: what it is called, what stands beside it, and what it does.

Each piece is the name of a feature ("honorific", "described"). The words that make a context are in
``models/lexicons/name_contexts.toml``; how much each piece says is in the weights ``names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from newsclaims.language.recognised import MARKS, Candidate
from newsclaims.resources import lexicon, word_kinds

PREPOSITIONS = frozenset("from at to with by for of in on".split())
MOVED_TO = frozenset(("join", "rejoin", "sue", "acquire"))
INITIAL = re.compile(r"[A-Z]\.?")
FIRST_INITIAL = re.compile(r"(?:[A-Z]\.)+|[A-Z]")
ODD_CAPITALS = re.compile(r"[a-z][A-Z]|^[a-z].*[A-Z]|\d|\+$")
OPENERS = frozenset("a an the its one another".split())
PLURAL_AUXILIARIES = frozenset(("have", "are", "were"))
EDGE = "|"
"""Stands for the end of the article."""
APPOSITION = 6
"""Words within which the noun of an apposition is looked for."""


def is_acronym(short: str, name: str) -> bool:
    """Whether capitals are the first letters of a name's words: "HMA" of "Halden Makers' Association"."""
    initials = "".join(part[0] for part in re.findall(r"[A-Z]\w*", name))
    return len(short) > 1 and short.isupper() and short == initials


class Evidence:
    """Collects what stands around the mentions of names in one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.contexts = word_kinds("name_contexts")
        self.given = lexicon("given_names")
        self.suffixes = lexicon("org_suffixes")
        self.places, self.nations = lexicon("places"), lexicon("nations")
        self.orgs = lexicon("organisations")
        self.roles = lexicon("role_heads")
        self.honorifics = lexicon("honorifics")
        self.speech = lexicon("speech_verbs")

    def of(self, c: Candidate) -> list[str]:
        """Names of the features that hold for this mention."""
        return [*self.form(c), *self.before(c), *self.behind(c), *self.grammar(c), *self.words(c)]

    def token(self, i: int) -> Token | None:
        return self.doc[i] if 0 <= i < len(self.doc) else None

    def form(self, c: Candidate) -> Iterator[str]:
        """What the name looks like, and what the recogniser and the lexicons say of it."""
        name = self.doc[c.start : c.end]
        text, first, last = name.text, name[0], name[-1]
        if c.label:
            yield f"ner.{c.label}"
        if len(name) > 1:
            if first.text not in self.given:
                yield "not_given"
            elif last.text not in self.suffixes:
                yield "given_name"
            if last.text in self.suffixes:
                yield "suffix"
            if first.text in self.contexts["institutions"]:
                yield "institution"
        elif 2 <= len(text) <= 6 and text.isupper() and text.isalpha():
            yield "acronym"
        elif ODD_CAPITALS.search(text):
            yield "camel"
        if len(name) > 2 and any(INITIAL.fullmatch(t.text) for t in name[1:-1]):
            yield "initial"
        if len(name) > 1 and FIRST_INITIAL.fullmatch(first.text):
            yield "first_initial"
        if any(t.text == "&" for t in name):
            yield "ampersand"
        if text in self.orgs:
            yield "known_org"
        if text in self.places or text in self.nations:
            yield "known_place"

    def before(self, c: Candidate) -> Iterator[str]:
        """What stands before the name."""
        before = self.token(c.start - 1)
        if before is None:
            return
        word, relatives = before.lower_, self.contexts["relatives"]
        further = self.token(c.start - 2)
        if before.text in self.honorifics:
            yield "honorific"
        if word in self.roles and before.pos_ in ("NOUN", "PROPN"):
            yield "after_role"
            if c.end - c.start == 1:
                yield "after_role.one_word"  # "broker Acme" as well as "broker Jane Doe"
        if before.tag_ == "NNS" and word.removesuffix("s") in self.roles and not self._is_listed(c):
            yield "after_roles"  # "its bankers Acme"
        if word in self.contexts["generic_organisations"]:
            yield "after_org_noun"
        if before.is_lower and before.pos_ == "NOUN":
            if self.is_org_noun(word):
                yield "described"
            elif word not in self.roles:
                yield "after_noun"
        if word in relatives or (before.text == "," and further is not None and further.lower_ in relatives):
            yield "after_relative"
        if word == "the":
            yield "after_the"
        if word in ("of", "at", "from") and further is not None and further.ent_type_ == "PERSON":
            yield "after_person_of"
        if before.lemma_ in MOVED_TO:
            yield "joined"
        if self._after_role_preposition(c.start):
            yield "role_at"
        after = self.token(c.end)
        if before.text == "(" and after is not None and after.text in (")", ","):
            yield "in_brackets"

    def behind(self, c: Candidate) -> Iterator[str]:
        """What stands behind the name."""
        after, then = self.token(c.end), self.token(c.end + 1)
        if after is None:
            return
        if after.text == "(" and then is not None and is_acronym(then.text, self.doc[c.start : c.end].text):
            yield "spelled_out"
        owns, comma = after.text in MARKS, after.text == ","
        if owns:
            yield "owns"
            if self._role_follows(c.end + 1):
                yield "owns_role"
            if self._has_companion(c.end + 1):
                yield "has_companion"
            if then is not None and then.ent_type_ == "PERSON":
                yield "owns_person"  # "Acme's Jane Doe"
        if after.is_lower and after.lower_ in self.roles:
            yield "role_next"
        noun = then if owns else after
        if noun is not None and noun.lower_ in self.contexts["org_nouns"]:
            yield "org_noun"
        who = then if comma else after
        if who is not None and who.lower_ in ("who", "whose", "whom"):
            yield "who"
        if not comma or then is None:
            return
        if then.like_num and len(then.text) == 2:
            follows = self.token(c.end + 2)
            if follows is None or follows.text in (",", ".", ";") or follows.is_space:
                yield "age"
        if self._role_follows(c.end + 1):
            yield "before_role"
        if self._apposed_to_org_noun(c.end + 1):
            yield "apposed"
        if then.lower_ == "whose" and any(t.lower_ in self.roles for t in self.doc[c.end + 2 : c.end + 5]):
            yield "whose_role"

    def grammar(self, c: Candidate) -> Iterator[str]:
        """What the name does in its clause."""
        root = self.doc[c.start : c.end].root
        verb, words, before = root.head, self.contexts, self.token(c.start - 1)
        if root.dep_ == "nsubj":
            if verb.lemma_ in self.speech:
                yield "speaks"
            if verb.lemma_ in words["company_verbs"]:
                yield "acts"
            if self._is_plural(verb) and not any(t.dep_ == "conj" for t in root.children):
                yield "plural_verb"
        if root.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ in words["personal_verbs"]:
            yield "personal"
        if root.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in words["hiring_verbs"]:
            yield "hired"
        if root.dep_ == "dobj" and verb.lemma_ in words["job_verbs"]:
            yield "job_object"
        if self._apposed_to_role(root, c.start):
            yield "apposed_to_role"
        if before is not None and root.dep_ == "pobj" and before.lower_ in PREPOSITIONS:
            yield f"prep.{before.lower_}"
            if before.lower_ == "in":
                yield "in_place"

    def words(self, c: Candidate) -> Iterator[str]:
        """The words beside the name, and the one that governs it."""
        left, right = [self.word(c.start - n) for n in (1, 2)], [self.word(c.end + n) for n in (0, 1)]
        root = self.doc[c.start : c.end].root
        yield from (f"left={left[0]}", f"left.two={left[1]} {left[0]}")
        yield from (f"right={right[0]}", f"right.two={right[0]} {right[1]}")
        yield f"head={root.dep_}:{root.head.lemma_.lower()}"

    def word(self, i: int) -> str:
        token = self.token(i)
        return token.lower_ if token is not None else EDGE

    def is_org_noun(self, word: str) -> bool:
        """Whether a common noun stands for an organisation: "broker", "truckmaker"."""
        return (
            word in self.contexts["generic_organisations"]
            or word in self.contexts["trades"]
            or word.endswith(("maker", "makers"))
        )

    @staticmethod
    def _is_plural(verb: Token) -> bool:
        """Whether a verb asks for more than one, as British papers write of clubs: "Acme have signed"."""
        return verb.tag_ == "VBP" or any(
            t.dep_ == "aux" and t.lower_ in PLURAL_AUXILIARIES for t in verb.children
        )

    def _apposed_to_org_noun(self, start: int) -> bool:
        """Whether ", the online retailer" or ", which" follows."""
        first = self.doc[start].lower_
        if first == "which":
            return True
        if first not in OPENERS:
            return False
        for token in self.doc[start : start + APPOSITION]:
            if token.text in (",", ".") or (token.pos_ == "NOUN" and token.lower_ in self.roles):
                return False
            if token.pos_ == "NOUN" and self.is_org_noun(token.lower_):
                return True
        return False

    def _apposed_to_role(self, root: Token, start: int) -> bool:
        """Whether the name stands in apposition to a title: "the dean, Jane Doe"."""
        if root.dep_ == "appos" and root.head.lower_ in self.roles:
            return True
        return start > 1 and self.doc[start - 1].text == "," and self.doc[start - 2].lower_ in self.roles

    def _is_listed(self, c: Candidate) -> bool:
        """Whether other names follow with a comma or "and": "engineers Jane Doe and Ann Roe"."""
        behind = self.token(c.end)
        return behind is not None and behind.text in (",", "and", "&")

    def _after_role_preposition(self, start: int) -> bool:
        """Whether "analyst at research firm" or the like leads to the name."""
        for i in range(start - 1, max(start - 6, 0), -1):
            token = self.doc[i]
            if token.lower_ in ("at", "of", "for", "with"):
                return self.doc[i - 1].lower_ in self.roles
            if token.pos_ not in ("NOUN", "ADJ", "DET", "PROPN") or token.is_punct:
                return False
        return False

    def _has_companion(self, start: int) -> bool:
        """Whether what a possessive owns is somebody whom people have: "his former agent", "her husband"."""
        noun = next((t for t in self.doc[start : start + 4] if t.pos_ not in ("ADJ", "NUM")), None)
        return noun is not None and noun.lower_ in self.contexts["companions"]

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
