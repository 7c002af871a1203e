"""Job titles as noun phrases, found by their head ("manager") and grown over their modifiers and complement."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsclaims.language.mentions import (
    DATE,
    ORG,
    OTHER,
    PERSON,
    PLACE,
    ROLE,
    Mention,
    Mentions,
    mentions,
)
from newsclaims.language.recognised import RANKS, is_paper, is_suffix, is_title
from newsclaims.language.sentences import sentence_start
from newsclaims.language.title_heads import (
    FORMER,
    NOMINAL,
    is_head,
    is_plural,
    last_words,
    role_classes,
    title_words,
)
from newsclaims.language.words import places
from newsclaims.resources import lexicon

PERSONAL_HONORIFICS = frozenset(
    "Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Sir Dame Lord Lady Baron Baroness".split()
)
"""Honorifics that a surname follows, and no title but one of state."""
LONGEST = 4
"""Tokens between the words of a title's field: "of sales and marketing"."""
DETERMINERS = frozenset("the a an his her its their this that all one".split())
BODIES = frozenset(("board", "council", "team", "panel", "committee", "cabinet"))
"""Bodies that are named by who sits in them."""
JOINED = frozenset(("compound", "nmod", "amod", "conj", "poss"))
"""How the parser hangs the first of two fields of a title on the other, or on the title."""
HIGH = RANKS | frozenset("caretaker co first general joint non-executive prime principal".split())
"""Words that tell the rank of a title."""
LABELS_OF_NAMES = (PERSON, ORG, PLACE, OTHER)
STANDINGS = ("-designate", "in chief", "at large", "in residence", "in waiting", "at arms")
"""What ends a title behind its head: "editor *in chief*"."""
RANKED = frozenset(("VP", "SVP", "EVP", "AVP"))
"""Short titles behind which a comma and their field stand."""
FINITE = frozenset(("VBD", "VBP", "VBZ"))
"""Tags of verbs that have a subject: "Acme *heads* the list"."""
COMPLEMENT = frozenset(("of", "for"))
"""Prepositions that lead from the head of a title to its field: "head of sales"."""


def is_surname(token: Token) -> bool:
    """Whether a title word is the name of somebody with an honorific: "Lord Falconer", but not "Lord Chancellor"."""
    before = token.doc[token.i - 1].text if token.i else ""
    return before in PERSONAL_HONORIFICS and token.text.istitle() and token.lower_ not in role_classes()


def drop_titles_taken_for_names(store: Mentions) -> None:
    """Take out the mentions of names that are made of title words alone."""
    named = (m for m in store if m.label in (PERSON, ORG, OTHER) and not is_paper(m.span[-1]))
    known = lexicon("organisations")
    titles = (m for m in named if title_words(m.text) and not (len(m.span) > 1 and m.text in known))
    for m in [m for m in titles if len(m.span) > 1 or not is_surname(m.span[0])]:
        store.remove(m)
    store.entities[:] = [e for e in store.entities if e.mentions]


def not_in_title(word: str) -> bool:
    """Whether a word before a title is no part of it."""
    return word in FORMER or word in lexicon("words_before_titles")


def is_headline_verb(token: Token, store: Mentions) -> bool:
    """Whether a word is a verb that the tagger took for a plural: "Harrow Bank names Jane Doe chairman"."""
    return (
        token.lower_ in lexicon("headline_verbs")
        and token.i > 0
        and store.at(token.i - 1, ORG, PLACE, OTHER) is not None
    )


def title_start(head: Token, store: Mentions) -> int:
    """Index of the first token of the title that ends in ``head``."""
    doc, start, first = head.doc, head.i, sentence_start(head)
    while start > first:
        before = doc[start - 1]
        word = before.lower_
        if is_region(before) and start - 1 > first and doc[start - 2].lower_ in HIGH:
            start -= 2
            continue
        if (
            not_in_title(word)
            or is_headline_verb(before, store)
            or (store.at(before.i, PERSON, ORG, PLACE) and not is_field_of(head, before, store))
            or before.ent_type_ in ("DATE", "NORP")
            or is_strange_name(before, head, store)
        ):
            break
        if word == "-" and start - 1 > first:
            prefix = doc[start - 2]
            if not_in_title(prefix.lower_) or store.at(prefix.i, PERSON, ORG, PLACE):
                break
            start -= 2
            continue
        if word in ("and", "&") and start - 1 > first:
            if head.i > start and not store.at(start - 2) and joins_fields(doc, start, first, store):
                start -= 2
                continue
            break
        if before.pos_ in ("NOUN", "PROPN") or (before.pos_ in ("ADJ", "VERB") and grows_left(before)):
            if before.is_punct or before.like_num or (is_head(before) and before.dep_ == "appos"):
                break
            start -= 1
            continue
        break
    return start


def is_strange_name(before: Token, head: Token, store: Mentions) -> bool:
    """Whether a word before a title is in a name that nobody knows, and not in a title with capitals: "Tolvane CEO"."""
    other = store.at(before.i, OTHER)
    if other is None or before.lower_ in lexicon("role_modifiers"):
        return False
    return head.is_lower or other.end <= head.i


def is_field_of(head: Token, before: Token, store: Mentions) -> bool:
    """Whether what was taken for an organisation is the field of a title with capitals: "*Budget* Director Jane Doe"."""
    named = store.at(before.i, ORG)
    alone = named is not None and len(named.span) == 1 and before.lower_ in lexicon("role_modifiers")
    return alone and head.text.istitle()


def is_region(token: Token) -> bool:
    """Whether a word names a country or a part of the world, as in "chief *Asian* strategist"."""
    return token.ent_type_ in ("NORP", "GPE", "LOC") and token.text in lexicon("nations")


def joins_fields(doc: Doc, start: int, first: int, store: Mentions) -> bool:
    """Whether the word before "and" is a field of the title as the word behind it is: "work *and* pensions spokesman".

    The parser says so, or the title begins with it: behind somebody's name and a comma, behind an organisation, or at the
    beginning of the sentence; there the parser mostly takes the field for a noun of its own.
    """
    field = doc[start - 2]
    if is_head(field):
        return False  # "chairman and finance director" are two, which ``find`` makes one
    if field.pos_ in ("NOUN", "PROPN") and field.dep_ in JOINED:
        return True
    if field.pos_ not in NOMINAL or not is_field(doc[start]):
        return False
    begins = start - 2
    while begins > first and doc[begins - 1].pos_ in NOMINAL and not store.at(begins - 1, *LABELS_OF_NAMES):
        begins -= 1
    if begins == first or store.at(begins - 1, ORG):
        return True
    return doc[begins - 1].text == "," and store.at(begins - 2, PERSON) is not None


def is_field(token: Token) -> bool:
    """Whether a word before a title names its field ("pensions") and not its rank ("chief", "managing")."""
    return token.pos_ in NOMINAL and token.lower_ not in HIGH and not is_head(token)


def grows_left(token: Token) -> bool:
    modifiers = lexicon("role_modifiers")
    return token.lower_ in modifiers or (token.pos_ == "ADJ" and token.dep_ in ("amod", "compound", "nmod"))


def title_end(head: Token, store: Mentions) -> int:
    """End of the title: behind ``head``, or behind "of corporate development" when no employer stands there."""
    doc, end = head.doc, head.i + 1
    if doc[head.i : head.i + 5].text.lower().startswith("editor-in-chief"):
        return head.i + 5
    if end < len(doc) and doc[end].lower_ == "designate":
        end += 1
    elif doc[end : end + 2].text.lower() in STANDINGS:
        end += 2
    end = listed_field(doc, end, store)
    complement = end + 1 < len(doc) and doc[end].lower_ in COMPLEMENT
    if complement and heads_whole(head) and store.at(end + 1, OTHER):
        return end  # "chairman of Tolvane", a name that nobody knows
    return (field_end(doc[end], store) or end) if complement else end


def listed_field(doc: Doc, end: int, store: Mentions) -> int:
    """End of the field behind a comma, as American firms write it: "SVP, *Drama and Live*"; ``end`` where none is."""
    if doc[end - 1].text not in RANKED or doc[end : end + 1].text != ",":
        return end
    last = end + 1
    while last < len(doc) and is_field_word(doc[last]):
        linked = doc[last + 1 : last + 2].text in ("and", "&") and is_field_word(
            doc[min(last + 2, len(doc) - 1)]
        )
        last += 2 if linked else 1
    field = doc[end + 1 : last]
    strange = any(t.is_oov or t.text in lexicon("given_names") for t in field)
    known = strange or field.text in lexicon("organisations") or (field and is_suffix(field[-1]))
    return end if not field or known or store.at(last - 1, DATE) else last


def is_field_word(token: Token) -> bool:
    """Whether a word with a capital, or the sign between two such, may be the field of a title."""
    return token.text.istitle() and token.is_alpha and not is_title(token)


def heads_whole(head: Token) -> bool:
    """Whether a title is one of those who head, or sit on the board of, the whole of something: "a director of"."""
    article = head.nbor(-1).lower_ if head.i else ""
    return head.is_lower and (
        head.lower_ in lexicon("titles_of_wholes") or (head.lower_ == "director" and article in ("a", "an"))
    )


def field_end(preposition: Token, store: Mentions) -> int | None:
    """End of the field behind a title's preposition ("head of *corporate development*"); nothing for an employer."""
    doc, first = preposition.doc, preposition.i + 1
    noun = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
    noun = before_name(noun, first, store)
    if noun is None or not 0 <= noun.i - first <= LONGEST:
        return None
    if named := department(doc, first, store):
        return named.end
    last = noun.i
    for also in noun.conjuncts:
        if 0 < also.i - last <= LONGEST and also.pos_ in ("NOUN", "PROPN") and not is_head(also):
            last = also.i
    inside = range(first, last + 1)
    employer = any(store.at(i, PERSON, ORG) or doc[i].tag_ == "POS" for i in inside) or store.at(last, PLACE)
    behind = last + 1
    while behind - last < LONGEST and behind < len(doc) and doc[behind].tag_ in ("NN", "NNS"):
        behind += 1  # "boss of oil industry *analysts* Acme"
    called = any(m.label == ORG for m in store.starting(behind))  # "boss of fashion retailer Acme"
    if employer or called or doc[first].lower_ in DETERMINERS or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    return None if any(doc[i].like_num for i in inside) else last + 1


def department(doc: Doc, first: int, store: Mentions) -> Mention | None:
    """The name behind "head of" that is no employer, since that follows: "head of Policy and Research at Acme"."""
    named = store.at(first, ORG)
    if named is None or named.start != first or named.end + 1 >= len(doc) or doc[named.end].lower_ != "at":
        return None
    behind = named.end + 2 if doc[named.end + 1].lower_ in ("the", "a", "an") else named.end + 1
    return named if store.at(behind, ORG) is not None else None


def before_name(noun: Token | None, first: int, store: Mentions) -> Token | None:
    """The last word before a name that the parser took for the noun of a complement: "head of sales Jane Doe"."""
    if noun is not None and (name := store.at(noun.i, PERSON)) is not None:
        return noun.doc[name.start - 1] if name.start > first else None
    return noun


def is_score(doc: Doc, start: int, head: int) -> bool:
    """Whether a "lead" is no post: "the lead", "a two-goal lead"; but "its research lead"."""
    return start == head or any(t.like_num or t.text == "-" for t in doc[start:head])


def is_board(token: Token) -> bool:
    """Whether a plural is all members of a body: "the board of directors"."""
    doc, i = token.doc, token.i
    return is_plural(token) and i > 1 and doc[i - 1].lower_ == "of" and doc[i - 2].lower_ in BODIES


def leads_to_head(token: Token, store: Mentions) -> bool:
    """Whether nothing but modifiers of titles stands between this head and a later one."""
    modifiers = lexicon("role_modifiers")
    governor = token.head
    if (
        token.dep_ in ("compound", "amod", "nmod")
        and token.i < governor.i <= token.i + 3
        and is_head(governor)
        and not store.at(governor.i, PERSON)
    ):
        return not any(t.is_punct and t.text != "-" for t in token.doc[token.i : governor.i])
    for later in token.doc[token.i + 1 : token.i + 4]:
        if store.at(later.i) or later.is_punct or later.is_sent_start:
            return False
        if is_head(later):
            return True
        if later.lower_ not in modifiers and later.text not in modifiers:
            return False
    return False


def has_own_place(doc: Doc, last_end: int, end: int) -> bool:
    """Whether of two titles joined by "and" each says what it is of: "director of sales and chairman of Acme"."""
    return not is_head(doc[last_end - 1]) and end < len(doc) and doc[end].lower_ in ("of", "at")


def is_beside_name(noun: Token, store: Mentions) -> bool:
    """Whether an everyday word is a title there: right before somebody's name, or as what somebody is at an organisation
    ("was *a reserve at Acme*")."""
    doc, i = noun.doc, noun.i
    if noun.pos_ not in NOMINAL:
        return False
    if store.at(i + 1, PERSON) is not None:
        return True
    held = noun.dep_ in ("attr", "appos") and any(child.lower_ in ("a", "an") for child in noun.lefts)
    return held and doc[i + 1 : i + 2].text == "at" and store.at(i + 2, ORG) is not None


def stands_between(word: Token, store: Mentions) -> bool:
    """Whether a title word in small letters stands between an employer and a person, so that it is one whatever the tagger
    took it for: "Acme *forward* Jane Doe", "so did Acme *pilot* Jane Doe"."""
    i = word.i
    between = i > sentence_start(word) and word.is_lower and word.tag_ not in FINITE
    named = between and store.at(i - 1, ORG) is not None and store.at(i + 1, PERSON) is not None
    return named and word.lower_ in lexicon("role_heads")


def find(doc: Doc, store: Mentions) -> list[tuple[int, int]]:
    """Token bounds of the titles in a document; "chairman and chief executive" is one."""
    spans: list[tuple[int, int]] = []
    heads, beside = lexicon("role_heads"), lexicon("role_heads_beside_names")
    for i in places(doc, last_words(heads, beside), "LOWER", "ORTH"):
        token = doc[i]
        by_name = (token.lower_ in beside and is_beside_name(token, store)) or stands_between(token, store)
        if not (by_name or is_head(token)) or is_surname(token) or store.at(i, PERSON, ORG):
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if after is not None and is_head(after) and not store.at(after.i) and not after.is_sent_start:
            continue  # "chief executive": the later word is the head
        if leads_to_head(token, store) or is_board(token):
            continue  # "chief financial officer", "its board of directors"
        if after is not None and after.text == "-" and token.i + 2 < len(doc) and is_head(doc[token.i + 2]):
            continue
        start, end = title_start(token, store), title_end(token, store)
        if token.lower_ == "lead" and not by_name and is_score(doc, start, i):
            continue
        if spans and start < spans[-1][1]:
            start = spans[-1][1]
            if start >= end:
                continue
        if spans:
            last_start, last_end = spans[-1]
            between = [t.lower_ for t in doc[last_end:start]]
            joint = between in (["and"], ["&"], ["-", "and"]) and not has_own_place(doc, last_end, end)
            if joint and last_start >= sentence_start(token):
                spans[-1] = (last_start, end)
                continue
        spans.append((start, end))
    return spans


@Language.component("newsclaims_roles", assigns=["doc._.mentions"], requires=["token.pos", "token.dep"])
def roles(doc: Doc) -> Doc:
    """Add a mention for every job title."""
    store = mentions(doc)
    drop_titles_taken_for_names(store)
    for start, end in find(doc, store):
        for other in store.within(start, end, OTHER, ORG):
            store.remove(other)
        store.add(Mention(doc, start, end, ROLE, source="role"))
    store.entities[:] = [e for e in store.entities if e.mentions]
    return doc
