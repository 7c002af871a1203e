"""Dates: years that the recogniser took for numbers, and lengths of time that are no dates."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from fixtures import Read
from newsclaims.language.dates import is_day, part_dates, says_when
from newsclaims.language.mentions import DATE, mentions


def whens(doc: Doc) -> list[str]:
    return [m.text for m in mentions(doc) if m.label == DATE and says_when(m)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Our first employee, Tom Hale, who retired in 2023, was there.", "2023"),
        ("Jane Orme left a job at the recruiter Hallmark in 2021 to start a firm.", "2021"),
        ("She joined two years ago.", "two years ago"),
        ("He leaves at the end of the month.", "the end of the month"),
    ],
)
def test_a_date_tells_when(read: Read, text: str, date: str) -> None:
    assert date in whens(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Tom Hale, 59, leaves after four years.",
        "She was paid for 2,021 hours and left 1800 pages.",
        "A 22-year-old coder has joined the firm.",
        "She has joined the bank on $3 million a year.",
    ],
)
def test_ages_lengths_of_time_and_other_numbers_do_not(read: Read, text: str) -> None:
    assert whens(read(text)) == []


def test_a_date_ends_at_the_dash_of_a_dateline() -> None:
    words = "OSLO , March 3 - Tolvane Inc said so".split()
    doc = Doc(spacy.blank("en").vocab, words=words, ents=["B-GPE", "O", "B-DATE", *["I-DATE"] * 4, "O", "O"])
    part_dates(doc)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("OSLO", "GPE"), ("March 3", "DATE")]


@pytest.mark.parametrize(
    ("text", "label", "parted"),
    [
        ("Orbix 18 months ago", "ORG", [("Orbix", "ORG"), ("18 months ago", "DATE")]),
        ("zipFlow 3 years later", "DATE", [("zipFlow", "ORG"), ("3 years later", "DATE")]),
        ("almost 3 years ago", "DATE", [("almost 3 years ago", "DATE")]),
        ("May 2 weeks ago", "DATE", [("May 2 weeks ago", "DATE")]),
        ("Hooli 18 Months", "ORG", [("Hooli 18 Months", "ORG")]),
    ],
)
def test_a_length_of_time_is_parted_from_the_name_before_it(
    text: str, label: str, parted: list[tuple[str, str]]
) -> None:
    words = ["from", *text.split()]
    ents = ["O", f"B-{label}", *[f"I-{label}"] * (len(words) - 2)]
    doc = Doc(
        spacy.blank("en").vocab, words=words, ents=ents, sent_starts=[True, *[False] * (len(words) - 1)]
    )
    part_dates(doc)
    assert [(ent.text, ent.label_) for ent in doc.ents] == parted


@pytest.mark.parametrize(("text", "whole"), [("8 - 10 May", True), ("May - June", False)])
def test_a_span_of_days_stays_whole(text: str, whole: bool) -> None:
    words = text.split()
    doc = Doc(spacy.blank("en").vocab, words=words, ents=["B-DATE", *["I-DATE"] * (len(words) - 1)])
    part_dates(doc)
    assert (doc.ents[0].text == text) is whole


@pytest.mark.parametrize(("words", "day"), [("Aug 14", True), ("Sept. 9", True), ("Level 42", False)])
def test_a_month_and_a_number_are_a_day_whatever_the_recogniser_took_them_for(words: str, day: bool) -> None:
    doc = Doc(spacy.blank("en").vocab, words=words.split(), ents=["B-ORG", "I-ORG"])
    assert is_day(doc.ents[0]) is day
