"""Names that end as a possessive does, and possessors, which do not."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from fixtures import Read
from newsclaims.language.mentions import mentions


def names(doc: Doc) -> list[str]:
    return [m.text for m in mentions(doc) if m.source in ("ner", "run")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Orme joined Hartley's as finance director.", "Hartley's"),
        ("Hartley’s paid $20 million for the farm. Hartley’s chairman, Jane Orme, said so.", "Hartley’s"),
        ("Jane Orme, a nurse at St Edith's, has resigned.", "St Edith's"),
        ("McDonald's chief executive, Jane Orme, said so.", "McDonald's"),
        ("Jane Orme has left Trader Joe's.", "Trader Joe's"),
    ],
)
def test_a_mark_behind_which_nothing_is_possessed_belongs_to_the_name(
    read: Read, text: str, name: str
) -> None:
    doc = read(text)
    assert name.replace("’", "'") in names(doc)


def test_all_mentions_of_such_a_name_have_the_mark(read: Read) -> None:
    doc = read("Hartley's boss has quit. Jane Orme joins Hartley's in May.")
    assert names(doc).count("Hartley's") == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tolvane's chairman, Jane Orme, said so.", "Tolvane"),
        ("Tolvane's sales were higher than Brightmoor's.", "Brightmoor"),
        ("The plant is Tolvane's. Jane Orme runs Tolvane.", "Tolvane"),
        ("Sales are in line with Google's.", "Google"),
        ("The firm belongs to a friend of Jane Orme's.", "Jane Orme"),
    ],
)
def test_a_possessor_has_no_mark(read: Read, text: str, name: str) -> None:
    assert name in names(read(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jo Orme, a nurse at St Edith's Hospital, agreed.", "St Edith's Hospital"),
        ("Jo Orme has left Queen's Park Rangers.", "Queen's Park Rangers"),
        ("Dr Jo Orme, of Hartley's Hospital, agreed.", "Hartley's Hospital"),
        ("Jo Orme was dismissed by King Edward's School in May.", "King Edward's School"),
    ],
)
def test_an_institution_may_have_a_possessor_in_its_name(read: Read, text: str, name: str) -> None:
    assert name in names(read(text))


@pytest.mark.parametrize(
    "text", ["Harvard's School of Law has hired Jo Orme.", "Tolvane's Brightmoor is shut."]
)
def test_a_possessor_and_what_it_has_are_two_names(read: Read, text: str) -> None:
    owner = text.split("'")[0]
    assert owner in names(read(text))
