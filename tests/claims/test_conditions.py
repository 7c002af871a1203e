"""Conditions: a trigger that says something else than its rule does not set it off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.claims.conditions import parse
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.paths import PathError
from newsclaims.claims.rulereader import load


@pytest.fixture(scope="module")
def moves(read: Callable[[str], Doc]) -> Callable[[str], set[str]]:
    matcher = Matcher(load())
    return lambda text: {f.rule.id for f in matcher.frames(read(text)) if f.rule.type == "move"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("obj", "names no word"),
        ("obj=", "names no word"),
        ("ojb=contract", "do you mean 'obj'?"),
        ("obj.beneath=new", "no step 'beneath'"),
        ("obj=@ocasions", "no lexicon 'ocasions'; do you mean 'occasions'?"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, fault: str) -> None:
    with pytest.raises(PathError, match=fault.replace("?", r"\?")):
        parse(text)


@pytest.mark.parametrize(
    ("other", "sense", "rule"),
    [
        ("joined the protests", "joined Harrow Bank", "move.join"),
        ("left the city with Harrow Bank", "left City for Harrow Town", "move.leave"),
        ("joined forces with Harrow Bank", "joined the force at Harrow Bank", "move.join"),
        ("went to school at Harrow Bank", "went to Harrow Bank", "move.join"),
        ("left the meeting at Harrow Bank", "left her job at Harrow Bank", "move.leave"),
        ("signed off the loan at Harrow Bank", "resigned from Harrow Bank", "move.leave"),
        ("gave up her bonus at Harrow Bank", "gave up the chairmanship of Harrow Bank", "move.leave"),
        ("is out of contract at Harrow Bank", "is out at Harrow Bank", "move.out"),
        ("was out for three weeks at Harrow Bank", "was out by Monday at Harrow Bank", "move.out"),
        ("will go on holiday from Harrow Bank", "will go from Harrow Bank", "move.goes"),
        ("took Acme on tour", "takes on the role of treasurer at Acme", "move.take-over"),
        ("holds the post of treasurer at Acme", "will hold the fort at Acme", "move.take-over"),
        ("was tipped for the Acme prize", "was tipped for Acme", "move.bound"),
        ("served as chairman of Acme", "will serve as chairman of Acme", "move.become"),
        ("was chairman of Acme", "will be chairman of Acme", "move.to-be"),
        ("had been chairman of Acme", "has agreed to be chairman of Acme", "move.to-be"),
        ("will continue to lead Harrow Bank", "has agreed to lead Harrow Bank", "move.to-lead"),
        ("was elected mayor at Harrow", "was elected chairman of Harrow Bank", "move.appoint"),
        ("was elected to the Senate", "was elected to the board of Harrow Bank", "move.appoint-to"),
        ("joined the call from Harrow Bank", "joined Acme from Harrow Bank", "move.joins-from"),
    ],
)
def test_a_trigger_in_another_sense_moves_nobody(
    moves: Callable[[str], set[str]], other: str, sense: str, rule: str
) -> None:
    assert rule not in moves(f"Jane Orme {other}.")
    assert rule in moves(f"Jane Orme {sense}.")


@pytest.mark.parametrize(
    ("other", "sense", "rule"),
    [
        ("wants Jane Orme to stay", "wants Jane Orme to run its bank", "move.hire"),
        (
            "will be run until a successor is found by Jane Orme",
            "named her successor, Jane Orme",
            "move.successor",
        ),
        ("brought on Jane Orme at half-time", "brought in Jane Orme", "move.hire"),
        ("made an offer to treasurer Jane Orme", "made Jane Orme its treasurer", "move.appoint"),
        ("gave Jane Orme, the chairman, a prize", "gave Jane Orme the job of chairman", "move.appoint"),
        ("sent off Jane Orme", "sent Jane Orme to Acme", "move.dismiss"),
        ("lost to Jane Orme", "lost Jane Orme to Acme", "move.dismiss"),
    ],
)
def test_nor_does_what_is_done_to_somebody_in_another_sense(
    moves: Callable[[str], set[str]], other: str, sense: str, rule: str
) -> None:
    assert rule not in moves(f"Harrow Town {other}.")
    assert rule in moves(f"Harrow Town {sense}.")


def test_the_to_of_an_infinitive_is_no_preposition(moves: Callable[[str], set[str]]) -> None:
    assert "move.join" in moves("Jane Orme of Harrow Bank will return to Acme.")
    assert "move.join" not in moves("Jane Orme of Harrow Bank hopes to return.")
