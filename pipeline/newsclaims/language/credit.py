"""Credit: which of the reporting clauses around it, if any, a statement is credited to.

A clause may report what it governs, a quotation, or the whole sentence, and the sentences around it when they are
quoted; what a relative clause adds is mostly the article's own. A fitted forest, grown by ``benchmarks/fit_credit.py`` on
annotated articles, gives each clause near a statement a probability from where both stand and what is said around them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from newsclaims.judges import Judge, read_judges
from newsclaims.language.attribution import Report
from newsclaims.language.mentions import Mention
from newsclaims.language.sentences import across, sentence, sentence_numbers
from newsclaims.language.surroundings import told, wording
from newsclaims.resources import lexicon

BACK, AHEAD = 2, 1
"""Sentences before and behind a statement whose reporting clauses may be meant."""
VERBS = ("VERB", "AUX")
CLAUSES = ("ccomp", "parataxis")
FINITE = ("VBD", "VBZ", "VBP", "MD")
SET_OFF = frozenset((",", '"', "-", "–", "—"))
"""Marks before a reporting clause that ends its sentence."""
OPENING = ("PRON", "ADV", "CCONJ", "SCONJ")
"""Parts of speech of a sentence's first word that tell how it goes on from the one before."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What may be credited to somebody: the token that it turns on, the claim type, and the person it is about."""

    place: Token
    kind: str
    person: Mention | None = None


class Credits:
    """The reporting clauses of one document, to choose from."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.sentence_of = sentence_numbers(doc)
        self.quoted: set[int] = doc._.quoted or set()
        self.reports: list[Report] = doc._.reports or []
        self._numbers = [self.sentence_of[report.cue.i] for report in self.reports]

    def choose(self, statements: Sequence[Statement]) -> list[Report | None]:
        """For each statement the likeliest reporting clause, or nothing where the article speaks for itself."""
        judge = fitted()
        offers = [self.near(statement) for statement in statements]
        rows = [self.features(s, r) for s, found in zip(statements, offers, strict=True) for r in found]
        scores = iter(judge.probabilities(rows))
        out: list[Report | None] = []
        for found in offers:
            judged = [(next(scores), report.cue.i, report) for report in found]
            best = max(judged, key=lambda j: j[:2], default=None)
            out.append(best[2] if best is not None and best[0] >= judge.threshold else None)
        return out

    def near(self, statement: Statement) -> list[Report]:
        """The reporting clauses in the sentence of a statement and around it."""
        here = self.sentence_of[statement.place.i]
        first, last = bisect_left(self._numbers, here - BACK), bisect_left(self._numbers, here + AHEAD + 1)
        return [r for r in self.reports[first:last] if r.cue.i != statement.place.i]

    def beside(self, number: int) -> list[Report]:
        """The reporting clauses in the sentence with a number."""
        first, last = bisect_left(self._numbers, number), bisect_left(self._numbers, number + 1)
        return self.reports[first:last]

    def features(self, statement: Statement, report: Report) -> list[str]:
        """Names of the features that hold for a reporting clause near a statement."""
        place, cue = statement.place, report.cue
        distance = self.sentence_of[place.i] - self.sentence_of[cue.i]
        own = self.beside(self.sentence_of[place.i])
        out = [
            f"distance={distance}",
            f"cue={cue.lemma_.lower()}",
            f"form={cue.tag_}",
            f"function={cue.dep_}",
            f"kind={statement.kind}",
            f"source={source_of(report)}",
            f"source.kind={kind_of(report)}",
            f"cue.kind={'asks' if cue.lemma_ in lexicon('asking_verbs') else cue.pos_}",
            f"clause={any(child.dep_ in CLAUSES for child in cue.children)}",
            f"tense={tense(place)}",
            f"quoted={place.i in self.quoted}:{distance}",
            f"reports={min(len(own), 3)}",
            f"first={bool(own) and own[0] is report}",
            f"negated={any(child.dep_ == 'neg' for child in cue.children)}",
            f"speaker={report.noun.lower_ in ('i', 'we')}",
            f"noun={report.noun.lower_}",
            f"stated={place.lemma_.lower()}",
            f"stated.as={place.dep_}",
            *wording("cue", self.doc, cue.i, cue.i + 1),
            *wording("stated", self.doc, place.i, place.i + 1),
            *told(self.doc, place.i),
        ]
        if statement.person is not None and report.mention is not None:
            same = report.mention.entity is not None and report.mention.entity is statement.person.entity
            out.append(f"of.oneself={same}")
        if distance == 0:
            return out + list(within(place, report, own))
        return out + list(self.across(place, report, own))

    def across(self, place: Token, report: Report, own: list[Report]) -> Iterator[str]:
        """How a statement stands to a reporting clause of another sentence."""
        start, end = sentence(place)
        first, last = sentence(report.cue)
        words = [t for t in self.doc[start:end] if not t.is_punct and not t.is_space]
        yield f"own={bool(own)}"
        yield f"all.quoted={all(t.i in self.quoted for t in words)}"
        yield f"report.quotes={any(i in self.quoted for i in range(first, last))}"
        yield f"last={self.beside(self.sentence_of[report.cue.i])[-1] is report}"
        yield f"page={across(self.doc, place.i, report.cue.i)}"
        yield f"again={self.again(report, self.sentence_of[place.i])}"
        opening = words[0] if words else None
        yield f"opening={opening.lower_ if opening is not None and opening.pos_ in OPENING else ''}"

    def again(self, report: Report, number: int) -> bool:
        """Whether the same source reports on the other side of the sentence with a number."""
        here = self.sentence_of[report.cue.i]
        other = self.beside(2 * number - here if abs(number - here) < BACK else number + 1)
        return any(speaker(o) == speaker(report) for o in other)


def speaker(report: Report) -> object:
    """What tells one source from another."""
    mention = report.mention
    if mention is not None and mention.entity is not None:
        return id(mention.entity)
    return report.noun.lemma_.lower()


def kind_of(report: Report) -> str:
    """What sort of thing a source is, whatever its word."""
    mention, noun = report.mention, report.noun.lemma_.lower()
    if mention is not None:
        return mention.label
    if noun in lexicon("documents"):
        return "document"
    if noun in lexicon("role_heads") or report.noun.lower_ in lexicon("people_nouns"):
        return "people"
    return "source" if noun in lexicon("source_nouns") else report.noun.pos_


def tense(place: Token) -> str:
    """How the verb of a statement's clause is put: past of what was said ("would", "had") is told by its auxiliaries."""
    verb = next((t for t in (place, *place.ancestors) if t.pos_ in VERBS), None)
    if verb is None:
        return ""
    return "+".join([*(c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")), verb.tag_])


def closes(report: Report) -> bool:
    """Whether a reporting clause that is set off ends its sentence: "..., a clerk said on Monday"."""
    cue, noun = report.cue, report.noun
    doc, end = cue.doc, sentence(cue)[1]
    start = min(noun.left_edge.i, cue.i)
    last = max(noun.right_edge.i if noun.i > cue.i else cue.i, cue.i)
    set_off = start > 0 and doc[start - 1].text in SET_OFF
    return set_off and not any(t.tag_ in FINITE or t.text == '"' for t in doc[last + 1 : end])


def source_of(report: Report) -> str:
    """What kind of thing a source is: the label of its name, or its noun."""
    mention = report.mention
    if mention is not None:
        return (
            f"{mention.label}.{mention.source}"
            if mention.source in ("pronoun", "description")
            else mention.label
        )
    return report.noun.pos_ if report.noun.pos_ == "PROPN" else report.noun.lemma_.lower()


def within(place: Token, report: Report, own: list[Report]) -> Iterator[str]:
    """How a statement stands to a reporting clause of its own sentence, in the tree and in the line."""
    cue, noun = report.cue, report.noun
    ancestors = list(place.ancestors)
    path = [place, *ancestors]
    before, governed = cue.i < place.i, cue in ancestors
    yield f"before={before}"
    yield f"governed={governed}:{before}"
    yield f"in.source={noun.left_edge.i <= place.i <= noun.right_edge.i}"
    yield f"ahead.of.source={place.i < noun.left_edge.i}"
    yield f"closes={closes(report)}:{place.i < min(cue.i, noun.left_edge.i)}"
    yield f"relative={any(t.dep_ == 'relcl' for t in path)}:{before}"
    if governed:
        path = path[: path.index(cue)]
        yield f"governed.as={path[-1].dep_}"
        yield f"path.relative={any(t.dep_ == 'relcl' for t in path)}"
        yield f"path.adverbial={any(t.dep_ in ('advcl', 'acl') for t in path)}"
        yield f"path.coordinated={any(t.dep_ == 'conj' and t.pos_ in VERBS for t in path[1:])}"
        yield f"depth={min(sum(t.pos_ in VERBS for t in path), 4)}"
        yield f"nested={min(sum(other.cue in path for other in own), 2)}"
    else:
        root = cue if cue.dep_ == "ROOT" else list(cue.ancestors)[-1]
        yield f"same.root={path[-1] == root}"
        yield f"other.governs={any(other.cue in ancestors for other in own if other is not report)}"
    first, last = sorted((cue.i, place.i))
    between = place.doc[first + 1 : last]
    yield f"gap={next((edge for edge in (3, 9, 19) if len(between) <= edge), 'far')}"
    yield f"commas={min(sum(t.text == ',' for t in between), 3)}"
    yield f"semicolon={any(t.text == ';' for t in between)}"
    yield f"quote={any(t.is_quote for t in between)}"
    yield f"dash={any(t.text in ('-', '–', '—', '(') for t in between)}"


@cache
def fitted() -> Judge:
    """What judges reporting clauses."""
    return read_judges("credit")["credit"]
