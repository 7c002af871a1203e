"""Companions: people who share the fate of a slot's filler without being coordinated to it by the parse.

``list``     the others of a list of names with their jobs ("chairman A, director B and reporter C")
``members``  those named of a group ("nine engineers, including A and B"; "three partners: A, B and C"; "two directors,
             A and B,"; "52 people have gone, among them the reader A")
``with``     those who go along ("A left, along with B"; "A left, taking two colleagues with her"; "A left with her team")
``likewise`` those of whom the same is said in few words ("A resigned, as did B"; "A is out. So are B and C.")
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from newsclaims.claims.functions import coordinated
from newsclaims.language.mentions import GROUP, ORG, PERSON, PLACE, ROLE, Mention, Mentions

SHARED = frozenset(("move",))
"""Claim types of which companions share the fate: who leaves together leaves the same place, but a list of people may
hold jobs at many."""
LIST, MEMBERS, WITH, LIKEWISE = "list", "members", "with", "likewise"
SEPARATORS = frozenset((",", ";", "and", "&"))
CLOSERS = frozenset(("and", "&", ";"))
BETWEEN = frozenset(", ; and & the a an as its his her their of at for 's ’s former ex - ( ) also".split())
"""Words that may stand between the names of a list, beside titles, organisations, places and ages."""
OPENERS = frozenset(("including", "include", "among", ":", "–", "—", "notably"))
PARTITIVES = frozenset(("including", "among"))
"""Openers that name a group's members even behind the verb that tells what they did."""
PARTS = frozenset(("them", "those"))
JOINERS = frozenset(("along", "alongside", "together"))
TAKERS = frozenset(("take", "bring"))
LIKENESS = frozenset(("as", "so"))
REPEATERS = frozenset("am is are was were be do does did has have had will would".split())
REACH = 14
"""Tokens between two names of a list, or between the word that opens it and the first."""
FAR = 25
"""Tokens between a group and the word that opens the list of its members."""


def companions(people: list[Mention], trigger: Token, store: Mentions) -> list[tuple[Mention, str]]:
    """People to be added to those found, each with its relation to them; none twice."""
    found: dict[int, tuple[Mention, str]] = {}

    def add(mentions: list[Mention], relation: str) -> None:
        for mention in mentions:
            found.setdefault(mention.start, (mention, relation))

    for person in people:
        if person.label == GROUP:
            add(members(person, store), MEMBERS)
        elif (
            person.label == PERSON
            and not is_of_one(trigger)
            and found.get(person.start, (person, ""))[1] != LIST
        ):  # else of the same list
            add(listed(person, store), LIST)
    add(along(trigger, store), WITH)
    add(likewise(trigger, store), LIKEWISE)
    known = {m.start for m in people}
    return [pair for start, pair in found.items() if start not in known]


def is_of_one(verb: Token) -> bool:
    """Whether a verb tells of the last of a list alone: "Jane Orme and Tom Hale, *who is leaving*"."""
    finite = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    return verb.dep_ == "relcl" and any(t.tag_ == "VBZ" or t.lower_ == "was" for t in finite)


def listed(person: Mention, store: Mentions) -> list[Mention]:
    """The others of a list in which a name stands, a group that closes it ("A, B and six more") among them; none where no
    "and" closes it."""
    sent = person.root.sent
    names = [m for m in store.within(sent.start, sent.end, PERSON, GROUP) if m.source != "pronoun"]
    names = [m for m in names if m.label == PERSON or m.doc[m.start - 1].lower_ in CLOSERS]
    at = next((n for n, m in enumerate(names) if m.start == person.start), None)
    if at is None:
        return []
    first = last = at
    while first > 0 and separated(names[first - 1], names[first], store):
        first -= 1
    while last + 1 < len(names) and separated(names[last], names[last + 1], store):
        last += 1
    if first == last or not any(
        t.lower_ in CLOSERS for t in person.doc[names[first].end : names[last].start]
    ):
        return []
    return [m for n, m in enumerate(names[first : last + 1], first) if n != at]


def separated(left: Mention, right: Mention, store: Mentions) -> bool:
    """Whether two names follow each other in a list: a separator, titles, organisations, and nothing else but what is in
    brackets ("Jane Doe (tax), Tom Hale")."""
    words = outside_brackets(left.doc[left.end : right.start])
    if left.label == GROUP or len(words) > REACH or not any(t.lower_ in SEPARATORS for t in words):
        return False
    return all(
        t.lower_ in BETWEEN or t.like_num or t.pos_ == "ADJ" or store.at(t.i, ROLE, ORG, PLACE) is not None
        for t in words
    )


def outside_brackets(words: Span) -> list[Token]:
    """Words but for those between brackets that open and close among them."""
    texts = [word.text for word in words]
    if "(" not in texts or ")" not in texts:
        return list(words)
    first, last = texts.index("("), texts.index(")")
    return [*words[:first], *words[last + 1 :]] if first < last else list(words)


def members(group: Mention, store: Mentions) -> list[Mention]:
    """The names that a group is broken into: behind "including", "among them" or a colon, or before "among them"."""
    doc, end, openers = group.doc, group.root.sent.end, OPENERS
    for i in range(group.end, min(group.end + FAR, end)):
        if doc[i].lower_ in openers or (i == group.end and opens_apposition(doc[i], group)):
            first = store.at(i - 1, PERSON) if closes(doc, i, end) else first_of_list(i, end, store)
            if first is None:
                return []
            found = [first]
            found += [m for t in coordinated(first.root)[1:] if (m := store.at(t.i, PERSON)) is not None]
            return found + [m for m in listed(first, store) if m not in found]
        if doc[i].pos_ in ("VERB", "AUX"):
            openers = PARTITIVES
    return []


def opens_apposition(token: Token, group: Mention) -> bool:
    """Whether a comma stands between a group and the names of its members."""
    return token.text == "," and any(
        child.dep_ == "appos" and child.i > token.i for child in group.root.children
    )


def closes(doc: Doc, i: int, end: int) -> bool:
    """Whether "among them" ends a clause, and the names stand before it."""
    return doc[i + 1 : i + 2].text in PARTS and (i + 2 >= end or doc[i + 2].text in (".", ";", ","))


def first_of_list(i: int, end: int, store: Mentions) -> Mention | None:
    """The first name behind a word, with no verb between."""
    first = next(iter(store.within(i + 1, min(i + 1 + REACH, end), PERSON)), None)
    if first is None or any(t.pos_ in ("VERB", "AUX") for t in first.doc[i + 1 : first.start]):
        return None
    return first


def along(trigger: Token, store: Mentions) -> list[Mention]:
    """Those who go "along with" the ones that a verb is about, or whom these take with them."""
    out: list[Mention] = []
    sent = trigger.sent
    for i in range(max(sent.start, trigger.i - 25), min(sent.end, trigger.i + 25)):
        token = trigger.doc[i]
        if token.lower_ in JOINERS or (i > trigger.i and token.lemma_ in TAKERS and takes_along(token)):
            out += first_behind(i, sent.end, store)[:1]
    for child in trigger.children:
        if child.lower_ == "with":
            out += (m for t in child.children if (m := store.at(t.i, GROUP)) is not None)
    return out


def takes_along(verb: Token) -> bool:
    """Whether somebody is taken "with her", "with him", "with them"."""
    return any(
        child.lower_ == "with" and any(t.pos_ == "PRON" for t in child.children) for child in verb.children
    )


def likewise(trigger: Token, store: Mentions) -> list[Mention]:
    """Those of whom "as did", "as has" or, at the beginning of the next sentence, "So are" says the same."""
    doc, end = trigger.doc, trigger.sent.end
    for i in (*range(trigger.i + 1, end - 1), end):
        if i + 2 < len(doc) and doc[i].lower_ in LIKENESS and doc[i + 1].lower_ in REPEATERS:
            found = first_behind(i + 1, doc[i].sent.end, store)
            return found + [m for one in found if one.label == PERSON for m in listed(one, store)]
    return []


def first_behind(i: int, end: int, store: Mentions) -> list[Mention]:
    """The first person or group behind a word, and those coordinated to it, where no verb stands between."""
    after = [m for m in store.within(i + 1, min(i + REACH, end), PERSON, GROUP) if m.source != "pronoun"]
    if not after or any(t.pos_ in ("VERB", "AUX") for t in after[0].doc[i + 1 : after[0].start]):
        return []
    others = (store.at(t.i, PERSON, GROUP) for t in coordinated(after[0].root)[1:])
    return [after[0], *(m for m in others if m is not None)]
