"""What a sentence says of things to come or in doubt around a figure: which words of ``modality.toml`` stand near it, and
how the verb of its clause is put. A forecast often says so far from the figure ("raised its guidance … to $5m")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from newsclaims.language.modality import PLANNED, cues, tells_an_end
from newsclaims.language.sentences import in_sight
from newsclaims.scales import bucket

EDGES = (2, 5, 10)
"""Edges of the distance between a figure and a word, in tokens."""
PARTS = ("governors", "nouns", "adverbs", "subjects")
VERBAL = ("VERB", "AUX", "ADJ")


@cache
def foretelling() -> dict[str, str]:
    """The first word of each phrase that makes something less than certain -> the strongest level that it gives."""
    return {
        phrase.split()[0]: level
        for level, words in reversed(cues().items())
        for part in PARTS
        for phrase in words.get(part, ())
    }


def outlook(figure: Span) -> Iterator[str]:
    """Features: which words around a figure foretell, doubt or refuse, on which side and how near; and its clause."""
    start, end = in_sight(figure)
    known, ahead = foretelling(), cues()[PLANNED]["ahead"]
    nearest: dict[str, int] = {}
    for token in (*figure.doc[start : figure.start], *figure.doc[figure.end : end]):
        before = token.i < figure.start
        side = "before" if before else "behind"
        lemma = token.lemma_.lower()
        if lemma in known and not tells_an_end(token):
            place = f"{known[lemma]}:{side}"
            distance = figure.start - token.i if before else token.i - figure.end
            nearest[place] = min(distance, nearest.get(place, distance))
            yield f"foretells={lemma}:{side}"
        elif token.lower_ in ahead and token.pos_ != "VERB":
            yield f"time.ahead={token.lower_}:{side}"
    yield from (f"foretold={place}:{bucket(distance, EDGES)}" for place, distance in nearest.items())
    yield from clause(figure.root)


def clause(token: Token) -> Iterator[str]:
    """The verb of the clause in which a token stands, its form and its auxiliaries."""
    verb = next((t for t in token.ancestors if t.pos_ in VERBAL), None)
    if verb is not None:
        helping = sorted(c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass"))
        yield f"clause={verb.tag_}:{'+'.join(helping)}"
        yield f"clause.verb={verb.lemma_.lower()}"
        yield from (f"clause.verb={verb.lemma_.lower()} {c.lower_}" for c in verb.children if c.dep_ == "prt")
