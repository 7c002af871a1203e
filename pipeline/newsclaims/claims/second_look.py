"""The second look: a frame among the other frames of its document, each as it was judged by itself.

That somebody works at Acme is likelier when another sentence surely says so, and less likely when a surer one has the
same title at Borel; a job is no employment where the person surely leaves it. Each number, mostly log-odds, becomes
features by the edges that it passes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from newsclaims.claims.context import firing_of, inferred, key
from newsclaims.claims.extract import PLACES, Frame
from newsclaims.judges import probability
from newsclaims.language.sentences import sentence_start
from newsclaims.scales import Scale

LIKELY = (0, 0.2, 0.4, 0.7, 1, 1.3, 1.7, 2.1, 2.6, 3.2, 4, 5)
OWN = Scale((*(-edge for edge in reversed(LIKELY[1:])), *LIKELY))
"""Of a frame's own log-odds."""
ODDS = Scale((-6, -4, -3, -2, -1.3, -0.6, 0, 0.6, 1.3, 2, 3))
"""Of those of other frames."""
PART, EXPECTED = Scale((0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)), Scale((0.3, 1, 2, 4, 8))
"""Of the share of frames of a type that are likely right, and of how many are expected to be."""
MANY, FEW = Scale((5, 15, 40, 80, 150, 300)), Scale((0, 1, 2, 3))
"""Of words and frames, and of small numbers."""


@dataclass(slots=True)
class Look:
    """What of a frame counts when it is seen among the others of its document.

    Attributes:
        firing: see ``firing_of``.
        places: the key of what fills each place.
        sentence: where its sentence begins.
        odds: how likely it is by itself, in log-odds.
    """

    kind: str
    rule: str
    trigger: int
    firing: tuple[int, int]
    person: int
    places: Mapping[str, int]
    role: int
    sentence: int
    guess: bool
    odds: float = 0.0


def look(frame: Frame, odds: float = 0.0) -> Look:
    """What counts of a frame."""
    person, role = frame.slots.get("person"), frame.slots.get("role")
    return Look(
        kind=frame.rule.type,
        rule=frame.rule.id,
        trigger=frame.trigger.i,
        firing=firing_of(frame),
        person=key(person) if person is not None else 0,
        places={slot: key(frame.slots[slot]) for slot in PLACES if slot in frame.slots},
        role=id(role) if role is not None else 0,
        sentence=sentence_start(frame.trigger),
        guess=inferred(frame),
        odds=odds,
    )


def second_look(looks: Sequence[Look]) -> list[list[str]]:
    """Names of the features that hold for each frame of a document among all of them."""
    among = Among(looks)
    return [among.features(mine) for mine in looks]


Said = tuple[str, ...]
"""What another frame says of one, in a few words."""


class Among:
    """The frames of one document by what they have in common."""

    def __init__(self, looks: Sequence[Look]) -> None:
        self.size = len(looks)
        self.chance = {id(one): probability(one.odds) for one in looks}
        self.by_firing: dict[tuple[int, int], list[Look]] = defaultdict(list)
        self.by_person: dict[int, list[Look]] = defaultdict(list)
        self.by_role: dict[int, list[Look]] = defaultdict(list)
        self.by_turn: dict[tuple[str, int], list[Look]] = defaultdict(list)
        self.by_place: dict[int, list[Look]] = defaultdict(list)
        self.expected: dict[str, float] = defaultdict(float)
        for one in looks:
            self.by_firing[one.firing].append(one)
            self.by_person[one.person].append(one)
            self.by_turn[one.rule, one.trigger].append(one)
            self.expected[one.kind] += self.chance[id(one)]
            if one.role:
                self.by_role[one.role].append(one)
            for place in set(one.places.values()):
                self.by_place[place].append(one)

    def features(self, mine: Look) -> list[str]:
        """Names of the features that hold for a frame."""
        rivals = [other for other in self.by_firing[mine.firing] if other is not mine]
        staff = self.staff(mine)
        better = sum(rival.odds > mine.odds for rival in rivals)
        out = [
            f"rule={mine.rule}",
            f"titled={bool(mine.role)}",
            f"guess={mine.guess}",
            *OWN.passed("own", mine.odds),
            *FEW.passed("rivals", len(rivals)),
            *FEW.passed("better.rivals", better),
            *FEW.passed("places", len(mine.places)),
            *MANY.passed("at", mine.trigger),
            *MANY.passed("frames", self.size),
            *EXPECTED.passed("staff.expected", sum(self.chance[id(other)] for other in staff)),
        ]
        for kind, expected in self.expected.items():
            out += PART.passed(f"share.of.{kind}", expected / self.size)
        turn = [other for other in self.by_turn[mine.rule, mine.trigger] if other.person != mine.person]
        most: dict[Said, float] = {}
        for said, other in chain(
            ((("rival",), rival) for rival in rivals),
            ((("staff", other.kind), other) for other in staff),
            ((("turn",), other) for other in turn),
            self.of_person(mine),
            self.of_role(mine),
        ):
            most[said] = max(other.odds, most.get(said, other.odds))
        for said, odds in most.items():
            name = named(said)
            out.append(name)
            out += ODDS.passed(name, odds)
        return out

    def staff(self, mine: Look) -> list[Look]:
        """Frames about other people at the same places."""
        return [
            other
            for place in set(mine.places.values())
            for other in self.by_place[place]
            if other.person != mine.person
        ]

    def of_person(self, mine: Look) -> Iterator[tuple[Said, Look]]:
        """Other frames about the same person, with what each says: which slot has the same place or another, and where
        in the text."""
        places = set(mine.places.values())
        for other in self.by_person[mine.person]:
            if other.firing == mine.firing:
                continue
            before, behind = other.sentence < mine.sentence, other.sentence > mine.sentence
            where = "before" if before else "behind" if behind else "here"
            for slot, place in other.places.items():
                yield (other.kind, slot, where, "same" if place in places else "other"), other
                if mine.kind == "move":
                    for own, wanted in mine.places.items():
                        if place == wanted:
                            yield (own, "is", slot), other

    def of_role(self, mine: Look) -> Iterator[tuple[Said, Look]]:
        """Other frames with the very same title."""
        places = set(mine.places.values())
        for other in self.by_role.get(mine.role, ()):
            if other is not mine:
                yield ("title", other.kind), other
                if places.isdisjoint(other.places.values()):
                    yield ("title", "other", "place"), other
                if other.person != mine.person:
                    yield ("title", "other", "person"), other


@cache
def named(said: Said) -> str:
    """The name of the feature that a frame says something."""
    return ".".join(said)
