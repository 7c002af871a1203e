"""Who is credited for what: "X said", "according to X", "sources close to X", and quotations."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from newsclaims.language.carried import add_extension
from newsclaims.language.mentions import ORG, OTHER, PERSON, Mention, mentions
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
NO_SOURCES = frozenset(("which", "who", "that", "this", "there", "one"))
QUOTE = frozenset('"')
LONGEST_QUOTE = 120
"""Tokens behind a mark that nothing closes."""


def source_span(token: Token) -> Span:
    """The noun phrase of a source, without relative clauses: "sources close to both xAI and OpenAI"."""
    start, end = token.left_edge.i, token.i + 1
    for child in token.rights:
        if child.dep_ in ("prep", "amod", "acl", "compound", "flat") and child.lower_ not in ("in", "on"):
            if child.dep_ == "acl" and child.tag_ not in ("VBN", "JJ"):
                break
            end = child.right_edge.i + 1
        elif child.dep_ in ("relcl", "appos", "punct", "cc", "conj"):
            break
    clause = next((t.left_edge.i for t in token.doc[token.i : end] if t.dep_ == "relcl"), end)
    doc = token.doc
    while start < token.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return doc[start : max(clause, token.i + 1)]


def cues_of(doc: Doc) -> list[int]:
    """Indices of the tokens that may report."""
    return places(doc, lexicon("speech_verbs") | PREPOSITIONS, "LEMMA", "LOWER")


def report_at(cue: Token) -> Report | None:
    """The reporting clause of a verb of saying, or of "according to"."""
    if cue.lower_ in PREPOSITIONS:
        noun = next((t for c in (cue, *cue.children) for t in c.children if t.dep_ == "pobj"), None)
        if noun is not None and (cue.lower_ == "according" or may_be_source(noun)):
            return report(noun, cue)
    elif cue.pos_ == "VERB" and cue.lemma_ in lexicon("speech_verbs"):
        noun = subject_of(cue)
        if noun is not None and noun.lower_ not in NO_SOURCES:
            return report(noun, cue)
    return None


def may_be_source(noun: Token) -> bool:
    """Whether the noun behind "per" is somebody, and not a unit ("per share")."""
    return mentions(noun.doc).at(noun.i, PERSON, ORG) is not None or noun.lemma_ in (
        "spokesperson",
        "spokesman",
        "source",
    )


def subject_of(verb: Token) -> Token | None:
    """Who says: the subject, that of the verb it is coordinated with, or the noun that it hangs on ("analysts saying")."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        subject = next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
    if subject is None and verb.dep_ == "acl" and verb.tag_ == "VBG":
        subject = verb.head
    return subject


def report(noun: Token, cue: Token) -> Report:
    """A report credited to the name that the noun is, or that stands in apposition to it."""
    store = mentions(noun.doc)
    mention = store.at(noun.i, PERSON, ORG, OTHER)
    if mention is None and noun.pos_ != "PROPN":
        named = (store.at(c.i, PERSON, ORG) for c in noun.children if c.dep_ == "appos")
        mention = next((m for m in named if m is not None), None)
    return Report(None if mention else source_span(noun), mention, cue, noun)


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
    found = (report_at(doc[i]) for i in cues_of(doc))
    doc._.reports = [report for report in found if report is not None]
    return doc


add_extension("reports", lambda: None)
add_extension("quoted", lambda: None)
