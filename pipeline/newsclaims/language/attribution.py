"""Who is credited for what: "X said", "according to X", "sources close to X", and quotations."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from newsclaims.language.carried import add_extension
from newsclaims.language.mentions import ORG, OTHER, PERSON, Mention, mentions
from newsclaims.language.modality import HEDGED
from newsclaims.language.modality import cues as words_of_doubt
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
TO_HEARERS = frozenset(("ask", "assure", "brief", "tell"))
"""Verbs behind which stands who is told something, and not who tells it."""
FINITE = ("VBD", "VBP", "VBZ")
SHOW = frozenset(("show", "shows"))
"""What is taken for a noun where it ends a clause: "a filing shows"."""
DOING = frozenset(("add", "find", "hear", "recall", "show", "write"))
"""What says nothing with an object alone, but of what tells in writing: "added £2m", "found a wallet"."""
ANSWERING = frozenset(("counter", "reply", "respond", "retort"))
"""What says nothing with what was done in answer: "countered with £40m"."""
TOLD_BY = frozenset(
    "allege announce calculate claim confirm disclose estimate forecast predict project report reveal value".split()
)
"""What is told by whoever "by" stands before: "as first reported by The Courier"."""
BRACKETS = frozenset("<>")
ASTRAY = ("appos", "dobj", "conj", "dep", "npadvmod", "nmod", "compound")
"""Functions that the parser gives to the name of who says something where it took another word for it."""
RELATIVES = ("WP", "WDT")
"""Tags of "what" in "what one banker calls"."""
NOMINAL = ("NOUN", "PROPN", "NUM", "PRON")
OPENING = ("DET", "PRON", "ADJ", *NOMINAL)
LONGEST_SOURCE = 10
"""Tokens of a source that the parser did not see."""
SET_OFF = frozenset((",", '"', "-", "–", "—", ":"))
"""Marks before a reporting clause that is set within another."""
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
        noun = behind_preposition(cue)
        if noun is not None and (cue.lower_ == "according" or may_be_source(noun)):
            return report(noun, cue)
    elif cue.pos_ == "VERB" and (
        cue.lemma_ in lexicon("speech_verbs") or cue.lemma_ in lexicon("asking_verbs")
    ):
        return spoken(cue)
    return set_within(cue) if cue.pos_ in NOMINAL else None


def spoken(verb: Token) -> Report | None:
    """The reporting clause of a verb of saying."""
    if is_hearsay(verb) or is_no_saying(verb):
        return None
    if (
        verb.tag_ == "VBN"
        and verb.lemma_ in TOLD_BY
        and (teller := behind_preposition(verb, "agent")) is not None
    ):
        return report(teller, verb)
    noun = subject_of(verb)
    if noun is None:
        return behind_participle(verb) or set_within(verb) or turned(verb) or beside_cue(verb)
    if verb.head.dep_ == "relcl" and (report_around := set_within(verb)):
        return report_around
    if verb.lemma_ == "say" and noun.i < verb.i and (report_turned := turned(verb)):
        return report_turned
    if (noun.head != verb or noun.pos_ == "VERB") and (report_behind := behind_participle(verb)):
        return report_behind
    if noun.lower_ == "who" and verb.dep_ == "relcl":
        return report(verb.head, verb, noun)
    if verb.lemma_ == "value" and (
        noun.lower_ == "it" or not (is_named(noun) or noun.pos_ == "PRON" or tells(noun))
    ):
        return None  # "the deal values Acme at $5m"
    if verb.lemma_ in DOING and not in_writing(noun) and does(verb):
        return None
    alone = noun.lower_ == "one" and not any(noun.children)
    return None if alone or noun.lower_ in NO_SOURCES else report(noun, verb)


def behind_preposition(word: Token, function: str | None = None) -> Token | None:
    """The noun behind a preposition, or behind one with a function among the words that hang on a word ("as reported by
    The Courier")."""
    prepositions = [c for c in word.children if c.dep_ == function] if function else [word, *word.children]
    return next((t for c in prepositions for t in c.children if t.dep_ == "pobj"), None)


def is_hearsay(verb: Token) -> bool:
    """Whether a verb says what others say of its subject: "Jane Doe, said to be joining Acme", "it is understood"."""
    if verb.tag_ not in ("VBN", "VBD") or verb.lemma_ not in words_of_doubt()[HEDGED]["passive_reports"]:
        return False
    if any(c.lower_ == "it" for c in verb.lefts) and any(c.lemma_ == "be" for c in verb.lefts):
        return True
    behind = verb.doc[verb.i + 1 : verb.i + 3]
    return len(behind) == 2 and behind[0].tag_ == "TO" and behind[1].tag_ == "VB"


def is_no_saying(verb: Token) -> bool:
    """Whether a verb of saying says nothing here: "said no to the offer", "put her name to a contract", "countered with
    £40m"."""
    if verb.lemma_ == "say":
        return verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in ("yes", "no")
    if verb.lemma_ == "put":
        return not any(t.lower_ == "at" for c in verb.children for t in (c, *c.children) if t.i > verb.i)
    if verb.lemma_ in ANSWERING:
        return not has_clause(verb) and any(c.lower_ == "with" for c in verb.rights)
    return False


def does(verb: Token) -> bool:
    """Whether a verb has an object and no clause."""
    return not has_clause(verb) and any(c.dep_ in ("dobj", "npadvmod") for c in verb.rights)


def has_clause(verb: Token) -> bool:
    return any(c.dep_ in ("ccomp", "xcomp", "parataxis") for c in verb.children)


def may_be_source(noun: Token) -> bool:
    """Whether the noun behind "per" is somebody or a document, and not a unit ("per share", "per person")."""
    counted = noun.tag_ == "NNS" or any(c.dep_ in ("det", "nummod", "poss") for c in noun.children)
    if noun.head.i and noun.head.nbor(-1).text == "," and mentions(noun.doc).at(noun.i, OTHER) is not None:
        return True
    return is_named(noun) or (counted and (noun.pos_ == "PROPN" or tells(noun)))


def is_named(noun: Token) -> bool:
    """Whether a noun names or stands for a person or an organisation."""
    return mentions(noun.doc).at(noun.i, PERSON, ORG) is not None


def in_writing(noun: Token) -> bool:
    """Whether a noun stands for what tells something in writing, or by what it found: "a survey", "a set of accounts"."""
    kinds = lexicon("documents") | lexicon("source_nouns")
    whole = (t for c in noun.rights if c.lower_ == "of" for t in c.children)
    return any(t.lemma_.lower() in kinds for t in (noun, *whole))


def tells(noun: Token) -> bool:
    """Whether a noun stands for people or a document, which can tell something."""
    kinds = lexicon("people_nouns") | lexicon("source_nouns") | lexicon("documents") | lexicon("role_heads")
    return noun.lemma_.lower() in kinds


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
    if any(c.text in BRACKETS for c in subjects):
        return in_brackets(subjects)
    if not subjects and verb.lower_ == "told":
        subjects = [c for c in verb.children if c.dep_ == "nsubjpass" and c.lemma_ in HEARERS]
    return min(subjects, key=lambda t: abs(t.i - verb.i), default=None)


def in_brackets(subjects: list[Token]) -> Token | None:
    """The name among subjects of which one is the mark around it: "<Acme Corp> said", "Acme Corp <ACM> said"."""
    first = subjects[0]
    if first.text == "<" and first.i + 1 < len(first.doc):
        inside = mentions(first.doc).at(first.i + 1, PERSON, ORG)
        return inside.root if inside is not None else first.nbor()
    if first.text == ">":
        inside = mentions(first.doc).at(first.i - 1, PERSON, ORG)
        return inside.root if inside is not None else None
    return first


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


def set_within(cue: Token) -> Report | None:
    """The report of a clause that is set within a sentence, or ends it, whose subject the parser lost: "people briefed on
    the matter said", "his agent, Jane Doe, said", "a filing shows", "bankers at Acme reckon"."""
    doc, (start, end) = cue.doc, sentence(cue)
    if cue.i + 1 < end and not (doc[cue.i + 1].is_punct or doc[cue.i + 1].is_space):
        return None
    mark = next((i for i in range(cue.i - 1, start, -1) if doc[i].text in SET_OFF), None)
    if mark is None or doc[mark].text == '"':
        return None
    if mark == cue.i - 1:
        named = mentions(doc).at(mark - 1, PERSON) if cue.pos_ == "VERB" else None
        return Report(None, named, cue, named.root) if named is not None else None
    words = doc[mark + 1 : cue.i]
    head = head_of(words)
    if head is None or (cue.pos_ != "VERB" and not agrees(cue, head)):
        return None
    named = mentions(doc).at(head.i, PERSON, ORG)
    return Report(None if named else words, named, cue, head)


def turned(cue: Token) -> Report | None:
    """The report of a clause whose subject stands behind its verb and was lost there: ", say friends, but", "said the
    receiver of the slate works, Jane Doe"."""
    doc, (start, end) = cue.doc, sentence(cue)
    if (
        cue.i == start
        or doc[cue.i - 1].text not in SET_OFF
        or cue.tag_ not in FINITE
        or cue.lemma_ in TO_HEARERS
    ):
        return None
    last = next((i for i in range(cue.i + 1, end) if doc[i].is_punct or doc[i].is_space), end)
    words = doc[cue.i + 1 : last]
    head = head_of(words)
    clause = any(t.tag_ in FINITE or t.tag_ == "MD" for t in words[:-1])
    if clause or (len(words) > 1 and words[0].pos_ == "PRON"):  # what is said, and not who says it
        return None
    if head is None or not (is_named(head) or tells(head) or (cue.lemma_ == "say" and head.tag_ == "NNS")):
        return None
    store = mentions(doc)
    named = store.at(head.i, PERSON, ORG)
    if named is None and last + 1 < end and doc[last].text == ",":
        named = store.at(last + 1, PERSON)
    return Report(None if named else words, named, cue, head)


def head_of(words: Span) -> Token | None:
    """The head of the few words of a source: the last noun of its first run of nouns."""
    if not 0 < len(words) <= LONGEST_SOURCE or words[0].pos_ not in OPENING:
        return None
    behind = [*words[1:], None]
    pairs = zip(words, behind, strict=True)
    return next((t for t, b in pairs if t.pos_ in NOMINAL and (b is None or b.pos_ not in NOMINAL)), None)


def agrees(cue: Token, head: Token) -> bool:
    """Whether a word taken for a noun is the verb of what stands before it: "a filing shows", "analysts estimate"."""
    if cue.lower_ in SHOW:
        return head.lemma_ in lexicon("documents")
    return head.tag_ == "NNS" and tells(head) and cue.lower_ in lexicon("speech_verbs")


def beside_cue(cue: Token) -> Report | None:
    """The report of a verb whose subject the parser hung elsewhere: the name right before it, with or without a comma
    ("her agent, Jane Doe, said that"), or an article with a noun taken for an adjective ("the accused denies")."""
    doc, start = cue.doc, sentence(cue)[0]
    last = cue.i - 1
    while last > start and (doc[last].pos_ == "ADV" or doc[last].text == ","):
        last -= 1
    if doc[last].text == ")" and last - start > 3 and doc[last - 3].text == ">":  # "<Acme Corp> (ACME) said"
        last -= 3
    if doc[last].text == ">":
        named = mentions(doc).at(last - 1, PERSON, ORG, OTHER)
        return Report(None, named, cue, named.root) if named is not None else None
    named = mentions(doc).at(last, PERSON, ORG) if last >= start else None
    if named is not None and named.end == last + 1 and named.root.dep_ in ASTRAY:
        return Report(None, named, cue, named.root)
    before = doc[max(cue.i - 2, start) : cue.i]
    if len(before) == 2 and before[0].tag_ == "DT" and before[1].tag_ == "JJ" and before[1].head == cue:
        return Report(before, None, cue, before[1])
    return None


def report(noun: Token, cue: Token, subject: Token | None = None) -> Report:
    """A report credited to the name that the noun is, or that stands in apposition to it; ``subject`` is the pronoun that
    stands for the noun in the clause."""
    store = mentions(noun.doc)
    mention = store.at(noun.i, PERSON, ORG, OTHER)
    if mention is None and noun.pos_ != "PROPN":
        named = (store.at(c.i, PERSON, ORG, OTHER) for c in noun.children if c.dep_ == "appos")
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
