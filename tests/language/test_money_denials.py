"""What looks like a figure of money and is none."""

from __future__ import annotations

import pytest

from newsclaims.language.money import find_money


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("He handed her a $5 bill.", "$5"),
        ("She won a 10 pound bag of rice.", "10 pound"),
        ("The carp weighed 40 pounds.", "40 pounds"),
        ("The film is shot in 1080p.", "1080p"),
        ("The rate was 1.12 dollars to one euro.", "one euro"),
        ("Copper rose 20 cents a pound.", "a pound"),
    ],
)
def test_looks_that_are_no_money(text: str, look: str) -> None:
    assert look not in [amount.text for amount in find_money(text)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("He was paid 40 pounds a week.", "40 pounds"),
        ("The council owes 300,000 pounds of debt.", "300,000 pounds"),
        ("She bought the car for two grand.", "two grand"),
        ("The stamp went for $5.", "$5"),
    ],
)
def test_near_misses_that_are_money(text: str, figure: str) -> None:
    assert [amount.text for amount in find_money(text)] == [figure]
