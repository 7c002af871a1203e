"""Names in small letters: "quayside has hired", "an engineer at lumen", "the rival lab saltbox".

English puts an article before a noun that can be counted, so that one without any, where an organisation would stand,
is a name. Nouns that need no article are in ``small_names.toml``, with the verbs and titles beside names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy
from spacy.tokens import Doc, Token

from newsclaims.language.mentions import ORG, PERSON
from newsclaims.language.recognised import Candidate, covered
from newsclaims.language.sentences import SUBJECTS
from newsclaims.language.words import is_written, numbers
from newsclaims.resources import lexicon, word_kinds

SHORTEST = 4
"""Letters that such a name has at least."""
NOMINAL = frozenset(("NOUN", "PROPN", "ADJ"))
BEFORE_NOUNS = frozenset(("det", "poss", "amod", "nummod", "compound", "nmod"))
"""Functions of what stands before a noun, and not before a bare one."""
TIMES = ("DATE", "TIME")


def small_names(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """The mentions of names in small letters that none of those found covers."""
    uses: dict[str, list[Token]] = defaultdict(list)
    if doc.vocab.vectors_length:  # without, every word is unknown
        small = doc.to_array(["IS_ALPHA", "IS_LOWER"]).all(axis=1) & (doc.to_array("LENGTH") >= SHORTEST)
        small |= numpy.isin(doc.to_array("ORTH"), numbers(kinds()["letters"]))
        for i in numpy.flatnonzero(small & numpy.isin(doc.to_array("POS"), numbers(NOMINAL))).tolist():
            uses[doc[i].text].append(doc[i])
    taken = covered(found)
    people = covered(c for c in found if c.label == PERSON)
    names = [word for word, tokens in uses.items() if word not in kinds()["bare"] and is_name(tokens, people)]
    tokens = [t for word in names for t in uses[word]]
    firsts = {doc[c.start].text for c in found if c.label == ORG and c.end - c.start > 1}
    tokens += [t for t in openers(doc) if hires(t, people) or t.text in firsts]
    return [Candidate(t.i, t.i + 1, None) for t in tokens if t.i not in taken]


def openers(doc: Doc) -> Iterator[Token]:
    """Bare nouns that begin sentences, so that their capital says nothing, and are nowhere in small letters."""
    for word in (sentence[0] for sentence in doc.sents):
        bare = word.text.istitle() and word.pos_ == "NOUN" and is_bare(word)
        common = kinds()["bare"] | lexicon("role_heads")
        if bare and word.lower_ not in common and not is_written(doc, word.lower_):
            yield word


def kinds() -> dict[str, frozenset[str]]:
    return word_kinds("small_names")


def is_name(uses: Sequence[Token], people: set[int]) -> bool:
    """Whether a word is a name, by all its uses in an article: one that the language does not know, or bare ones that
    stand as organisations do; ``people`` has the tokens of people's names."""
    strange = uses[0].is_oov
    if strange and uses[0].text == uses[0].lemma_ and sum(t.pos_ != "ADJ" for t in uses) > 1:
        return True
    if any(child.dep_ == "det" for t in uses for child in t.lefts if not is_of_kind(t)):
        return False
    bare = [t for t in uses if is_bare(t)]
    if any(is_called(t) or is_staffed(t) or hires(t, people) for t in bare) or (
        strange and any(is_of_kind(t) or is_explained(t) for t in uses)
    ):
        return True
    return (strange or len(bare) > 1) and any(map(deals, bare))


def is_bare(token: Token) -> bool:
    """Whether a noun in the singular stands alone, as a name does."""
    return (
        is_singular(token)
        and token.dep_ not in BEFORE_NOUNS - {"poss"}
        and token.text not in lexicon("role_heads")
        and all(child.dep_ not in BEFORE_NOUNS or is_time(child, token) for child in token.lefts)
        and not is_hyphenated(token)
    )


def is_singular(token: Token) -> bool:
    """Whether a word is a noun in the singular, or was only taken for a plural or an adjective: "joins lumen"."""
    plural = token.tag_ == "NNS" and not token.text.endswith("s")
    return token.tag_ in ("NN", "NNP") or plural or (token.tag_ == "JJ" and is_called(token))


def is_time(child: Token, token: Token) -> bool:
    """Whether a token tells a time, and is only in the tree a part of what it stands before: "last night lumen said"."""
    return child.ent_type_ in TIMES and not token.ent_type_


def is_hyphenated(token: Token) -> bool:
    doc, i = token.doc, token.i
    return any(doc[j].text == "-" for j in (i - 1, i + 1) if 0 <= j < len(doc))


def is_called(token: Token) -> bool:
    """Whether a word is what an organisation is called: "a lab called lumen", "lumen, the lab"."""
    nouns, head = lexicon("org_nouns"), token.head
    if token.dep_ == "oprd" and head.lemma_ in kinds()["calling"]:
        called = (head.head, *head.children) if head.dep_ in ("acl", "relcl") else head.children
        return any(t.lower_ in nouns and t is not token for t in called)
    if token.dep_ == "appos":
        return head.lower_ in nouns
    return any(t.dep_ == "appos" and t.lower_ in nouns for t in token.children)


def is_explained(token: Token) -> bool:
    """Whether something with an article stands behind a word and a comma: "lumen, an energy platform"."""
    behind = token.doc[token.i + 1 : token.i + 3]
    return len(behind) == 2 and behind[0].text == "," and behind[1].lower_ in ("a", "an", "the")


def is_of_kind(token: Token) -> bool:
    """Whether a word stands behind what it is: "the cell maker lumen, which", "its rival lumen has"."""
    doc, i = token.doc, token.i
    if i < 2 or i + 1 == len(doc) or doc[i - 1].dep_ == "poss":
        return False
    before, behind = doc[i - 1].lower_, doc[i + 1]
    kind = before in lexicon("org_nouns") or before in kinds()["kinds"]
    return kind and (behind.is_punct or behind.pos_ in ("AUX", "VERB", "PART")) and not is_hyphenated(token)


def hires(token: Token, people: set[int]) -> bool:
    """Whether a word takes on somebody named, or dismisses him: "lumen has hired Jane Doe"."""
    verb = token.head
    return (
        token.dep_ == "nsubj"
        and verb.lemma_ in kinds()["hiring"]
        and any(child.dep_ == "dobj" and child.i in people for child in verb.children)
    )


def is_staffed(token: Token) -> bool:
    """Whether a word says something or has people: "lumen said", "lumen's head of sales", "joined lumen"."""
    head, roles = token.head, lexicon("role_heads")
    if token.dep_ in SUBJECTS:
        return head.lemma_ in lexicon("speech_verbs")
    if token.dep_ == "poss":
        return head.lower_ in roles
    if token.dep_ == "dobj":
        return head.lemma_ in kinds()["joining"]
    if token.dep_ != "pobj":
        return False
    title = head.head
    if head.lower_ in ("for", "of"):
        chief = title.lower_ == "executive" and title.nbor(-1).lower_ == "chief"
        return chief or title.lower_ in kinds()["heading"]
    return head.lower_ == "at" and (title.lemma_ in roles or title.lower_ in lexicon("people_nouns"))


def deals(token: Token) -> bool:
    """Whether a word hires, pays and the like, or stands beside such a verb, or has something."""
    if not token.is_oov and token.text.endswith(tuple(kinds()["abstract_endings"])):
        return False
    if token.dep_ == "pobj":
        head = token.head
        beside = head.lower_ in ("by", "for", "from", "to") and head.head.lemma_ in kinds()["dealing"]
        return head.lower_ == "at" or beside
    return token.dep_ == "poss" or (
        token.dep_ in (*SUBJECTS, "dobj") and token.head.lemma_ in kinds()["dealing"]
    )
