"""The matcher: whom nearness may name where grammar tells of nobody."""

from __future__ import annotations

import pytest

from fixtures import Read
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.rulereader import load


def people(read: Read, text: str, trigger: str) -> set[str]:
    """The people of the frames that a word sets off."""
    frames = Matcher(load()).frames(read(text))
    return {f.slots["person"].text for f in frames if f.trigger.text == trigger and "person" in f.slots}


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Tom Hale of Harrow Bank wants a rest.", "wants"),
        ("Tom Hale of Harrow Bank wants to win.", "wants"),
        ('Tom Hale of Harrow Bank added: "The storm will pass."', "added"),
        ("The storm will join another in the west, Tom Hale of Harrow Bank said.", "join"),
    ],
)
def test_who_stands_near_is_not_meant_where_a_thing_is_in_that_place(
    read: Read, text: str, trigger: str
) -> None:
    assert people(read, text, trigger) == set()


def test_who_is_succeeded_is_not_the_successor_who_stands_near(read: Read) -> None:
    assert people(read, "Harrow Bank names successor to Tom Hale", "successor") == set()
    assert people(read, "Harrow Bank names successor to Tom Hale: Jane Orme", "successor") == {"Jane Orme"}


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Tom Hale, whose contract was terminated in May, is suing Harrow Town.", "terminated"),
        ("Harrow Town have secured the services of Tom Hale.", "secured"),
        ("Harrow Town have signed a new striker in Tom Hale.", "signed"),
    ],
)
def test_who_stands_near_a_post_or_a_title_is_meant(read: Read, text: str, trigger: str) -> None:
    assert people(read, text, trigger) == {"Tom Hale"}
