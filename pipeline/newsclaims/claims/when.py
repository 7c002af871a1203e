"""When: which date of its sentence a claim's trigger is told of.

The nearest date often belongs to another verb ("said on Thursday that he would leave in May"), and the parser hangs many
on the noun before ("quit his post on 24 November"). A fitted model judges each date of
the sentence by how it hangs together with the trigger.
"""

from __future__ import annotations

from spacy.tokens import Token

from newsclaims.claims.confidence import slot_judges
from newsclaims.claims.features import dependency_path
from newsclaims.claims.frames import Frame
from newsclaims.language.dates import says_when
from newsclaims.language.mentions import DATE, Mention, Mentions
from newsclaims.language.sentences import sentence
from newsclaims.scales import bucket

GOVERNED = frozenset(("xcomp", "advcl"))
"""How a verb hangs on another whose date is its own: "leaves in May to become chairman"."""
FAR = 6
"""Arcs of a path from a date to a trigger that are told apart."""


def told(frame: Frame, store: Mentions) -> Mention | None:
    """The date at which a frame is told to be true, if its sentence tells one."""
    dates = candidates(frame, store)
    if not dates:
        return None
    own, judge = date_of(frame.trigger, store), slot_judges().get(name_of(frame))
    if judge is None:
        return own if own in dates else None
    said = judge.probabilities([date_features(frame, date, dates, own) for date in dates])
    likeliest = said.index(max(said))
    return dates[likeliest] if said[likeliest] >= judge.threshold else None


def name_of(frame: Frame) -> str:
    """The name of the model that judges dates for a frame."""
    return f"{frame.rule.type}.when"


def candidates(frame: Frame, store: Mentions) -> list[Mention]:
    """The dates of the trigger's sentence that say when and fill no other slot."""
    dates = store.within(*sentence(frame.trigger), DATE)
    taken = list(frame.slots.values())
    return [d for d in dates if says_when(d) and not any(d.start < m.end and m.start < d.end for m in taken)]


def date_features(frame: Frame, date: Mention, dates: list[Mention], own: Mention | None) -> list[str]:
    """Names of the features that hold for one of the dates of a frame, of which the tree hangs ``own`` on the trigger."""
    trigger, root, doc = frame.trigger, date.root, frame.trigger.doc
    first, last = sorted((root.i, trigger.i))
    side = "behind" if root.i > trigger.i else "before"
    verb = governor(root)
    between = doc[first + 1 : last]
    nearest = min(dates, key=lambda d: abs(d.start - trigger.i))
    preposition = f"preposition={root.head.lower_ if root.dep_ == 'pobj' else root.dep_}"
    governed = (
        f"governed={'trigger' if verb == trigger else 'above' if verb in trigger.ancestors else 'other'}"
    )
    tree = f"tree={date is own}"
    gap = f"gap={side}:{bucket(last - first, (2, 4, 8, 14, 22))}"
    verbs = f"verbs={bucket(sum(t.pos_ == 'VERB' for t in between), (0, 1, 2))}"
    return [
        *(preposition, governed, tree, gap, verbs),
        *(f"{tree}:{governed}", f"{gap}:{verbs}", f"{tree}:{preposition}"),
        f"path={dependency_path(root, trigger, FAR)}",
        f"governor={verb.lemma_}",
        f"order={side}",
        f"commas={bucket(sum(t.text == ',' for t in doc[first:last]), (0, 1, 2))}",
        f"dates={bucket(len(dates), (1, 2, 3))}",
        f"nearest={nearest is date}",
        f"word={root.lower_}",
        f"shape={root.shape_}",
        f"before={doc[date.start - 1].lower_ if date.start else ''}",
        f"rule={frame.rule.id}",
    ]


def governor(token: Token) -> Token:
    """The verb that governs a token, or the root of its sentence."""
    here = token.head
    while here.pos_ not in ("VERB", "AUX") and here.head != here:
        here = here.head
    return here


def date_of(trigger: Token, store: Mentions) -> Mention | None:
    """The date that the tree hangs on the trigger: bare, or behind a preposition, in its own clause."""
    inside = [date for date in store.within(*sentence(trigger), DATE) if says_when(date)]
    best: tuple[int, Mention] | None = None
    for mention in inside:
        here, steps = mention.root, 0
        while here != trigger and here.head != here and steps < 4:
            if here.pos_ == "VERB" and here != mention.root:
                break
            here, steps = here.head, steps + 1
        if here == trigger and (best is None or steps < best[0]):
            best = (steps, mention)
    if best is None and trigger.pos_ == "NOUN" and trigger.head.pos_ == "VERB":
        return date_of(trigger.head, store)
    if best is None and trigger.dep_ in GOVERNED and trigger.head.pos_ == "VERB":
        return date_of(trigger.head, store)
    return best[1] if best else None
