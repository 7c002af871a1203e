"""Pronouns and descriptions find the fullest name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fixtures import Read
from newsclaims.language.antecedents import Anaphor, Antecedents, Named
from newsclaims.language.mentions import ORG, PERSON, ROLE, Mention, mentions


@pytest.mark.parametrize(
    ("text", "anaphor", "name"),
    [
        ("Jane Orme runs Microsoft. She joined in 2019.", "She", "Jane Orme"),
        ("Tom Hale met Jane Orme on Monday. She was pleased.", "She", "Jane Orme"),
        ("Microsoft reported a loss. The company cut jobs.", "The company", "Microsoft"),
        ("Jane Orme has left Microsoft. The 41-year-old will retire.", "The 41-year-old", "Jane Orme"),
        ("Harrow Bank has fined Microsoft, its chairman Jane Orme and Tom Hale.", "its", "Microsoft"),
        ("Microsoft grew. Jane Orme joined the Harrow Bank board.", "the Harrow Bank board", "Harrow Bank"),
        ("Jane Orme met Tom Hale. Hale said Orme had hired him.", "him", "Tom Hale"),
        ("Jane Orme leads Harrow Bank. The Harrow Bank boss is 41.", "The Harrow Bank boss", "Jane Orme"),
    ],
)
def test_an_anaphor_is_its_antecedent(read: Read, text: str, anaphor: str, name: str) -> None:
    assert next(m for m in mentions(read(text)) if m.text == anaphor).name == name


def test_a_description_means_an_organisation_whose_name_has_the_noun(read: Read) -> None:
    text = "Leeds Rovers FC has sued Harrow Bank plc. The bank has denied everything."
    assert next(m for m in mentions(read(text)) if m.text == "The bank").name == "Harrow Bank plc"


def test_a_noun_before_a_name_describes_that_name_and_is_no_anaphor(read: Read) -> None:
    doc = read("Microsoft has hired Jane Orme. She ran the retailer Harrow Foods plc.")
    assert not [m for m in mentions(doc) if m.source == "description"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Orme came from the hockey federation in 2022.", "hockey federation"),
        ("Tom Hale left the civil service last year.", "civil service"),
    ],
)
def test_a_description_of_somebody_unnamed_is_an_organisation_by_itself(
    read: Read, text: str, name: str
) -> None:
    mention = next(m for m in mentions(read(text)) if m.label == ORG)
    assert (mention.text, mention.name) == (f"the {name}", name)


def test_two_descriptions_with_the_same_words_are_the_same_organisation(read: Read) -> None:
    doc = read("Jane Orme left the hockey federation. Tom Hale has joined the hockey federation.")
    first, second = (m for m in mentions(doc) if m.label == ORG)
    assert first.entity is second.entity


def test_a_description_that_could_be_anybody_is_none(read: Read) -> None:
    assert not [m for m in mentions(read("Jane Orme will lead the new group.")) if m.label == ORG]


def test_somebody_of_an_age_beside_a_name_is_a_title(read: Read) -> None:
    doc = read("They hired Jane Orme, the 28-year-old founder of Microsoft.")
    assert [m.text for m in mentions(doc) if m.label == ROLE] == ["founder"]


def test_a_speaker_is_meant_by_the_pronoun_of_the_quote(read: Read) -> None:
    doc = read("“I have left the firm,” said Jane Orme, who ran Harrow Bank plc.")
    assert next(m for m in mentions(doc) if m.text == "I").name == "Jane Orme"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Harrow Bank is shut. It emerged that Jane Orme had left.", []),
        ("Harrow Bank is shut. It was announced that Jane Orme had left.", []),
        ("Harrow Bank is shut. It is clear that Jane Orme has left.", []),
        ("Harrow Bank is open. It is confident that Jane Orme will stay.", ["Harrow Bank"]),
        ("Harrow Bank is open. It was told that Jane Orme would stay.", ["Harrow Bank"]),
        ("Harrow Bank is open. It said that Jane Orme would stay.", ["Harrow Bank"]),
    ],
)
def test_it_stands_for_nobody_where_the_clause_is_what_it_stands_for(
    read: Read, text: str, meant: list[str]
) -> None:
    assert [m.name for m in mentions(read(text)) if m.text == "It"] == meant


def test_the_board_of_somebody_is_not_that_of_who_was_named_before(read: Read) -> None:
    doc = read("Harrow Bank has hired a chief. Tom Hale has joined the board of the airline Volare.")
    assert next(m for m in mentions(doc) if m.text == "the board").name == "Volare"


def test_the_government_is_no_body_with_another_name(read: Read) -> None:
    doc = read("Tom Hale will lead the Office of Rail and Road, the government said.")
    assert next(m for m in mentions(doc) if m.text == "the government").name == "government"


def test_a_pronoun_without_anybody_before_it_stays_unresolved(read: Read) -> None:
    assert not [m for m in mentions(read("He said it would rain.")) if m.source == "pronoun"]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Orme leads Harrow Bank. The chairman, Tom Hale, has resigned.",
        "Jane Orme leads Harrow Bank. She was named the chairman in May.",
        "Jane Orme leads Harrow Bank. She began as the secretary.",
        "Jane Orme leads Harrow Bank. The directors have resigned.",
    ],
)
def test_a_title_beside_a_name_or_a_job_that_somebody_gets_stands_for_nobody(read: Read, text: str) -> None:
    assert not [m for m in mentions(read(text)) if m.source == "title"]


@pytest.mark.parametrize("phrase", ["The biscuit maker", "The owner"])
def test_what_stands_for_a_firm_is_no_job(read: Read, monkeypatch: pytest.MonkeyPatch, phrase: str) -> None:
    def nearest(self: Antecedents, anaphors: Sequence[Anaphor]) -> list[Mention | None]:
        return [self.candidates(anaphor)[0].mention for anaphor in anaphors]

    monkeypatch.setattr(Antecedents, "choose", nearest)
    doc = read(f"Harrow Foods plc has lost money. {phrase} said it would cut 40 jobs.")
    anaphor = next(m for m in mentions(doc) if m.text == phrase)
    assert (anaphor.label, anaphor.name) == ("ORG", "Harrow Foods plc")
    assert not [m for m in mentions(doc) if m.label == "ROLE"]


def test_those_named_last_come_first_with_how_often_they_were_named(read: Read) -> None:
    doc = read("Jane Orme met Tom Hale. Orme left. Tom Hale stayed with Orme. Ann Roe came.")
    named = Named(mentions(doc), (PERSON,))
    end = len(doc)

    def lately(start: int, most: int = 9) -> list[tuple[str, int]]:
        return [(found.entity.name, found.times) for found in named.lately(start, most)]

    assert lately(end) == [("Ann Roe", 1), ("Jane Orme", 3), ("Tom Hale", 2)]
    assert lately(end, 2) == lately(end)[:2]
    assert lately(5) == [("Tom Hale", 1), ("Jane Orme", 1)]  # asked of an earlier place
    assert [mention.text for mention in named.behind(end - 4)] == ["Ann Roe"]
