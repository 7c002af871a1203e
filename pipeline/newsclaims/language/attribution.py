"""Who is credited for what: "X said", "according to X", "sources close to X", and quotations."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from newsclaims.language.mentions import GROUP, ORG, OTHER, PERSON, Mention, mentions
from newsclaims.resources import lexicon

CLAUSAL = frozenset(("ccomp", "parataxis", "advcl", "conj", "xcomp", "relcl", "acl", "pcomp", "dobj", "pobj", "prep",
                     "attr", "oprd", "nsubj", "nsubjpass", "appos", "npadvmod", "dep", "compound", "nmod", "poss",
                     "amod", "agent", "dative", "quantmod", "nummod", "advmod", "acomp"))  # fmt: skip
NEVER_SOURCES = frozenset("it that which who this there what he she they".split())
ACCORDING = frozenset(("according",))


@dataclass(slots=True)
class Report:
    """A reporting clause: who, by which word, over which tokens it reports."""

    source: Span | None
    mention: Mention | None
    cue: Token
    start: int
    end: int


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
    return token.doc[start:end]


def reports_of(sent: Span) -> list[Report]:
    """The reporting clauses of a sentence."""
    doc, speech = sent.doc, lexicon("speech_verbs")
    store = mentions(doc)
    out: list[Report] = []
    for token in sent:
        if token.lower_ == "according" and token.i + 1 < sent.end and doc[token.i + 1].lower_ == "to":
            noun = next((g for c in token.children for g in c.children if g.dep_ == "pobj"), None)
            if noun is None:
                noun = next((c for c in token.children if c.dep_ == "pobj"), None)
            if noun is not None:
                out.append(report(noun, token, sent.start, sent.end))
        elif token.pos_ == "VERB" and token.lemma_ in speech:
            clause = [c for c in token.children if c.dep_ in ("ccomp", "parataxis", "xcomp")]
            subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
            if subject is None and token.dep_ == "conj" and token.head.pos_ == "VERB":
                subject = next((c for c in token.head.children if c.dep_ == "nsubj"), None)
            if subject is None or subject.lower_ in ("which", "who", "that"):
                continue
            if clause:
                spans = [(c.left_edge.i, c.right_edge.i + 1) for c in clause if c.dep_ != "xcomp"] or [
                    (c.left_edge.i, c.right_edge.i + 1) for c in clause
                ]
                out.append(report(subject, token, min(a for a, _ in spans), max(b for _, b in spans)))
            elif token.dep_ == "parataxis" or (
                token.dep_ in ("advcl", "ROOT", "ccomp") and token.lemma_ == "say"
            ):
                start = sent.start if subject.i < token.i or token.i > sent.start + 3 else token.i
                out.append(report(subject, token, start, sent.end))
            elif any(c.dep_ == "dobj" for c in token.children):
                out.append(report(subject, token, token.i + 1, token.right_edge.i + 1))
    return [r for r in out if r.mention is not None or r.source is not None] if store else out


def report(noun: Token, cue: Token, start: int, end: int) -> Report:
    mention = mentions(noun.doc).at(noun.i, PERSON, ORG, OTHER, GROUP)
    if mention is not None and mention.label == GROUP:
        mention = None
    return Report(None if mention else source_span(noun), mention, cue, start, end)


def quoted_tokens(doc: Doc) -> set[int]:
    """Indices of the tokens that stand inside quotation marks; a mark left open ends with its paragraph."""
    inside: set[int] = set()
    opened: int | None = None
    for token in doc:
        if token.text == '"':
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
    """Set ``doc._.reports`` (reporting clauses by sentence start) and ``doc._.quoted`` (quoted token indices)."""
    doc._.quoted = quoted_tokens(doc)
    reports: list[Report] = []
    for sent in doc.sents:
        found = reports_of(sent)
        if not found and reports and all(t.i in doc._.quoted or t.is_punct or t.is_space for t in sent):
            last = reports[-1]  # a quotation that goes on over several sentences
            if last.cue.sent.end == sent.start or last.end == sent.start:
                found = [Report(last.source, last.mention, last.cue, sent.start, sent.end)]
        reports.extend(found)
    doc._.reports = reports
    return doc


def report_on(token: Token) -> Report | None:
    """The innermost reporting clause that covers a token."""
    covering = [r for r in token.doc._.reports if r.start <= token.i < r.end and r.cue.i != token.i]
    return min(covering, key=lambda r: r.end - r.start, default=None)


for _name in ("reports", "quoted"):
    Doc.set_extension(_name, default=None, force=True)
