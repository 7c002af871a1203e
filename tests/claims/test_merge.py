"""What is said twice: one claim of it, and a doubtful second move is none."""

from __future__ import annotations

import pytest

import newsclaims.claims.merge as module
from fixtures import Read
from newsclaims.claims.frames import Frame
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.merge import AGAIN, Kept, agree, merge
from newsclaims.claims.money import MoneyReader
from newsclaims.claims.rulereader import load
from newsclaims.claims.selection import entitled, repeats, share
from newsclaims.language.mentions import ROLE, mentions

TWICE = "Jane Orme has joined Google. Last year Jane Orme left Microsoft. Tom Hale has joined Microsoft."


@pytest.fixture
def moves(read: Read) -> dict[str, Frame]:
    """The moves of the text above, by what the trigger and the person are: "joined Orme"."""
    frames = [f for f in Matcher(load()).frames(read(TWICE)) if f.rule.id in ("move.join", "move.leave")]
    frames = [f for f in frames if not any(f.reading)]
    return {f"{f.trigger.text} {f.slots['person'].text.split()[-1]}": f for f in frames}


def scored(moves: dict[str, Frame], **scores: float) -> list[Frame]:
    for name, score in scores.items():
        moves[name.replace("_", " ")].score = score
    return [moves[name.replace("_", " ")] for name in scores]


def test_a_second_move_of_somebody_must_be_surer(moves: dict[str, Frame]) -> None:
    frames = scored(moves, joined_Orme=0.9, left_Orme=AGAIN["move"] - 0.1)
    assert merge(frames) == [moves["joined Orme"]]
    assert moves["left Orme"].dropped == "move.join is surer of another move at 'joined'"


def test_a_second_move_that_is_sure_stays(moves: dict[str, Frame]) -> None:
    frames = scored(moves, joined_Orme=0.9, left_Orme=AGAIN["move"])
    assert len(merge(frames)) == len(frames)


def test_moves_of_two_people_do_not_touch_each_other(moves: dict[str, Frame]) -> None:
    frames = scored(moves, joined_Orme=0.9, joined_Hale=AGAIN["move"] - 0.1)
    assert len(merge(frames)) == len(frames)


@pytest.mark.parametrize(("former", "repeated"), [("", True), ("Former ", False)])
def test_a_job_gained_is_no_employment_besides_but_one_held_before_is(
    read: Read, former: str, repeated: bool
) -> None:
    frames = Matcher(load()).frames(read(f"{former}Google chairman Jane Orme has joined Google as chairman."))
    rule = "employment.former-org-role-person" if former else "employment.org-role-person"
    employment = next(f for f in frames if f.rule.id == rule)
    move = next(f for f in frames if f.rule.id == "move.join" and not any(f.reading))
    assert {slot: move.slots[slot].text for slot in ("destination", "role")} == {
        "destination": "Google",
        "role": "chairman",
    }
    employment.score = 0.9
    assert repeats(employment, move) is repeated


@pytest.mark.parametrize(("role", "repeated"), [("chairman", True), ("", True), ("editor", False)])
def test_a_job_at_the_place_joined_is_repeated_but_for_another_title(
    read: Read, role: str, repeated: bool
) -> None:
    doc = read("Google chairman Jane Orme has joined Google as chairman, and Tom Hale is its editor.")
    frames = Matcher(load()).frames(doc)
    employment = next(f for f in frames if f.rule.id == "employment.org-role-person")
    move = next(f for f in frames if f.rule.id == "move.join" and not any(f.reading))
    titles = {m.text: m for m in mentions(doc) if m.label == ROLE}
    employment.slots.pop("role")
    if role:
        employment.slots["role"] = titles[role]
    employment.score = 0.9
    assert repeats(employment, move) is repeated


def test_two_places_of_one_verb_are_not_equally_sure(read: Read) -> None:
    doc = read("Jane Orme has joined Google and Microsoft.")
    frames = [f for f in Matcher(load()).frames(doc) if f.rule.id == "move.join" and not any(f.reading)]
    for frame, score in zip(frames, (0.9, 0.1), strict=True):
        frame.score = score
    share(frames)
    assert [frame.score for frame in frames] == [0.9, 0.1]


def test_what_is_left_is_not_joined_as_well(read: Read) -> None:
    frames = Matcher(load()).frames(read("Jane Orme was sacked from her job at Google in March."))
    leaves = next(f for f in frames if f.rule.id == "move.dismiss" and "origin" in f.slots)
    joins = next(f for f in frames if f.rule.id == "move.contract" and "destination" in f.slots)
    assert leaves.slots["origin"].text == joins.slots["destination"].text == "Google"
    leaves.score, joins.score = 0.9, 0.8
    (kept,) = merge([leaves, joins])
    assert "destination" not in kept.slots


@pytest.mark.parametrize(("score", "kept"), [(0.95, True), (0.6, False)])
def test_a_guess_of_a_title_that_its_rule_needs_stays_whole_or_goes(
    read: Read, score: float, kept: bool
) -> None:
    doc = read("Jane Orme, chairman of Google, was appointed at Microsoft.")
    frames = [f for f in Matcher(load()).frames(doc) if not any(f.reading)]
    job = next(f for f in frames if f.rule.type == "employment" and f.how["employer"] == "pattern")
    move = next(f for f in frames if f.rule.id == "move.appoint")
    assert job.slots["role"] is move.slots["role"]
    move.how["role"] = "before:ROLE"
    job.score, move.score = 0.9, score
    assert (move in entitled([job, move])) is kept
    assert "role" in move.slots


def test_a_frame_is_held_only_against_those_with_its_figure(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"Acme paid {', '.join(f'${n} million' for n in range(3, 43))} and $7 million."
    doc = read(text)
    held: list[tuple[Frame, Frame]] = []

    def watched(a: Frame, b: Frame) -> bool:
        held.append((a, b))
        return agree(a, b)

    monkeypatch.setattr(module, "agree", watched)
    figures = MoneyReader(load()).frames(doc, [])
    for figure in figures:
        figure.rule = figures[0].rule  # whatever each of them means
    assert len(figures) == 41
    assert len(merge(figures)) == 40
    assert {frame.slots["amount"].text for pair in held for frame in pair} == {"$7 million"}


def test_a_frame_that_lacks_a_person_is_held_against_those_that_have_one(moves: dict[str, Frame]) -> None:
    first, second = scored(moves, joined_Orme=0.9, left_Orme=0.8)
    second.slots.pop("person")
    kept = Kept()
    kept.add(second)
    second.trigger = first.trigger
    assert list(kept.near(first)) == []  # of another sentence
    kept = Kept()
    kept.add(second)
    assert list(kept.near(first)) == [second]
    kept.add(first)
    assert list(kept.near(second)) == [second, first]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Jane Orme left Google in 2001 and joined Microsoft in 2003.", 2),
        ("Jane Orme left Google and joined Microsoft in 2003.", 1),
    ],
)
def test_two_moves_with_dates_of_their_own_are_not_one(read: Read, text: str, count: int) -> None:
    frames = [f for f in Matcher(load()).frames(read(text)) if f.rule.id in ("move.join", "move.leave")]
    frames = [f for f in frames if not any(f.reading)]
    for frame in frames:
        frame.score = 0.6 if frame.rule.id == "move.join" else 0.9
    assert len(merge(frames)) == count
