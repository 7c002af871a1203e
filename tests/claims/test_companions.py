"""Who else moves: people beside the one that the grammar gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.claims.companions import LIST, MEMBERS, WITH, companions
from newsclaims.language.mentions import GROUP, PERSON, mentions

Reads = Callable[[str], Doc]


def added(doc: Doc, first: str, verb: str) -> dict[str, str]:
    """The people added to the one that begins with a word, each with its relation."""
    store = mentions(doc)
    person = next(m for m in store if m.label in (PERSON, GROUP) and m.text.startswith(first))
    trigger = next(t for t in doc if t.lower_ == verb)
    return {mention.text: relation for mention, relation in companions([person], trigger, store)}


def test_a_list_of_people_with_their_jobs_moves_together(read: Reads) -> None:
    doc = read(
        "The affair led to the resignation of chairman Jane Orme, director Tom Hale and reporter Ruth Penn."
    )
    assert added(doc, "Jane", "resignation") == {"Tom Hale": LIST, "Ruth Penn": LIST}


def test_an_apposition_is_no_list(read: Reads) -> None:
    doc = read("Jane Orme, who once hired Tom Hale, resigned on Monday.")
    assert added(doc, "Jane", "resigned") == {}


@pytest.mark.parametrize("opener", ["including", ":"])
def test_a_group_is_broken_into_its_members(read: Reads, opener: str) -> None:
    doc = read(f"Google hired three engineers, {opener} Jane Orme and Tom Hale.".replace(", :", ":"))
    assert added(doc, "three", "hired") == {"Jane Orme": MEMBERS, "Tom Hale": MEMBERS}


def test_those_who_go_along_move_as_well(read: Reads) -> None:
    doc = read("Jane Orme left Microsoft on Monday, along with Tom Hale.")
    assert added(doc, "Jane", "left") == {"Tom Hale": WITH}
