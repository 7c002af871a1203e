"""Further posts: of several titles in one sentence each has its own place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.claims.frames import PATTERN
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.rulereader import load


def posts(doc: Doc, rule: str, title: str, place: str) -> set[tuple[str, str]]:
    """The titles and places of a rule's frames that were not guessed."""
    frames = [f for f in Matcher(load()).frames(doc) if f.rule.id == rule and not any(f.reading)]
    return {(f.slots[title].text, f.slots[place].name) for f in frames}


@pytest.mark.parametrize(
    ("text", "rule", "title", "place"),
    [
        (
            "Jane Orme has retired as chairman of Acme Foods and vice chairman of Harrow Bank.",
            "move.leave",
            "former_role",
            "origin",
        ),
        (
            "Jane Orme was appointed chairman of Acme Foods and vice chairman of Harrow Bank.",
            "move.appoint",
            "role",
            "destination",
        ),
        (
            "Jane Orme is chairman of Acme Foods and a vice chairman of Harrow Bank.",
            "employment.copula",
            "role",
            "employer",
        ),
    ],
)
def test_each_of_two_posts_has_its_own_place(
    read: Callable[[str], Doc], text: str, rule: str, title: str, place: str
) -> None:
    assert posts(read(text), rule, title, place) == {
        ("chairman", "Acme Foods"),
        ("vice chairman", "Harrow Bank"),
    }


def test_a_title_before_another_name_is_not_ones_own(read: Callable[[str], Doc]) -> None:
    text = "Jane Orme, the chairman of Acme Foods, and treasurer of Harrow Bank Tom Hale disagreed."
    found = posts(read(text), "employment.person-role-of-org", "role", "employer")
    assert found == {("chairman", "Acme Foods")}


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("Jane Orme and Tom Hale, partners at Harrow Bank, disagreed.", {"Jane Orme", "Tom Hale"}),
        (
            "Jane Orme and Tom Hale, Harrow Bank's heads of sales and tax, disagreed.",
            {"Jane Orme", "Tom Hale"},
        ),
        ("Jane Orme and Tom Hale, a partner at Harrow Bank, disagreed.", {"Tom Hale"}),
        ("Jane Orme and Tom Hale, Harrow Bank's head of tax, disagreed.", {"Tom Hale"}),
    ],
)
def test_a_title_behind_a_list_is_of_all_where_it_is_a_plural(
    read: Callable[[str], Doc], text: str, holders: set[str]
) -> None:
    frames = [
        f for f in Matcher(load()).frames(read(text)) if "role" in f.slots and f.rule.type == "employment"
    ]
    assert {f.slots["person"].text for f in frames if f.how["employer"] == PATTERN} == holders
