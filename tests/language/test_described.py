"""Somebody told by a title alone, who has no name in the article."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from fixtures import Read, Says
from newsclaims.language.described import DESCRIBED
from newsclaims.language.mentions import mentions


def described(doc: Doc) -> list[str]:
    return [m.text for m in mentions(doc) if m.source == DESCRIBED]


@pytest.mark.parametrize(
    ("text", "somebody"),
    [
        ("The bank's chief executive has resigned.", "The bank's chief executive"),
        ("A senior executive at Nomura is leaving.", "A senior executive at Nomura"),
        ("The head of the Football Association has stepped down.", "The head of the Football Association"),
        ("The council has sacked its chief planning officer.", "its chief planning officer"),
    ],
)
def test_a_title_with_what_tells_whose_it_is_stands_for_somebody(
    read: Read, text: str, somebody: str
) -> None:
    assert described(read(text)) == [somebody]


@pytest.mark.parametrize(
    "text",
    [
        "Chief executive Jane Orme has resigned.",
        "The chief executive, Jane Orme, has resigned.",
        "The council wants a chief planning officer.",
        "The council made her its chief planning officer.",
        "The council has appointed its first planning officer.",
        "Jane Orme is the chief executive.",
        "Harrow Bank's engineers have resigned.",
    ],
)
def test_a_title_beside_a_name_or_of_nobody_in_particular_does_not(read: Read, text: str) -> None:
    assert described(read(text)) == []


def test_a_title_that_stands_for_somebody_named_is_a_mention_of_that_person(read: Read) -> None:
    doc = read("Tom Hale is the chairman of Harrow Bank. The chairman resigned on Friday.")
    assert described(doc) == []


def test_who_is_described_moves_as_a_group_does(says: Says) -> None:
    (move,) = (
        c for c in says("A senior executive at Nomura is leaving to join Barclays.") if c.type == "move"
    )
    said = {slot: value.text for slot, value in move.arguments().items()}
    assert said["person"] == "A senior executive at Nomura"
    assert (said["origin"], said["destination"]) == ("Nomura", "Barclays")


def test_nearness_takes_nobody_for_a_mover_who_is_only_described(says: Says) -> None:
    claims = says("Harrow Bank is hiring, a spokesman said.")
    assert [c for c in claims if c.type == "move"] == []
