"""When a move is told to happen: which date of its sentence is its own."""

from __future__ import annotations

import pytest

from fixtures import Says
from newsclaims.schema import Move


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Jane Orme joined Google in May.", "May"),
        ("Tolvane said on Thursday that Jane Orme would leave Microsoft in May.", "May"),
        ("Jane Orme quit her post at Microsoft on 24 November.", "24 November"),
        ("Jane Orme left Microsoft for Google last week.", "last week"),
    ],
)
def test_a_move_has_the_date_of_its_own_verb(says: Says, text: str, date: str) -> None:
    moves = [c for c in says(text) if isinstance(c, Move)]
    assert {c.date.text for c in moves if c.date is not None} == {date}


@pytest.mark.parametrize(
    "text", ["Jane Orme, 54, has joined Google.", "Jane Orme has joined Google on a three-year contract."]
)
def test_an_age_or_a_length_of_time_is_no_date(says: Says, text: str) -> None:
    assert [c.date for c in says(text) if isinstance(c, Move)] == [None]
