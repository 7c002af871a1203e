"""Names that the entity recogniser found, repaired: cut where they are two, and without titles that it took into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from spacy.tokens import Doc, Span, Token

from newsclaims.language.dates import is_day
from newsclaims.language.mentions import ORG, OTHER, PERSON, PLACE
from newsclaims.language.org_classes import is_firm, is_kind, is_sort
from newsclaims.language.words import is_written
from newsclaims.resources import lexicon, word_kinds

NORP = "NORP"
"""The recogniser's label of nationalities and parties, which are no names by themselves."""
NER_LABEL = {
    "PERSON": PERSON,
    "ORG": ORG,
    "GPE": PLACE,
    "LOC": PLACE,
    "FAC": PLACE,
    "NORP": NORP,
    "PRODUCT": OTHER,
    "WORK_OF_ART": OTHER,
    "EVENT": OTHER,
    "LAW": OTHER,
    "LANGUAGE": OTHER,
}
WORDS_BEFORE_NAMES = frozenset("the a an this that his her its their our my ex".split())
RANKS = frozenset(
    "acting assistant chief deputy executive interim junior managing senior shadow vice".split()
)
"""Words that begin a title of more words than one."""
FIELDS = 3
"""Words within which the head of a title is looked for behind its first."""
AFFILIATIONS = frozenset(("of", "at", "from"))
"""Prepositions between a person's name and the organisation's."""
MARKS = frozenset(("'s", "'", "’s"))
"""What makes a possessor of a noun."""
DASHES = frozenset(("-", "--", "–", "—"))


@dataclass(slots=True)
class Candidate:
    start: int
    end: int
    label: str | None  # what the recogniser said


def covered(found: Iterable[Candidate]) -> set[int]:
    """Indices of the tokens that stand in a candidate."""
    return {i for c in found for i in range(c.start, c.end)}


def recognised(doc: Doc) -> Iterator[Candidate]:
    """The names that the recogniser found, in text order."""
    figures = {i for figure in doc._.money for i in range(figure.span.start, figure.span.end)}
    for ent in doc.ents:
        label = None if is_day(ent) else label_of(ent)
        last = next((i for i in range(ent.start, ent.end) if i in figures), ent.end)  # "Acme $5 million"
        for start, end in pieces(doc, ent.start, last, label) if label is not None else ():
            if doc[start:end].text not in lexicon("organisations"):  # "Legal & General"
                start, end = without_titles(doc, start, end, label)
            if not is_name(doc, start, end, label):
                continue
            if (
                end < len(doc)
                and doc[end].is_digit
                and doc[end - 1].text in word_kinds("name_parts")["numbered"]
            ):
                end += 1
            if label == ORG and end - start == 2 and is_firm(doc[end - 1]):
                end -= 1  # "the Halden company"
                label = ORG if doc[start].text in lexicon("organisations") else PLACE
            known = label == ORG and doc[start:end].text in lexicon("organisations")
            if not known and end < len(doc) and doc[end].lower_ in word_kinds("name_parts")["staffs"]:
                yield Candidate(start, end + 1, ORG)
            else:
                yield Candidate(start, end, label)


def label_of(ent: Span) -> str | None:
    """The label of a recognised entity; nothing for what is no name."""
    label = NER_LABEL.get(ent.label_)
    if label in (None, NORP, PLACE) and ent.text in lexicon("organisations"):
        town = label == PLACE and ent.text in lexicon("organisations_named_as_places")
        return label if town else ORG  # "3M", taken for a length; "Tory", a party; "Parmalat", no town
    return label


def is_name(doc: Doc, start: int, end: int, label: str | None) -> bool:
    """Whether a recognised stretch is a name at all."""
    text = doc[start:end].text
    if (
        text in lexicon("not_names")
        or text in lexicon("post_nominals")
        or (label == OTHER and is_long_title(doc, start, end))
    ):
        return False
    if (end - start == 1 and opens_title(doc[start])) or is_portfolio(doc, start, end):
        return False
    return has_capital(text) or (any(map(str.isdigit, text)) and any(map(str.isalpha, text)))


def opens_title(token: Token) -> bool:
    """Whether a word with a capital is no name but the first of a title: "Party leader Jane Doe", "Interior Minister".

    A word for the field of titles is, unless it names an organisation; so is, where it begins the sentence, a noun for
    organisations, and what the article has in small letters as well.
    """
    doc, word = token.doc, token.lower_
    heads, fields = lexicon("role_heads"), lexicon("role_modifiers")
    if token.i + 1 == len(doc) or not token.text.istitle():
        return False
    named = token.text in lexicon("organisations") or word in lexicon("common_organisations")
    if word in fields and not named:
        behind = doc[token.i + 1 : token.i + 1 + FIELDS]
        return any(t.lower_ in heads for t in takewhile(lambda t: t.lower_ in fields | heads, behind))
    if token.is_sent_start and tells_sort(token):
        return True
    if not token.is_sent_start or doc[token.i + 1].text not in heads:
        return False
    return word in lexicon("org_nouns") or is_written(doc, word)


def tells_sort(token: Token) -> bool:
    """Whether a word that begins a sentence tells the sort of the organisation named behind: "*Crypto* exchange Acme"."""
    doc, noun = token.doc, token.i + 1
    known = any(token.text in lexicon(kind) for kind in ("organisations", "nations", "places"))
    if known or token.is_oov or token.ent_type_ in ("GPE", "NORP") or noun + 1 >= len(doc):
        return False
    return doc[noun].is_lower and is_sort(doc[noun].text) and doc[noun + 1].text[:1].isupper()


def is_portfolio(doc: Doc, start: int, end: int) -> bool:
    """Whether words with capitals only tell what an office of state is for: "*Energy* Secretary", "Minister of *Trade*"."""
    kinds = word_kinds("name_parts")
    if not all(t.lower_ in kinds["portfolios"] or t.lower_ in ("and", "&") for t in doc[start:end]):
        return False
    before = [t.lower_ for t in doc[max(start - 3, 0) : start] if t.lower_ != "the"]
    return doc[end : end + 1].text.lower() in kinds["offices"] or (
        before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in kinds["offices"]
    )


def without_titles(doc: Doc, start: int, end: int, label: str | None) -> tuple[int, int]:
    """Bounds of a recognised name without the titles around it."""
    if label != ORG or not (doc[start].text == "General" or is_suffix(doc[end - 1])):  # "General Motors"
        start = behind_title(doc, start, end)
    elif (behind := behind_title(doc, start, end)) > start + 1:
        start = behind  # but "Champion Homes", "Dean Halden Inc"
    if end - start > 1 and doc[start].lower_ == "of":  # "Bishop of Durham"
        start += 1
    if label == PERSON and end - start > 2 and doc[start].text in lexicon("organisations"):
        start += doc[start + 1].text in lexicon("given_names")  # "Tory Jane Doe"
    end = before_rank(doc, start, end)
    if end - start > 1 and doc[start].text in lexicon("nations") and is_portfolio(doc, start + 1, end):
        end = start + 1  # "U.S. Trade" before "Representative"
    named = doc[start].text in lexicon("given_names")  # "Simon Champion"
    roles = lexicon("role_heads")
    while label == ORG and end - start > 1 and doc[end - 1].lower_ in roles and not named:
        if is_suffix(doc[end - 1]) or (
            doc[end - 1].text == "General" and not doc[end : end + 1].text.istitle()
        ):
            break  # "Stores General"
        end -= 1  # "Home Office Minister" is the Home Office
    return start, end


def before_rank(doc: Doc, start: int, end: int) -> int:
    """Where a name ends before the words that begin the title behind it: "Tory Shadow" before "chancellor", "Acme Chief"
    before "Executive", "Acme joint" before "chairman"."""
    heads, fields = lexicon("role_heads"), lexicon("role_modifiers")
    if end == len(doc) or doc[end].lower_ not in heads:
        return end
    while end - start > 1 and (
        doc[end - 1].lower_ in RANKS or (doc[end - 1].is_lower and doc[end - 1].text in fields)
    ):
        end -= 1
    return end


def before_title(doc: Doc, start: int, end: int) -> int:
    """Where a run of capitals ends before the title of the person named behind it: "Acme Finance Director" before "Jane
    Doe"; ``end`` where no such title is, or no word before it that can only be a name."""
    named = doc[end : end + 1].text[:1].isupper() and doc[end - 1].whitespace_ != ""
    if not named or not is_title(doc[end - 1]) or doc[end].lower_ in lexicon("role_heads"):
        return end
    fields, name = lexicon("role_modifiers"), end - 1
    while name > start and (doc[name - 1].lower_ in fields or is_title(doc[name - 1])):
        if is_institution(doc[name - 1]):
            return name  # "Superior Court"
        name -= 1
    strange = any(t.is_oov or t.text in lexicon("organisations") for t in doc[start:name])
    return name if strange else end  # "Energy Secretary" is all title


def is_institution(token: Token) -> bool:
    """Whether the name of an institution ends with a word: "Court", "College"."""
    kinds = word_kinds("name_parts")
    return token.text in kinds["seats"] or token.text in kinds["houses"]


def behind_title(doc: Doc, start: int, end: int) -> int:
    """Where a name begins behind the title at its start: "Chief Financial Officer Jane Doe"; ``start`` without one."""
    modifiers, name = lexicon("role_modifiers"), start
    for i in range(start, end - 1):
        token = doc[i]
        if token.text in lexicon("given_names") and i + 2 == end:
            break  # "Dean Holt"
        if is_title(token) and doc[i + 1].text != "-":
            name = i + 1
        elif token.text not in ("-", "&", "and") and token.lower_ not in modifiers:
            break
    return name


def pieces(doc: Doc, start: int, end: int, label: str | None) -> list[tuple[int, int]]:
    """A recognised span, cut at line breaks and behind possessives ("Elon Musk's xAI" is two names)."""
    cuts = [start]
    for i in range(start, end):
        if doc[i].is_space and "\n" in doc[i].text:
            cuts.append(i + 1)
        elif doc[i].text in MARKS and i + 1 < end and has_capital(doc[i + 1].text):
            if not is_inner_mark(doc, cuts[-1], i):
                cuts.append(i + 1)
        elif is_dash(doc, i) or (doc[i].text == "(" and ")" not in doc[i:end].text):
            cuts.append(i + 1)  # "Acme - Doe", "Halden Makers' Association (HMA"
        elif start < i and is_noun_before(doc, i, end) and is_kind(doc[i]):
            cuts.append(i)  # "Acme spinout Tolvane"
        elif start < i < end - 1 and not tells_purpose(doc, i) and leads_off(doc, start, i):
            cuts.append(i + 1)
        elif doc[i].lower_ == "and" and label == ORG and are_two(doc, start, i, end):
            cuts.append(i + 1)  # "DeepMind and Brightmoor"
        elif doc[i].lower_ in AFFILIATIONS and i + 1 < end and is_full_name(doc[cuts[-1] : i], doc[end - 1]):
            cuts.append(i + 1)  # "Jane Doe of Doe, Roe and Co"
    bounds = [trimmed(doc, a, b, label) for a, b in pairwise([*cuts, end])]
    return [(a, b) for a, b in bounds if a < b]


def is_dash(doc: Doc, i: int) -> bool:
    """Whether a dash between spaces stands at ``i``: it is within no name."""
    return doc[i].text in DASHES and bool(doc[i].whitespace_) and i > 0 and bool(doc[i - 1].whitespace_)


def is_inner_mark(doc: Doc, start: int, i: int) -> bool:
    """Whether a possessive mark stands at ``i``, and within the name that begins at ``start``: "St Mary's Hospital"."""
    if doc[i].text not in MARKS or i == start:
        return False
    kinds = word_kinds("name_parts")
    if doc[start].text in kinds["saints"] or doc[i - 1].text in kinds["patrons"]:
        return True  # "King's College"
    owner = doc[start:i].text
    known = any(owner in lexicon(kind) for kind in ("organisations", "nations", "places"))
    return doc[i + 1].text in kinds["houses"] and (not known or doc[start].text in kinds["patrons"])


def tells_purpose(doc: Doc, i: int) -> bool:
    """Whether a word is the "for" of the name of a body: "the Centre for Policy Studies"."""
    return doc[i].text == "for" and i > 0 and doc[i - 1].text in word_kinds("name_parts")["bodies"]


def leads_off(doc: Doc, start: int, i: int) -> bool:
    """Whether a word shows that a name ends before it: "left Microsoft for Google", "Jane Doe rejoins Acme"."""
    return leads_away(doc, start, i) or hangs_on_verb(doc[i]) or is_verb(doc[i])


def is_verb(token: Token) -> bool:
    """Whether a word is a verb in small letters, and so within no name."""
    return token.is_lower and token.pos_ == "VERB"


def are_two(doc: Doc, start: int, i: int, end: int) -> bool:
    """Whether the words before an "and" name a well-known organisation, and all of them do not: "Shell and Acme"."""
    known = lexicon("organisations")
    return doc[start:i].text in known and doc[start:end].text not in known and i + 1 < end


def hangs_on_verb(token: Token) -> bool:
    """Whether a word is a preposition of a verb, and so within no name."""
    return token.dep_ == "prep" and token.head.pos_ == "VERB"


def leads_away(doc: Doc, start: int, i: int) -> bool:
    """Whether a word is the "for" of "left A for B" or the "to" of "from A to B", where what was taken for one name begins
    at ``start``."""
    before = doc[start - 1] if start else doc[i]
    return (doc[i].lower_ == "for" and before.lemma_ in lexicon("leaving_verbs")) or (
        doc[i].lower_ == "to" and before.lower_ == "from"
    )


def is_full_name(span: Span, last: Token) -> bool:
    """Whether a range of tokens is the whole name of a person by its look: no word of institutions, and a given name or,
    behind it, an organisation whose ``last`` word shows that it is one."""
    words = [token.text for token in span]
    firms = lexicon("org_suffixes") | lexicon("org_nouns")
    return (
        2 <= len(words) <= 4
        and (words[0] in lexicon("given_names") or is_suffix(last))
        and all(word[0].isupper() or word == "-" for word in words)
        and not any(word in firms or word.lower() in firms for word in words)
    )


def trimmed(doc: Doc, start: int, end: int, label: str | None = PERSON) -> tuple[int, int]:
    """Bounds of a name without determiners, honorifics, possessives and stray punctuation at its ends."""
    honorifics = lexicon("honorifics") if label == PERSON else ()
    while start < end and (
        doc[start].lower_ in WORDS_BEFORE_NAMES
        or doc[start].is_punct
        or doc[start].is_space
        or (doc[start].text in honorifics and start + 1 < end and doc[start + 1].text not in MARKS)
        or describes(doc, start, end)
        or is_noun_before(doc, start, end)
    ):
        start += 1
    given = label == PERSON or doc[start : start + 1].text in lexicon("given_names")
    if given and end - start > 1 and doc[end - 1].text in lexicon("post_nominals"):
        end -= 1
    while end > start and (
        doc[end - 1].is_space
        or doc[end - 1].text in MARKS
        or doc[end - 1].pos_ in ("ADP", "CCONJ")
        or is_verb(doc[end - 1])
        or (doc[end - 1].is_punct and doc[end - 1].text not in (".", ")", "!", "+"))
    ):
        end -= 1
    return start, end


def describes(doc: Doc, start: int, end: int) -> bool:
    """Whether the word that begins a sentence, and seems to begin a name, only tells something of who follows: "Veteran
    Labour minister", "New Everton coach"."""
    word = doc[start]
    describing = word.text in word_kinds("name_parts")["describing"]
    if not word.is_sent_start or not (describing or word.text == "New"):
        return False
    rest = doc[start + 1 : end].text
    return rest[:1].isupper() and (describing or rest in lexicon("organisations"))


def is_noun_before(doc: Doc, i: int, end: int) -> bool:
    """Whether a word in small letters stands right before the name proper: "the gallery Doe & Roe"."""
    word = doc[i]
    return (
        i + 1 < end
        and word.is_lower
        and word.is_alpha
        and word.tag_ in ("NN", "NNS")
        and word.text not in word_kinds("name_parts")["particles"]
        and word.whitespace_ != ""
        and doc[i + 1].text[0].isupper()
    )


def is_title(token: Token) -> bool:
    """Whether a token is a job title with a capital."""
    return token.lower_ in lexicon("role_heads") and token.lower_ != token.text and not is_paper(token)


def is_paper(token: Token) -> bool:
    """Whether a word that may be a title ends the name of a newspaper: "the Courier", "The Halden Courier said"."""
    if token.text not in word_kinds("name_parts")["papers"] or token.i == 0 or token.is_sent_start:
        return False
    doc, first = token.doc, token.i - 1
    while first > 0 and doc[first].text.istitle() and doc[first].lower_ != "the":
        first -= 1
    named = token.i + 1 < len(doc) and doc[token.i + 1].text.istitle()  # "The Star Jane Doe"
    return doc[first].lower_ == "the" and not named


def is_long_title(doc: Doc, start: int, end: int) -> bool:
    """Whether a range of tokens is a job title with capitals and its field: "Head of Sales"."""
    return end - start > 2 and is_title(doc[start]) and doc[start + 1].text == "of"


def is_suffix(token: Token) -> bool:
    return token.text in lexicon("org_suffixes")


def has_capital(text: str) -> bool:
    return any(map(str.isupper, text))
