"""Bounds of names: where a name ends, and which parts that the recogniser saw are one name."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from fixtures import Read
from newsclaims.language.mentions import ORG, PERSON, PLACE, mentions
from newsclaims.language.name_candidates import find_wholes
from newsclaims.language.recognised import Candidate


def names(doc: Doc, label: str) -> list[str]:
    return [m.text for m in mentions(doc) if m.label == label and m.source in ("ner", "run")]


def test_a_dash_between_spaces_parts_two_names(read: Read) -> None:
    doc = read("Owen Tarrant - Ashby's former head of press at Larkmoor Records - has resigned.")
    assert "Owen Tarrant" in names(doc, PERSON)


def test_an_acronym_in_brackets_is_a_name_of_its_own(read: Read) -> None:
    doc = read("Dr Helen Marsh, secretary of the British Harbour Association (BHA), welcomed the plan.")
    assert names(doc, ORG) == ["British Harbour Association", "BHA"]


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        (
            "Clara Vaughn, managing director of Tolvane do Brasil, will return to Detroit.",
            "Tolvane do Brasil",
        ),
        ("Halden Marsh (Securities) Ltd analyst Nora Platt agreed.", "Halden Marsh (Securities) Ltd"),
        ("FC Tolvane sporting director Gianmarco Tesolin will leave.", "FC Tolvane"),
        ("Phelps and Drury economist Nora Platt agreed.", "Phelps and Drury"),
        ("Tolvane Re named Nora Platt chief executive.", "Tolvane Re"),
        ("Champion Homes Inc named Nora Platt chief executive.", "Champion Homes Inc"),
        ("Nora Platt, an economist at Legal & General, agreed.", "Legal & General"),
        ("Nora Platt joined the Federal Reserve Bank of Dallas in May.", "Federal Reserve Bank of Dallas"),
        ("Brennick County Superior Court Judge Nora Platt ruled on it.", "Brennick County Superior Court"),
    ],
)
def test_parts_of_an_organisation_are_one_name(read: Read, text: str, organisation: str) -> None:
    assert organisation in names(read(text), ORG)


@pytest.mark.parametrize(
    "person", ["Enzo Varghelli", "Siobhan Ní Dhuill", "Joana do Rego Lima", "Marta Ilves-Kern"]
)
def test_parts_of_somebodys_name_are_one_name(read: Read, person: str) -> None:
    assert person in names(read(f"The technology director, {person}, agreed with the plan."), PERSON)


@pytest.mark.parametrize("firms", ["Apple and Google", "Shell and BP"])
def test_two_well_known_organisations_are_no_partners(read: Read, firms: str) -> None:
    assert names(read(f"{firms} executives agreed with the plan."), ORG) == firms.split(" and ")


@pytest.mark.parametrize(
    ("text", "names_of"),
    [
        ("Talks with Zorbix Managing Director Tom Ash ended.", "Zorbix"),
        ("It named former Zorbix CEO Tom Ash to its board.", "Zorbix"),
    ],
)
def test_a_title_with_capitals_behind_a_name_is_no_part_of_it(read: Read, text: str, names_of: str) -> None:
    found = [m.text for m in mentions(read(text)) if m.source in ("ner", "run")]
    assert names_of in found
    assert not any(name.startswith(f"{names_of} ") for name in found)


@pytest.mark.parametrize(
    "office",
    [
        "Energy Secretary",
        "Economic Planning Secretary",
        "Undersecretary of Agriculture",
        "Group Chief Executive",
    ],
)
def test_the_field_of_an_office_is_no_name(read: Read, office: str) -> None:
    doc = read(f"{office} Nora Platt agreed with the plan.")
    assert [m.text for m in mentions(doc) if m.source in ("ner", "run")] == ["Nora Platt"]


def test_a_noun_parts_the_names_before_and_behind_it(read: Read) -> None:
    doc = read("Microsoft spinout Brightmoor Energy hired the gallery Platt & Roe.")
    found = [m.text for m in mentions(doc) if m.source in ("ner", "run")]
    assert found == ["Microsoft", "Brightmoor Energy", "Platt & Roe"]


def test_the_place_of_a_firm_is_none(read: Read) -> None:
    doc = read(
        "Microsoft has hired Nora Platt from the Utrecht company. Berlin start-up Tolvane lost Tom Ash."
    )
    assert [m.text for m in mentions(doc) if m.label == PLACE] == ["Utrecht", "Berlin"]


def test_the_sort_of_a_firm_is_no_name(read: Read) -> None:
    doc = read("Crypto exchange Brightmoor has hired Nora Platt.")
    assert names(doc, ORG) == ["Brightmoor"]


def test_a_part_of_a_name_that_is_whole_elsewhere_is_the_name(read: Read) -> None:
    doc = read("She left Tolvane Harbour Lights. Tolvane Harbour Lights said so.")
    found = [Candidate(2, 5, ORG), Candidate(6, 7, None)]
    assert find_wholes(doc, found) == [Candidate(6, 9, ORG)]


def test_a_name_within_a_longer_one_is_not_whole(read: Read) -> None:
    doc = read("She left Tolvane Harbour. Tolvane Harbour Lights said so.")
    assert find_wholes(doc, [Candidate(2, 4, ORG), Candidate(5, 8, ORG)]) == []


def test_the_rank_of_a_title_is_no_part_of_the_name_before_it(read: Read) -> None:
    assert "Tolvane Bank" in names(read("Tolvane Bank joint chairman Nora Platt agreed with the plan."), ORG)


def test_what_has_its_acronym_behind_it_is_nobody(read: Read) -> None:
    doc = read("Brennick Lift Mij (BLM) said its balance rose.")
    assert names(doc, PERSON) == []
