"""Guesses: how an employer that only memory or nearness offers stands among the others that it could be.

A title and a name without an employer ("general counsel Jane Doe will double as") mean one organisation of the article:
the one that it has told most of so far, whose other people stand around, or that no rival outdoes where it counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsclaims.claims.context import Context, firing_of, key
from newsclaims.claims.frames import Frame
from newsclaims.claims.paths import LOOSE
from newsclaims.claims.standing import Standing
from newsclaims.language.mentions import Entity, Mention
from newsclaims.language.sentences import sentence_start
from newsclaims.scales import bucket

EMPLOYER = "employer"
TENTHS = 10
"""Parts in which shares are counted."""


def employer_features(
    employer: Mention, role: Mention | None, frame: Frame, context: Context
) -> Iterator[str]:
    """Names of the features that hold for a frame's employer: how its title suits it and, where it was guessed, how
    it stands among the others."""
    if employer.entity is None:
        return
    if role is not None:
        yield from title_features(role, context.standing.org_class(employer.entity))
    if frame.how.get(EMPLOYER, "").startswith(LOOSE):
        yield from guess_features(employer, frame, context)


def guess_features(employer: Mention, frame: Frame, context: Context) -> Iterator[str]:
    """Names of the features that hold for a guessed employer of a frame."""
    if employer.entity is None:
        return
    for name, value in (
        *so_far(employer.entity, frame, context.standing),
        *colleagues(employer, frame, context),
        *among_rivals(employer, frame, context),
    ):
        yield f"{EMPLOYER}.{name}={value}"


def title_features(title: Mention, kind: str) -> list[str]:
    """How a title is written and between what it stands ("*Boss* Jane Doe", "the *founder*, Jane Doe"), and at what kind of
    organisation it would be held."""
    doc, first = title.doc, title.span[0].text
    case = "upper" if title.text.isupper() else "title" if first[0].isupper() else "lower"
    out = [
        f"role.case={case}",
        f"role.begins={title.start == sentence_start(title.root)}",
        f"employer.kind.title={kind}&{doc[title.end - 1].lower_}",
    ]
    if title.start:
        out.append(f"role.behind={doc[title.start - 1].pos_}")
    if title.end < len(doc):
        after = doc[title.end]
        out.append(f"role.before={',' if after.text == ',' else after.pos_}")
    return out


def so_far(entity: Entity, frame: Frame, standing: Standing) -> Iterator[tuple[str, str]]:
    """How much the article has told of an organisation before a trigger, against the others."""
    mine, others, orgs = standing.told_before(entity, frame.trigger)
    yield "sofar", bucket(mine, (0, 1, 2, 4, 8))
    yield "sofar.lead", bucket(mine - others, (-5, -2, -1, 0, 1, 3, 6))
    yield "sofar.orgs", bucket(orgs, (0, 1, 2, 4, 8))


def colleagues(place: Mention, frame: Frame, context: Context) -> Iterator[tuple[str, str]]:
    """Whether those who are said around to be somewhere are there, and how many of all are."""
    me = key(frame.slots["person"]) if "person" in frame.slots else 0
    here = frame.trigger.i
    before, behind = context.nearest_placed(here, me)
    yield "last.staff", str(before[2] == key(place)) if before else "none"
    yield "next.staff", str(behind[2] == key(place)) if behind else "none"
    if before:
        yield "last.staff.near", f"{before[2] == key(place)}:{bucket(here - before[0], (15, 40, 100))}"
    staff, everybody = context.staff.get(key(place), set()), context.placed_people
    mine, total = len(staff) - (me in staff), len(everybody) - (me in everybody)
    yield "staff.share", bucket(TENTHS * mine / total, (0, 2, 4, 6, 9)) if total else "-"
    yield "staff.most", str(mine > 0 and len(staff) == context.most_staff)


def among_rivals(place: Mention, frame: Frame, context: Context) -> Iterator[tuple[str, str]]:
    """How an employer compares with those that other readings of the same words have."""
    standing, trigger, entity = context.standing, frame.trigger, place.entity
    assert entity is not None
    others: list[Mention] = []
    for other in context.by_firing[firing_of(frame)]:
        rival = other.slots.get(EMPLOYER)
        if rival is not None and rival.entity is not None and rival.entity is not entity:
            others.append(rival)
    times = [standing.times[id(rival.entity)] for rival in others]
    yield "rivals", str(min(len(others), 3))
    yield "rivals.lead", bucket(standing.times[id(entity)] - max(times, default=0), (-6, -3, -1, 0, 2, 5))
    if not others:
        return
    mine = dict(standing.evidence(entity, trigger))
    theirs = [dict(standing.evidence(rival.entity, trigger)) for rival in others if rival.entity]
    subject = any(evidence.get("before.subject") for evidence in theirs)
    yield "rivals.subject", f"{mine.get('before.subject')}:{subject}"
    nearest = min(float(evidence["nearer"]) for evidence in theirs)
    yield "rivals.nearest", str(float(mine["nearer"]) < nearest)
    start = sentence_start(trigger)
    inside = any(sentence_start(rival.root) == start for rival in others)
    yield "rivals.here", f"{sentence_start(place.root) == start}:{inside}"
    staff = max(len(context.staff.get(key(rival), ())) for rival in others)
    yield "rivals.staff", str(len(context.staff.get(key(place), ())) > staff)
    for kind in sorted({standing.org_class(rival.entity) for rival in others if rival.entity}):
        yield "rivals.kind", kind
