"""Groups of people: counted nouns, teams with their size, and numbers that can only mean people."""

from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.tokens import Doc

from fixtures import Read
from newsclaims.language.groups import size_of
from newsclaims.language.mentions import GROUP, mentions


def groups(doc: Doc) -> list[str]:
    return [m.text for m in mentions(doc) if m.label == GROUP]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "The lab lost at least 14 researchers and engineers in May.",
            "at least 14 researchers and engineers",
        ),
        ("Dozens of staff left in protest.", "Dozens of staff"),
        ("Brightmoor has poached a five-strong equities team from its rival.", "a five-strong equities team"),
        ("It hired a 14-lawyer bankruptcy group on Monday.", "a 14-lawyer bankruptcy group"),
        ("She left with her entire team of 60.", "her entire team of 60"),
        ("Half of the tax department has left.", "Half of the tax department"),
        ("Harrow Bank is laying off 17% of its workforce.", "17% of its workforce"),
        ("A third of the desk has resigned.", "A third of the desk"),
        ("Two of her team go with her.", "Two of her team"),
        ("Seven of the 48 choristers were let go.", "Seven of the 48 choristers"),
        ("Six members of the sports desk have left.", "Six members of the sports desk"),
        ("Six members of Acme have left.", "Six members"),
        ("Eleven of the bakers joined a rival.", "Eleven of the bakers"),
        ("Brightmoor wanted nine engineers. At least four have accepted.", "four"),
    ],
)
def test_people_who_are_counted_are_a_group(read: Read, text: str, group: str) -> None:
    assert group in groups(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "It paid $4 million for the site.",
        "Profits rose by 14 percent in 2019.",
        "The match ended 3-1 after extra time.",
        "The team won the cup.",
        "The company has not released sales figures.",
    ],
)
def test_other_numbers_and_teams_are_none(read: Read, text: str) -> None:
    assert groups(read(text)) == []


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("At least 14 researchers left in May.", "number"),
        ("Dozens of staff left in protest.", "quantity"),
        ("The engineers left in May.", "the"),
        ("Engineers left in May.", "bare"),
    ],
)
def test_a_group_tells_its_size_in_one_of_few_ways(read: Read, text: str, size: str) -> None:
    assert [size_of(m) for m in mentions(read(text)) if m.label == GROUP] == [size]


def test_no_group_stands_inside_another(read: Read) -> None:
    doc = read("Two of her team, three of his engineers and half of the sales desk left.")
    spans = sorted((m.start, m.end) for m in mentions(doc) if m.label == GROUP)
    assert len(spans) == 3
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(spans))
