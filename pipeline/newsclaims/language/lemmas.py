"""Parts of speech and lemmas, worked out once for each kind of token instead of once for each token.

spaCy's English models turn tags into parts of speech, morphology and some lemmas by two hundred patterns, and
find the other lemmas by rules. All depends on a token's word, tag and dependency label, but for a few patterns
over several tokens. The component here asks the model's own two components what they say of each kind of
token that it has not met yet, and copies that.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, Token
from spacy.tokens._retokenize import set_token_attrs

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
SEEN = frozenset(("TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE", "IS_PUNCT", "IS_ALPHA", "LIKE_NUM"))
"""What a pattern over one token may look at."""
KIND: list[int | str] = ["ORTH", "TAG", "DEP"]
GIVEN: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]
INDEX = "lemma_index"
"""The lemmatizer's table of a language's words, by part of speech."""
MOST = 50_000
"""Kinds of token that are remembered."""


class Lemmas:
    """Does the work of an attribute ruler and of the lemmatizer after it."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self.ruler, self.lemmatizer = ruler, lemmatizer
        index_words(lemmatizer)
        rules: Any = ruler.patterns
        self.strings = ruler.vocab.strings
        self.single, self.several = (Matcher(ruler.vocab) for _ in range(2))
        for number, rule in enumerate(rules):
            for one in (True, False):
                patterns = [p for p in rule["patterns"] if over_one_token(p) == one]
                if patterns:
                    (self.single if one else self.several).add(str(number), patterns)
        self.known: dict[int, tuple[Any, str, tuple[int, ...]]] = {}

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        tokens = doc.to_array(KIND)
        # words are hashes of 64 bits, so that two kinds share no sum but by a chance near 10 ** -10
        mixed = tokens[:, 0] + tokens[:, 1] * 0x9E3779B97F4A7C15 + tokens[:, 2] * 0xC2B2AE3D27D4EB4F
        keys, first, place = numpy.unique(mixed, return_index=True, return_inverse=True)
        kinds: list[int] = keys.tolist()
        if len(self.known) > MOST:
            self.known.clear()
            self.lemmatizer.cache.clear()
        new = [n for n, kind in enumerate(kinds) if kind not in self.known]
        if new:
            self.meet(doc, [kinds[n] for n in new], tokens[first[new]])
        found = [self.known[kind] for kind in kinds]
        for _, lemma, _ in found:
            self.strings.add(lemma)  # the one that was met may have been forgotten with its memory zone
        exceptions = self.exceptions(doc, [kinds[n] for n in place]) if len(self.several) else {}
        given: Any = numpy.stack([given for given, _, _ in found])
        doc.from_array(GIVEN, given[place])
        for i, numbers in exceptions.items():
            token: Any = doc[i]
            token.tag, token.dep = (int(x) for x in tokens[i, 1:])
            token.pos = token.lemma = 0
            token.set_morph(None)
            self.annotate(token, numbers)
            if not token.lemma:
                token.lemma_ = self.lemmatizer.lemmatize(token)[0]
        return doc

    def exceptions(self, doc: Doc, kinds: list[int]) -> Mapping[int, list[int]]:
        """Index of each token that patterns over several tokens are about -> all rules that apply to it."""
        out: dict[int, list[int]] = {}
        for number, start, end in self.matched(self.several, doc):
            i = range(start, end)[self.ruler.indices[number]]
            out.setdefault(i, list(self.known[kinds[i]][2])).append(number)
        return out

    def matched(self, matcher: Matcher, doc: Doc) -> list[tuple[int, int, int]]:
        """Number of the rule, start and end of each match."""
        matches = matcher(doc, allow_missing=True)
        return [(int(self.strings[name]), start, end) for name, start, end in matches]

    def annotate(self, token: Token, numbers: list[int]) -> None:
        """Apply rules of the attribute ruler to a token; later ones have precedence."""
        for number in sorted(numbers):
            set_token_attrs(token, self.ruler.attrs[number])

    def meet(self, doc: Doc, kinds: list[int], tokens: Any) -> None:
        """Learn what to say of new kinds of token, given as rows of word, tag and label."""
        apart = Doc(doc.vocab, words=tokens[:, 0].tolist())
        apart.from_array(KIND[1:], tokens[:, 1:])
        numbers: list[list[int]] = [[] for _ in kinds]
        for number, start, _ in self.matched(self.single, apart):
            numbers[start].append(number)
        for token in apart:
            self.annotate(token, numbers[token.i])
        self.lemmatizer(apart)
        given = apart.to_array(GIVEN)
        for i, kind in enumerate(kinds):
            self.known[kind] = given[i], apart[i].lemma_, tuple(numbers[i])


def index_words(lemmatizer: Lemmatizer) -> None:
    """Let a lemmatizer look its words up: the model has them as lists of thousands, which it would go through."""
    if lemmatizer.lookups.has_table(INDEX):
        table = lemmatizer.lookups.get_table(INDEX)
        for part, words in list(table.items()):
            table[part] = dict.fromkeys(words)  # a set could not be saved with the model


def over_one_token(pattern: list[dict[str, Any]]) -> bool:
    return len(pattern) == 1 and "OP" not in pattern[0]


def can_replace(ruler: Any, lemmatizer: Any) -> bool:
    """Whether the two components of a model look at nothing of a token but what makes its kind."""
    if type(ruler) is not AttributeRuler:
        return False
    rules: Any = ruler.patterns
    return (
        isinstance(lemmatizer, Lemmatizer)
        and type(lemmatizer).__module__ in ("spacy.pipeline.lemmatizer", "spacy.lang.en.lemmatizer")
        and lemmatizer.mode in ("rule", "lookup")
        and not lemmatizer.overwrite
        and all(
            SEEN.issuperset(pattern[0])
            for rule in rules
            for pattern in rule["patterns"]
            if over_one_token(pattern)
        )
    )


@Language.factory("newsclaims_lemmas", assigns=["token.pos", "token.lemma", "token.morph"])
def make_lemmas(nlp: Language, name: str) -> Lemmas:  # noqa: ARG001
    """Make the component for a pipeline that has an attribute ruler and a lemmatizer."""
    ruler: Any = nlp.get_pipe(RULER)
    lemmatizer: Any = nlp.get_pipe(LEMMATIZER)
    return Lemmas(ruler, lemmatizer)


def install(nlp: Language) -> None:
    """Let the component take the place of the two where it can; they stay in the pipeline, disabled."""
    names = nlp.pipe_names
    if (RULER, LEMMATIZER) in pairwise(names) and can_replace(nlp.get_pipe(RULER), nlp.get_pipe(LEMMATIZER)):
        nlp.add_pipe("newsclaims_lemmas", before=RULER)
        for name in (RULER, LEMMATIZER):
            nlp.disable_pipe(name)
