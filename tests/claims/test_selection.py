"""Which frames and fillers are kept: of two readings the one whose place hangs on the title, of a user's rule all that
the rule needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from spacy.tokens import Doc

from newsclaims.claims.frames import Frame
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.rulereader import load
from newsclaims.claims.selection import is_membership, part, surest
from newsclaims.schema import Claim

Needs = tuple[tuple[str, ...], ...]


@pytest.fixture
def circle(read: Callable[[str], Doc]) -> Callable[[Needs, float | None], Frame]:
    """A frame that says of somebody to have gone from Google, of which it is less sure, to Google."""

    def make(needs: Needs, confidence: float | None) -> Frame:
        frames = Matcher(load()).frames(read("Jane Orme has joined Google."))
        frame = next(f for f in frames if f.rule.id == "move.join")
        frame.rule = replace(frame.rule, needs=needs, confidence=confidence)
        frame.slots["origin"] = frame.slots["destination"]
        frame.sure = {"person": 1.0, "origin": 0.6, "destination": 0.9}
        return frame

    return make


def test_of_two_places_that_are_the_same_the_less_sure_goes(circle) -> None:
    frame = circle((("person",), ("origin", "destination")), 0.7)
    part(frame)
    assert frame.slots.keys() == {"person", "destination"}


def test_nor_does_who_gets_another_post_there_come_from_there(circle) -> None:
    frame = circle((("person",), ("origin", "destination")), 0.7)
    frame.slots["role"] = frame.slots["person"]  # whatever it is
    part(frame)
    assert frame.slots.keys() == {"person", "destination", "role"}


def test_what_a_users_rule_needs_stays_though_it_is_less_sure(circle) -> None:
    frame = circle((("person",), ("origin",)), 0.7)
    part(frame)
    assert frame.slots.keys() == {"person", "origin"}


def test_a_users_rule_that_needs_both_makes_no_claim(circle) -> None:
    frame = circle((("origin",), ("destination",)), 0.7)
    part(frame)
    assert frame.dropped == "origin and destination are the same, and the rule needs both"


def test_a_built_in_rule_may_lose_what_it_needs(circle) -> None:
    frame = circle((("origin",), ("destination",)), None)
    part(frame)
    assert frame.slots.keys() == {"person", "destination"}
    assert not frame.dropped


def test_a_place_that_hangs_on_the_title_comes_before_one_that_is_guessed(read: Callable[[str], Doc]) -> None:
    doc = read("Jane Orme, who has left Harrow Bank, is chief economist at Acme Foods.")
    readings = [f for f in Matcher(load()).frames(doc) if f.rule.id == "employment.copula"]
    for frame in readings:
        frame.score = 0.9 if frame.how["employer"].startswith("topic") else 0.6
        frame.sure = dict.fromkeys(frame.slots, 1.0)
    assert len(readings) > 1
    (kept,) = surest(readings)
    assert kept.slots["employer"].name == "Acme Foods"


@pytest.mark.parametrize(
    "text", ["Labour's Jane Orme disagreed.", "Jane Orme of the Liberal Democrats disagreed."]
)
def test_who_is_of_a_party_holds_no_job_there(read: Callable[[str], Doc], text: str) -> None:
    frames = [f for f in Matcher(load()).frames(read(text)) if f.rule.type == "employment"]
    assert frames
    assert all(map(is_membership, frames))


@pytest.mark.parametrize(
    "text", ["Labour leader Jane Orme disagreed.", "Jane Orme, who works for Labour, disagreed."]
)
def test_an_office_in_a_party_is_a_job(says: Callable[[str], list[Claim]], text: str) -> None:
    assert [claim.type for claim in says(text)] == ["employment"]
