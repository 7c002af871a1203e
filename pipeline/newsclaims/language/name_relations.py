"""How the names of an article stand to each other, and what that says of their labels.

Who is listed with a person is a person ("Jane Doe and Sinclair"), what is short for a firm is that firm ("Acme" beside
"Acme Holdings", "HMA" beside "Halden Makers' Association"). So each name is labelled a second time, among the others
as they were labelled by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from newsclaims.judges import log_odds
from newsclaims.language.aliases import initials
from newsclaims.language.name_candidates import key_of
from newsclaims.language.recognised import Candidate
from newsclaims.scales import Scale

BETWEEN = 3
"""Words that may stand between two names that stand beside each other."""
OWN = Scale((-4, -2.5, -1.5, -0.8, -0.3, 0.3, 0.8, 1.5, 2.5, 4))
"""Of the log-odds of a name's own labels."""
ODDS = Scale((-1.5, 0, 1.5, 3))
"""Of those of other names."""

Relations = dict[str, set[tuple[str, str]]]
"""Key of a name -> how it stands to others: the relation, and the other's key."""


def relations(doc: Doc, found: Sequence[Candidate]) -> Relations:
    """How the names of a document, in text order, stand to each other."""
    keys = [key_of(doc[c.start : c.end].text) for c in found]
    out: Relations = {key: set() for key in keys}
    pairs = [*beside(doc, found, keys), *shortened(out)]
    for key, relation, back, other in pairs:
        out[key].add((relation, other))
        out[other].add((back, key))
    return out


Pair = tuple[str, str, str, str]
"""A name, how it stands to another, how that stands to it, and the other."""


def beside(doc: Doc, found: Sequence[Candidate], keys: Sequence[str]) -> Iterator[Pair]:
    """Names with few words between them."""
    for (one, key), (next_one, other) in pairwise(zip(found, keys, strict=True)):
        between = [t.lower_ for t in doc[one.end : next_one.start] if not t.is_space]
        if key != other and one.end <= next_one.start and len(between) <= BETWEEN:
            words = " ".join(between)
            yield key, f"next:{words}", f"previous:{words}", other


def shortened(keys: Mapping[str, object]) -> Iterator[Pair]:
    """Names that are the first or the last words, or the first letters, of longer ones."""
    for key in keys:
        words = key.split()
        for n in range(1, len(words)):
            if (first := " ".join(words[:n])) in keys:
                yield first, "begins", "begun by", key
            if (last := " ".join(words[n:])) in keys:
                yield last, "ends", "ended by", key
        if len(words) > 1:
            yield from (
                (short, "stands for", "shortened to", key) for short in initials(words) if short in keys
            )


def among(key: str, related: Relations, said: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Names of the features that hold for a name among others.

    Args:
        key: the name.
        related: how the names stand to each other.
        said: key of each name -> label -> its probability by itself.
    """
    out: list[str] = []
    for label, share in said[key].items():
        out += OWN.passed(f"own.{label}", log_odds(share))
    most: dict[str, float] = {}
    for relation, other in sorted(related[key]):  # in one order, so that sums of weights come out the same
        for label, share in said[other].items():
            name = f"{relation}.{label}"
            most[name] = max(most.get(name, 0.0), share)
    for name, share in most.items():
        out += ODDS.passed(name, log_odds(share))
    return out
