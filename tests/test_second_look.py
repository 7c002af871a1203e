"""The second look: what the other frames of a document say of one, as each was judged by itself."""

from __future__ import annotations

from itertools import count
from typing import Any

from newsclaims.claims.second_look import Look, second_look

JANE, TOM, ACME, BOREL, CHIEF = 1, 2, 10, 11, 20
firings = count()


def seen(kind: str = "employment", **other: Any) -> Look:
    """Jane as the chief of Acme, told by a rule of its own, but for what is told otherwise."""
    place = "employer" if kind == "employment" else "destination"
    told: dict[str, Any] = {
        "kind": kind,
        "rule": f"{kind}.rule",
        "trigger": 8,
        "firing": (next(firings), 0),
        "person": JANE,
        "places": {place: ACME},
        "role": CHIEF,
        "sentence": 0,
        "guess": False,
        "odds": 0.5,
    }
    return Look(**told | other)


def test_a_frame_has_its_own_odds_and_those_of_its_rivals() -> None:
    here = (next(firings), 0)
    mine, rival = seen(odds=-1.5, firing=here), seen(odds=1.5, firing=here, places={"employer": BOREL})
    names, _ = second_look([mine, rival])
    assert {"own>-1.7", "rival", "rival>1.3", "rivals>0", "better.rivals>0"} <= set(names)
    assert not {"own>-1.3", "rival>2", "rivals>1"} & set(names)


def test_it_counts_what_is_said_elsewhere_of_the_same_person_and_place() -> None:
    mine = seen(sentence=30)
    names, _, _ = second_look([mine, seen(sentence=0, odds=2.5), seen("move", sentence=60, odds=-2.5)])
    assert {"employment.employer.before.same", "employment.employer.before.same>2"} <= set(names)
    assert {"move.destination.behind.same", "move.destination.behind.same>-3"} <= set(names)
    assert "move.destination.behind.same>-2" not in names


def test_the_surest_of_several_counts() -> None:
    names, *_ = second_look([seen(), seen(odds=-5.0), seen(odds=1.0)])
    assert {"employment.employer.here.same>0.6"} <= set(names)
    assert "employment.employer.here.same>1.3" not in names


def test_the_same_title_may_be_held_elsewhere_or_by_another() -> None:
    names, *_ = second_look([seen(), seen(places={"employer": BOREL}, odds=3.5), seen(person=TOM, odds=-7.0)])
    assert {"title.other.place>3", "title.other.person", "title.employment>3"} <= set(names)
    assert "title.other.person>-6" not in names
    untitled, _ = second_look([seen(role=0), seen(role=0, places={"employer": BOREL})])
    assert "titled=False" in untitled
    assert not any(name.startswith("title.") for name in untitled)


def test_a_move_sees_which_of_its_places_others_leave_and_join() -> None:
    leaves = seen("move", places={"origin": BOREL}, odds=2.5)
    names, _ = second_look([seen("move", places={"origin": BOREL, "destination": ACME}), leaves])
    assert {"origin.is.origin>2", "places>1"} <= set(names)
    assert "destination.is.origin" not in names


def test_other_people_of_the_place_are_its_staff() -> None:
    names, *_ = second_look([seen(), seen(person=TOM, odds=0.0), seen("move", person=TOM, odds=0.0)])
    assert {"staff.employment>-0.6", "staff.move>-0.6", "staff.expected>0.3"} <= set(names)
    assert "staff.expected>1" not in names  # two frames, each as likely as not


def test_other_readings_of_its_own_words_say_nothing_of_the_person() -> None:
    here = (next(firings), 0)
    mine = seen(firing=here, places={"employer": ACME})
    names, _, _ = second_look([mine, seen(firing=here, odds=4.0), seen(sentence=9, odds=-2.5)])
    assert not any(name.startswith("employment.employer.here") for name in names)
    assert {"employment.employer.behind.same", "employment.employer.behind.same>-3"} <= set(names)


def test_the_surest_before_and_behind_are_told_apart() -> None:
    frames = [seen(sentence=start, odds=odds) for start, odds in ((0, 2.5), (9, -5.0), (20, 0.5), (30, -2.5))]
    _, second, third, last = second_look(frames)
    assert {"employment.employer.before.same>2", "employment.employer.behind.same>0"} <= set(second)
    assert "employment.employer.behind.same>0" not in third
    assert "employment.employer.behind.same" not in last
