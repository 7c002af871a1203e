"""Several people and several places of one firing, of which each has its own: "A from Acme and B from Globex", "A and B
from Acme and Globex respectively"."""

from __future__ import annotations

from collections.abc import Sequence

from newsclaims.language.mentions import PERSON, Mention, mentions
from newsclaims.language.sentences import sentence

RESPECTIVELY = "respectively"


def dealt(people: Sequence[Mention], places: Sequence[Mention]) -> list[tuple[Mention, Mention]] | None:
    """Which of some places belongs to which of some people, where the sentence tells: each has its own person named
    before it, or "respectively" says so. Nothing where all the places are everybody's."""
    places = [place for place in places if place.label != PERSON] or list(places)
    if len(places) == 1:
        return None
    if len(people) == len(places) and says_so(places[-1]):
        return list(zip(people, places, strict=True))
    owners = [named_before(place) for place in places]
    known = [owner for owner in owners if owner is not None]
    if len({id(owner) for owner in known}) < len(places):
        return None
    return [(owner, place) for owner, place in zip(known, places, strict=True) if owner in people]


def says_so(last: Mention) -> bool:
    """Whether "respectively" stands in the sentence of a mention."""
    start, end = sentence(last.root)
    return any(token.lower_ == RESPECTIVELY for token in last.doc[start:end])


def named_before(place: Mention) -> Mention | None:
    """The person named last before a place in its sentence."""
    start, _ = sentence(place.root)
    return next(reversed(mentions(place.doc).within(start, place.start, PERSON)), None)
