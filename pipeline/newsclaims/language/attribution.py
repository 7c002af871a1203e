"""Who is credited for what: "X said", "according to X", "sources close to X", and quotations."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from newsclaims.language.carried import add_extension
from newsclaims.language.mentions import ORG, OTHER, PERSON, Mention, mentions
from newsclaims.language.sentences import sentence
from newsclaims.language.source_notes import noted
from newsclaims.language.words import places
from newsclaims.resources import lexicon


@dataclass(eq=False, slots=True)
class Report:
    """A reporting clause: who, and by which word. ``noun`` is the head of who it is."""

    source: Span | None
    mention: Mention | None
    cue: Token
    noun: Token


PREPOSITIONS = frozenset(("according", "per"))
NO_SOURCES = frozenset(("which", "who", "that", "this", "there"))
HEARERS = frozenset(("court", "hearing", "inquest", "inquiry", "jury", "trial", "tribunal"))
"""Who is told something of which it is then the source."""
SHOW = frozenset(("show", "shows"))
"""What is taken for a noun where it ends a sentence: "a filing shows"."""
RELATIVES = ("WP", "WDT")
"""Tags of "what" in "what one banker calls"."""
NOMINAL = ("NOUN", "PROPN", "NUM", "PRON")
OPENING = ("DET", "PRON", "ADJ", *NOMINAL)
LONGEST_SOURCE = 10
"""Tokens of a source that the parser did not see."""
QUOTE = frozenset('"')
LONGEST_QUOTE = 120
"""Tokens behind a mark that nothing closes."""


def source_span(token: Token) -> Span:
    """The noun phrase of a source, without relative clauses: "sources close to both xAI and OpenAI"."""
    start, end = token.left_edge.i, token.i + 1
    for child in token.rights:
        if child.dep_ in ("prep", "amod", "acl", "compound", "flat") and child.lower_ not in ("in", "on"):
            if child.dep_ == "acl" and child.tag_ not in ("VBN", "VBD", "JJ"):
                break
            end = child.right_edge.i + 1
        elif child.dep_ in ("relcl", "appos", "punct", "cc", "conj"):
            break
    clause = next((t.left_edge.i for t in token.doc[token.i : end] if t.dep_ == "relcl"), end)
    doc = token.doc
    while start < token.i and (doc[start].is_punct or doc[start].is_space or doc[start].tag_ in RELATIVES):
        start += 1
    return doc[start : max(clause, token.i + 1)]


def cues_of(doc: Doc) -> list[int]:
    """Indices of the tokens that may report."""
    return places(doc, lexicon("speech_verbs") | lexicon("asking_verbs") | PREPOSITIONS, "LEMMA", "LOWER")


def report_at(cue: Token) -> Report | None:
    """The reporting clause of a verb of saying, or of "according to"."""
    if cue.lower_ in PREPOSITIONS:
        noun = next((t for c in (cue, *cue.children) for t in c.children if t.dep_ == "pobj"), None)
        if noun is not None and (cue.lower_ == "according" or may_be_source(noun)):
            return report(noun, cue)
    elif cue.pos_ == "VERB" and (
        cue.lemma_ in lexicon("speech_verbs") or cue.lemma_ in lexicon("asking_verbs")
    ):
        return spoken(cue)
    elif cue.lower_ in SHOW:
        return last_words(cue)
    return None


def spoken(verb: Token) -> Report | None:
    """The reporting clause of a verb of saying."""
    noun = subject_of(verb)
    if noun is None:
        return behind_participle(verb) or last_words(verb)
    if (noun.head != verb or noun.pos_ == "VERB") and (report_behind := behind_participle(verb)):
        return report_behind
    if noun.lower_ == "who" and verb.dep_ == "relcl":
        return report(verb.head, verb, noun)
    alone = noun.lower_ == "one" and not any(noun.children)
    return None if alone or noun.lower_ in NO_SOURCES else report(noun, verb)


def may_be_source(noun: Token) -> bool:
    """Whether the noun behind "per" is somebody, and not a unit ("per share")."""
    return mentions(noun.doc).at(noun.i, PERSON, ORG) is not None or noun.lemma_ in (
        "spokesperson",
        "spokesman",
        "source",
    )


def subject_of(verb: Token) -> Token | None:
    """Who says: the subject, that of the verb it is coordinated with, or the noun that it hangs on ("analysts saying")."""
    subject = nearest_subject(verb)
    if subject is None and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        subject = nearest_subject(verb.head)
    if subject is None and verb.dep_ == "acl" and verb.tag_ == "VBG":
        subject = verb.head
    return subject


def nearest_subject(verb: Token) -> Token | None:
    """The subject nearest to a verb, which is the name where the parser makes two ("One, Jane Doe, said"); or the court
    that is told something."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if not subjects and verb.lower_ == "told":
        subjects = [c for c in verb.children if c.dep_ == "nsubjpass" and c.lemma_ in HEARERS]
    return min(subjects, key=lambda t: abs(t.i - verb.i), default=None)


def behind_participle(cue: Token) -> Report | None:
    """The report of a verb behind a participle that the parser took for the verb of its subject: "people briefed on the
    matter say", "papers filed with the court show"."""
    doc = cue.doc
    before = doc[max(cue.i - LONGEST_SOURCE, sentence(cue)[0]) : cue.i]
    verb = next((t for t in reversed(before) if t.pos_ == "VERB" or t.is_punct), None)
    if (
        verb is None
        or verb.tag_ not in ("VBN", "VBD")
        or verb.nbor().pos_ != "ADP"
        or before[-1].pos_ not in NOMINAL
    ):
        return None
    noun = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i == verb.i - 1), None)
    if noun is None or noun.pos_ != "NOUN":
        return None
    return Report(doc[noun.left_edge.i : cue.i], None, cue, noun)


def last_words(cue: Token) -> Report | None:
    """The report of a verb without a subject that ends its sentence, as the parser leaves it behind a participle or
    within an apposition: "people briefed on the matter said", "his agent, Jane Doe, said", "a filing shows"."""
    doc, (start, end) = cue.doc, sentence(cue)
    if any(not t.is_punct and not t.is_space for t in doc[cue.i + 1 : end]):
        return None
    comma = next((i for i in range(cue.i - 1, start, -1) if doc[i].text in (",", '"')), None)
    if comma is None or doc[comma].text == '"':
        return None
    if comma == cue.i - 1:
        named = mentions(doc).at(comma - 1, PERSON)
        return Report(None, named, cue, named.root) if named is not None else None
    words = doc[comma + 1 : cue.i]
    head = next(
        (t for t in words if t.pos_ in NOMINAL and (t.i + 1 == cue.i or t.nbor().pos_ not in NOMINAL)), None
    )
    if head is None or len(words) > LONGEST_SOURCE or words[0].pos_ not in OPENING:
        return None
    if cue.lower_ in SHOW and cue.pos_ != "VERB" and head.lemma_ not in lexicon("documents"):
        return None
    named = mentions(doc).at(head.i, PERSON, ORG)
    return Report(None if named else words, named, cue, head)


def report(noun: Token, cue: Token, subject: Token | None = None) -> Report:
    """A report credited to the name that the noun is, or that stands in apposition to it; ``subject`` is the pronoun that
    stands for the noun in the clause."""
    store = mentions(noun.doc)
    mention = store.at(noun.i, PERSON, ORG, OTHER)
    if mention is None and noun.pos_ != "PROPN":
        named = (store.at(c.i, PERSON, ORG) for c in noun.children if c.dep_ == "appos")
        mention = next((m for m in named if m is not None), None)
    return Report(None if mention else source_span(noun), mention, cue, subject or noun)


def note(source: Span) -> Report:
    """The report of a source without a verb; its last word is the cue."""
    head = source[-1]
    mention = mentions(source.doc).at(head.i, PERSON, ORG, OTHER)
    return Report(None if mention else source, mention, head, head)


def quoted_tokens(doc: Doc) -> set[int]:
    """Indices of the tokens that stand inside quotation marks, found once and kept in ``doc._.quoted``."""
    if doc._.quoted is None:
        doc._.quoted = find_quoted(doc)
    quoted: set[int] = doc._.quoted
    return quoted


def find_quoted(doc: Doc) -> set[int]:
    """The tokens inside quotation marks; a mark left open ends with its paragraph."""
    inside: set[int] = set()
    if not places(doc, QUOTE, "ORTH"):
        return inside
    opened: int | None = None
    for token in doc:
        if token.text in QUOTE:
            if opened is None:
                opened = token.i
            else:
                inside.update(range(opened + 1, token.i))
                opened = None
        elif "\n" in token.text:
            inside.update(left_open(opened, token.i))
            opened = None
    inside.update(left_open(opened, len(doc)))
    return inside


def left_open(opened: int | None, end: int) -> range:
    """The tokens behind a mark that nothing closes in its paragraph; none where they are too many for a quotation."""
    return range(opened + 1, end) if opened is not None and end - opened < LONGEST_QUOTE else range(0)


@Language.component(
    "newsclaims_attribution", assigns=["doc._.reports", "doc._.quoted"], requires=["token.dep"]
)
def attribution(doc: Doc) -> Doc:
    """Set ``doc._.reports`` (reporting clauses, in text order) and ``doc._.quoted`` (quoted tokens)."""
    quoted_tokens(doc)
    found = [report for report in (report_at(doc[i]) for i in cues_of(doc)) if report is not None]
    sources = [r.source for r in found if r.source is not None]
    spoken = [r for r in found if not any(s.start <= r.cue.i < s.end for s in sources)]
    notes = [note(span) for span in noted(doc)]
    doc._.reports = sorted((*spoken, *notes), key=lambda report: report.cue.i)
    return doc


add_extension("reports", lambda: None)
add_extension("quoted", lambda: None)
