"""Who else moves: people beside the one that the grammar gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.claims.companions import LIKEWISE, LIST, MEMBERS, WITH, companions
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


def test_what_stands_in_brackets_does_not_end_a_list(read: Reads) -> None:
    doc = read("Jane Orme (tax), Tom Hale (disputes) and Ruth Penn (funds) resigned on Monday.")
    assert added(doc, "Jane", "resigned") == {"Tom Hale": LIST, "Ruth Penn": LIST}


def test_an_apposition_is_no_list(read: Reads) -> None:
    doc = read("Jane Orme, who once hired Tom Hale, resigned on Monday.")
    assert added(doc, "Jane", "resigned") == {}


def test_a_clause_about_the_last_of_a_list_is_about_nobody_else(read: Reads) -> None:
    doc = read("They include editor Jane Orme and reporter Tom Hale, who is leaving Google.")
    assert added(doc, "Tom", "leaving") == {}


@pytest.mark.parametrize("opener", ["including", ":"])
def test_a_group_is_broken_into_its_members(read: Reads, opener: str) -> None:
    doc = read(f"Google hired three engineers, {opener} Jane Orme and Tom Hale.".replace(", :", ":"))
    assert added(doc, "three", "hired") == {"Jane Orme": MEMBERS, "Tom Hale": MEMBERS}


@pytest.mark.parametrize(
    "end",
    [
        "have left Google, among them Jane Orme and Tom Hale.",
        "have been dismissed by Google, including its head of research, Jane Orme, and Tom Hale.",
        "have left Google, Jane Orme and Tom Hale among them.",
    ],
)
def test_the_members_of_a_group_may_stand_behind_the_verb(read: Reads, end: str) -> None:
    doc = read(f"Nine engineers {end}")
    verb = "dismissed" if "dismissed" in end else "left"
    assert added(doc, "Nine", verb) == {"Jane Orme": MEMBERS, "Tom Hale": MEMBERS}


def test_a_colon_behind_the_verb_opens_no_list_of_members(read: Reads) -> None:
    doc = read("Nine engineers have left Google: Jane Orme and Tom Hale were pleased.")
    assert added(doc, "Nine", "left") == {}


def test_those_who_go_along_move_as_well(read: Reads) -> None:
    doc = read("Jane Orme left Microsoft on Monday, along with Tom Hale.")
    assert added(doc, "Jane", "left") == {"Tom Hale": WITH}


def test_as_did_says_the_same_of_others(read: Reads) -> None:
    doc = read("Jane Orme resigned on Sunday, as did her deputy, Tom Hale, according to a letter.")
    assert added(doc, "Jane", "resigned") == {"Tom Hale": LIKEWISE}


def test_a_sentence_that_begins_with_so_are_says_the_same_of_others(read: Reads) -> None:
    doc = read(
        "Jane Orme is out. So are reporter Tom Hale, Washington correspondent Ruth Penn and 57 others."
    )
    assert added(doc, "Jane", "out") == {"Tom Hale": LIKEWISE, "Ruth Penn": LIKEWISE, "57 others": LIKEWISE}


def test_a_group_closes_a_list_of_names(read: Reads) -> None:
    doc = read("Jane Orme is out. So are reporter Tom Hale, photo chief Ruth Penn and 57 others.")
    assert added(doc, "Jane", "out") == {"Tom Hale": LIKEWISE, "Ruth Penn": LIKEWISE, "57 others": LIKEWISE}


def test_a_comparison_says_nothing_of_others(read: Reads) -> None:
    doc = read("Jane Orme resigned as chairman, and so the work of Tom Hale goes on.")
    assert added(doc, "Jane", "resigned") == {}


def test_names_behind_a_group_are_its_members(read: Reads) -> None:
    doc = read("Two of its directors, Jane Orme and Tom Hale, resigned in protest.")
    assert added(doc, "Two", "resigned") == {"Jane Orme": MEMBERS, "Tom Hale": MEMBERS}


@pytest.mark.parametrize("group", ["her entire team of 60", "20 employees"])
def test_a_team_goes_with_its_head(read: Reads, group: str) -> None:
    assert added(read(f"Jane Orme left Microsoft with {group}."), "Jane", "left") == {group: WITH}


def test_who_is_taken_along_moves_as_well(read: Reads) -> None:
    doc = read("Jane Orme left the firm in May, taking finance chief Tom Hale with her.")
    assert added(doc, "Jane", "left") == {"Tom Hale": WITH}
