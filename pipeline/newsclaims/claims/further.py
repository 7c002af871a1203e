"""Further posts: of several titles that are joined and each tell where they are held, all but the first ("chairman *of
Acme*, a director *of Globex* and a trustee *of the Harrow Fund*")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsclaims.language.mentions import ORG, PERSON, ROLE, Mention, Mentions
from newsclaims.language.sentences import sentence
from newsclaims.language.title_heads import is_plural

POSTS = (("role", "employer"), ("role", "destination"), ("former_role", "origin"))
"""Slots of a title, and of the place where it is held."""
HELD = frozenset(("of", "at", "with", "for", "to"))
"""What leads from a title to its place."""
JOINING = frozenset((",", ";", "and", "&"))
BETWEEN = frozenset("a an the its as also later then".split())
"""Words that may stand before the next title, or before a place."""
NEAR = 3
"""Tokens between the preposition and the place: "of the Dutch bank Acme"."""


def further_posts(slots: Mapping[str, Mention], store: Mentions) -> Iterator[dict[str, Mention]]:
    """What the slots of a frame become with each further post that its sentence tells behind the one it has."""
    for title, place in POSTS:
        if title in slots and place in slots and place_of(slots[title], store) is slots[place]:
            here: tuple[Mention, Mention] | None = (slots[title], slots[place])
            while here is not None and (here := next_post(here[1], store)) is not None:
                yield {**slots, title: here[0], place: here[1]}


def is_crossed(slots: Mapping[str, Mention], store: Mentions) -> bool:
    """Whether a title is given the place of a further one, though it has its own."""
    for title, place in POSTS:
        if title in slots and place in slots:
            own = place_of(slots[title], store)
            post = next_post(own, store) if own is not None else None
            while post is not None:
                if post[1] is slots[place]:
                    return True
                post = next_post(post[1], store)
    return False


def is_of_last(slots: Mapping[str, Mention], store: Mentions) -> bool:
    """Whether a title behind a list of people is of the last one alone, and so not of the person: "*Jane Orme* and Tom Hale,
    *chairman* of Acme"."""
    person, title = slots.get("person"), slots.get("role")
    if person is None or title is None:
        return False
    between = store.within(person.end, title.start, PERSON)
    listed = any(other.source != "pronoun" for other in between)
    return listed and not any(is_plural(token) or token.lower_ == "and" for token in title.span)


def place_of(title: Mention, store: Mentions) -> Mention | None:
    """The organisation right behind a title and its preposition."""
    doc, i = title.doc, title.end
    if i >= len(doc) or doc[i].lower_ not in HELD:
        return None
    for start in range(i + 1, min(i + 2 + NEAR, sentence(title.root)[1])):
        for mention in store.starting(start):
            if mention.label == ORG:
                named = (m for m in store.starting(mention.end) if m.label == ORG)
                return next(named, mention)  # "of the Dutch bank Acme"
            if mention.label in (ROLE, PERSON):
                return None
        if doc[start].pos_ in ("VERB", "AUX") or doc[start].is_punct:
            return None
    return None


def next_post(place: Mention, store: Mentions) -> tuple[Mention, Mention] | None:
    """The title that is joined to a post, named last by its place, and the place of that title."""
    doc, i = place.doc, place.end
    joined = False
    while i < len(doc) and (doc[i].lower_ in JOINING or (joined and doc[i].lower_ in BETWEEN)):
        joined, i = True, i + 1
    title = next((m for m in store.starting(i) if m.label == ROLE), None) if joined else None
    if title is None or title.end > sentence(place.root)[1]:
        return None
    own = place_of(title, store)
    return (title, own) if own is not None and not before_name(own, store) else None


def before_name(place: Mention, store: Mentions) -> bool:
    """Whether a name follows a place, whose title it then is: "and director of Globex Tom Hale"."""
    behind = place.end + (place.doc[place.end : place.end + 1].text == ",")
    return any(m.label == PERSON for m in store.starting(behind))
