"""Who is credited for what: "X said", "according to X", "sources close to X", and quotations."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from newsclaims.language.mentions import ORG, OTHER, PERSON, Mention, mentions
from newsclaims.language.words import places
from newsclaims.resources import lexicon


@dataclass(slots=True)
class Report:
    """A reporting clause: who, by which word, over which tokens it reports."""

    source: Span | None
    mention: Mention | None
    cue: Token
    start: int
    end: int


PREPOSITIONS = frozenset(("according", "per"))
FIRST_PERSON = frozenset(("i", "we", "me", "us"))
NO_SOURCES = frozenset(("which", "who", "that", "it", "this", "there", "one"))
QUOTE = frozenset('"')
# Verbs that report by an object alone: "Acme reported a loss of $5m".
REPORT_OBJECTS = frozenset(
    "report announce reveal confirm disclose mention show forecast predict estimate cite post unveil "
    "declare".split()
)


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


def reports_of(sent: Span, cues: list[int]) -> list[Report]:
    """The reporting clauses of a sentence, of the tokens in it that may report."""
    speech = lexicon("speech_verbs")
    out: list[Report] = []
    for i in cues[bisect_left(cues, sent.start) : bisect_left(cues, sent.end)]:
        token = sent.doc[i]
        if token.lower_ in PREPOSITIONS:
            noun = next((t for c in (token, *token.children) for t in c.children if t.dep_ == "pobj"), None)
            if noun is not None and (token.lower_ == "according" or may_be_source(noun)):
                out.append(report(noun, token, sent.start, sent.end))
        elif token.pos_ == "VERB" and token.lemma_ in speech:
            found = spoken(token, sent)
            if found is not None:
                out.append(found)
    return out


def may_be_source(noun: Token) -> bool:
    """Whether the noun behind "per" is somebody, and not a unit ("per share")."""
    return mentions(noun.doc).at(noun.i, PERSON, ORG) is not None or noun.lemma_ in (
        "spokesperson",
        "spokesman",
        "source",
    )


def spoken(verb: Token, sent: Span) -> Report | None:
    """The reporting clause of a verb of saying: its subject, and the clause or object that it reports."""
    subject = subject_of(verb)
    if subject is None or subject.lower_ in NO_SOURCES:
        return None
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "parataxis")]
    if clauses:
        return report(
            subject, verb, min(c.left_edge.i for c in clauses), max(c.right_edge.i for c in clauses) + 1
        )
    if verb.dep_ in ("parataxis", "advcl", "ROOT", "ccomp") and verb.lemma_ in (
        "say",
        "add",
        "tell",
        "explain",
    ):
        return report(subject, verb, sent.start, sent.end)
    if verb.dep_ == "parataxis":
        return report(subject, verb, sent.start, sent.end)
    if verb.lemma_ in REPORT_OBJECTS and any(c.dep_ == "dobj" for c in verb.children):
        return report(subject, verb, verb.i + 1, verb.right_edge.i + 1)
    return None


def subject_of(verb: Token) -> Token | None:
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        subject = next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
    return subject


def report(noun: Token, cue: Token, start: int, end: int) -> Report:
    """A report credited to the name that the noun is, or that stands in apposition to it."""
    store = mentions(noun.doc)
    beside = [c for c in noun.children if c.dep_ == "appos" or (c.dep_ == "compound" and c.pos_ == "PROPN")]
    mention = store.at(noun.i, PERSON, ORG, OTHER)
    if mention is None and noun.pos_ != "PROPN":
        named = (store.at(c.i, PERSON, ORG) for c in beside if c.dep_ == "appos")
        mention = next((m for m in named if m is not None), None)
    return Report(None if mention else source_span(noun), mention, cue, start, end)


def quoted_tokens(doc: Doc) -> set[int]:
    """Indices of the tokens that stand inside quotation marks; a mark left open ends with its paragraph."""
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
            if opened is not None and token.i - opened < 120:
                inside.update(range(opened + 1, token.i))
            opened = None
    return inside


@Language.component(
    "newsclaims_attribution", assigns=["doc._.reports", "doc._.quoted"], requires=["token.dep"]
)
def attribution(doc: Doc) -> Doc:
    """Set ``doc._.reports`` (reporting clauses, in text order) and ``doc._.quoted`` (quoted tokens)."""
    doc._.quoted = quoted_tokens(doc)
    cues = cues_of(doc)
    reports: list[Report] = []
    for sent in doc.sents:
        found = reports_of(sent, cues)
        if not found and reports and all(t.i in doc._.quoted or t.is_punct or t.is_space for t in sent):
            last = reports[-1]  # a quotation that goes on over several sentences
            if last.cue.sent.end == sent.start or last.end == sent.start:
                found = [Report(last.source, last.mention, last.cue, sent.start, sent.end)]
        reports.extend(found)
    doc._.reports = reports
    return doc


def report_on(token: Token) -> Report | None:
    """The innermost reporting clause that covers a token; "I" and "we" are credited as whoever is quoted."""
    covering = [r for r in token.doc._.reports if r.start <= token.i < r.end and r.cue.i != token.i]
    named = [r for r in covering if r.source is None or r.source.text.lower() not in FIRST_PERSON]
    return min(named, key=lambda r: r.end - r.start, default=None)


for _name in ("reports", "quoted"):
    Doc.set_extension(_name, default=None, force=True)
