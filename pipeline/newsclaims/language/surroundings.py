"""What stands around something in its sentence, as fitted models read it: words by their place, and telling words.

A mention counts as one word, its label, so that what is learned of one name holds for others.
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from newsclaims.language.mentions import (
    DATE,
    GROUP,
    MONEY,
    ORG,
    OTHER,
    PERSON,
    PLACE,
    ROLE,
    Mention,
    mentions,
)
from newsclaims.language.sentences import SIGHT, sentence

NAMED = (PERSON, ORG, ROLE, PLACE, OTHER, GROUP, MONEY, DATE)
TELLING = ("NOUN", "VERB", "PROPN", "ADJ", "ADV")
"""Parts of speech whose words tell of a sentence's matter wherever they stand in it."""
REACH = 4
"""How many words to either side are told apart by their place."""
EDGE = "|"
"""Stands for the end of the sentence."""


def wording(name: str, doc: Doc, start: int, end: int) -> list[str]:
    """Features of the words beside a range of tokens, each with a name for what stands there; not to be changed."""
    known: dict[tuple[str, int, int], list[str]] = doc.user_data.setdefault("newsclaims_wording", {})
    key = (name, start, end)
    if key not in known:
        known[key] = find_wording(*key, doc)
    return known[key]


def find_wording(name: str, start: int, end: int, doc: Doc) -> list[str]:
    """What ``wording`` answers, when it is first asked."""
    first, last = sentence(doc[start])
    words, begun, ended = words_in(doc, first, last)
    before, behind = begun[start - first], ended[min(end, last) - first]
    left, right = words[max(before - REACH, 0) : before][::-1], words[behind : behind + REACH]
    out = [f"{name}.between={left[0] if left else EDGE} {right[0] if right else EDGE}"]
    for side, found in (("left", left), ("right", right)):
        for place, word in enumerate(found, 1):
            out += [f"{name}.{side}.{place}={word}", f"{name}.{side}={word}"]
        out.append(f"{name}.{side}.two={' '.join(found[:2])}")
    return out


Seen = tuple[str, Mention | None]
"""A token as it is read: its word in small letters, "" for white space, and the mention that it belongs to."""


def seen_in(doc: Doc, start: int, end: int) -> list[Seen]:
    """The tokens of a sentence as they are read, not to be changed."""
    known: dict[int, list[Seen]] = doc.user_data.setdefault("newsclaims_seen", {})
    if start not in known:
        store = mentions(doc)
        known[start] = [
            ("" if token.is_space else token.lower_, store.at(token.i, *NAMED)) for token in doc[start:end]
        ]
    return known[start]


Words = tuple[list[str], list[int], list[int]]
"""Words in small letters, for each mention once its label; and how many of them begin, and how many end, before each
token and before the end."""


def words_in(doc: Doc, start: int, end: int) -> Words:
    """The words of a sentence, not to be changed."""
    known: dict[int, Words] = doc.user_data.setdefault("newsclaims_words", {})
    if start not in known:
        words, begun, ended = known[start] = [], [], []
        before = None
        for word, mention in seen_in(doc, start, end):
            goes_on = mention is not None and mention is before
            begun.append(len(words))
            ended.append(len(words) - goes_on)
            if not goes_on and (read := word if mention is None else mention.label):
                words.append(read)
            before = mention
        begun.append(len(words))
        ended.append(len(words))
    return known[start]


def forget(doc: Doc) -> None:
    """Let the words of a document be read anew, since its mentions have changed."""
    for known in ("newsclaims_wording", "newsclaims_words", "newsclaims_seen", "newsclaims_told"):
        doc.user_data.pop(known, None)


def told(doc: Doc, i: int) -> list[str]:
    """Features of what the sentence of a token tells, in the order of its words, as far as they are in sight."""
    start, end = sentence(doc[i])
    known = doc.user_data.setdefault("newsclaims_told", {})
    if start not in known:
        pairs = zip(doc[start:end], seen_in(doc, start, end), strict=True)
        telling = [token for token, (_, mention) in pairs if mention is None and tells(token)]
        known[start] = [token.i for token in telling], [f"told={token.lemma_.lower()}" for token in telling]
    places, names = known[start]
    first, last = bisect_left(places, i - SIGHT), bisect_left(places, i + SIGHT)
    found: list[str] = names[first:last]
    return found


def tells(token: Token) -> bool:
    """Whether a word tells of a sentence's matter."""
    return token.pos_ in TELLING and not token.is_stop
