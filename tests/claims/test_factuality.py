"""How certain a move is, and whether a job is held or was held."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.claims.factuality import evidence, said
from newsclaims.claims.frames import Frame
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.rulereader import load
from newsclaims.schema import Claim

Read, Says = Callable[[str], Doc], Callable[[str], list[Claim]]


def first(doc: Doc, rule: str) -> Frame:
    return next(f for f in Matcher(load()).frames(doc) if f.rule.id == rule)


@pytest.mark.parametrize(
    ("text", "rule", "answer"),
    [
        ("Jane Orme will leave Microsoft.", "move.leave", "planned"),
        ("Jane Orme denied that she would leave Microsoft.", "move.leave", "negated"),
        ("Jane Orme leaves Harrow Bank in May.", "move.notice-leaves", "planned"),
        ("Jane Orme, chairman of Harrow Bank, will speak.", "employment.person-role-of-org", "current"),
        ("Former Harrow Bank chairman Jane Orme spoke.", "employment.former-org-role-person", "former"),
        ("Harrow Bank chairman Jane Orme spoke.", "employment.org-role-person", "current"),
        ("Jane Orme, chairman of Harrow Bank until May, spoke.", "employment.person-role-of-org", "former"),
        (
            "Jane Orme, Harrow Bank's chairman from 1999 to 2004, spoke.",
            "employment.person-org-role",
            "former",
        ),
        ("Jane Orme, who ran Harrow Bank between 1999 and 2004, spoke.", "employment.runs", "former"),
        ("Jane Orme runs Harrow Bank until May.", "employment.runs", "current"),
        ("Jane Orme, who ran Harrow Bank from Leeds, spoke to Tom Hale.", "employment.runs", "current"),
    ],
)
def test_rules_and_words_say_it_first(read: Read, text: str, rule: str, answer: str) -> None:
    frame = first(read(text), rule)
    assert said(frame) == answer
    assert evidence(frame, ["quoted"]) == ["quoted", f"said={answer}", f"said={answer}:rule={rule}"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Jane Orme has joined Google.", "asserted"),
        ("Jane Orme will join Google in May.", "planned"),
        ("Jane Orme is said to be joining Google.", "hedged"),
        ("Jane Orme is in talks to join Google.", "hedged"),
        ("Jane Orme has reportedly left Microsoft.", "hedged"),
        ("Jane Orme has not left Microsoft.", "negated"),
        ("Jane Orme declined to join Google.", "negated"),
        ("Jane Orme turned Google down.", "negated"),
        ("Google failed to hire Jane Orme from Microsoft.", "negated"),
    ],
)
def test_a_plain_move_is_as_certain_as_its_words(says: Says, text: str, answer: str) -> None:
    assert {c.certainty for c in says(text) if c.type == "move"} == {answer}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Harrow Bank's chairman, Jane Orme, said profits rose.", "current"),
        ("Harrow Bank's former chairman, Jane Orme, said profits rose.", "former"),
        ("Jane Orme was chairman of Harrow Bank until 2019.", "former"),
    ],
)
def test_a_job_is_held_or_was_held(says: Says, text: str, answer: str) -> None:
    assert {getattr(c, "tense", None) for c in says(text) if c.type == "employment"} == {answer}
