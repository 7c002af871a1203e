"""Names in small letters, told from other nouns by standing without an article where an organisation would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.language.mentions import ORG, mentions
from newsclaims.language.small_names import small_names

Read = Callable[[str], Doc]


def names(doc: Doc) -> list[str]:
    return [doc[c.start].text for c in small_names(doc, [])]


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Brekke, chief executive of tidewater, would not say.",
        "A spokesman for tidewater said it wished her well.",
        "Ana Petrovic joined tidewater last week.",
        "The plan surprised tidewater's head of sales.",
        "Two engineers at tidewater have resigned.",
        "Last night tidewater said it would pay for the team.",
        "The lab, tidewater, was started by Henrik Vale.",
        "They run a start-up called tidewater.",
    ],
)
def test_a_bare_noun_where_an_organisation_would_stand_is_a_name(read: Read, text: str) -> None:
    assert names(read(text)) == ["tidewater"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shelter has hired Ana Petrovic.", "Shelter"),
        ("On Friday it emerged that tidewater has hired Ana Petrovic.", "tidewater"),
        ("Ana Petrovic, a former engineer, joined X from Microsoft.", "X"),
    ],
)
def test_who_takes_somebody_on_is_an_organisation(read: Read, text: str, name: str) -> None:
    assert name in [m.text for m in mentions(read(text)) if m.label == ORG]


def test_then_so_it_is_elsewhere_in_the_article(read: Read) -> None:
    doc = read(
        "Six people joined tidewater. Others had an offer from tidewater. A tidewater engineer said so."
    )
    assert names(doc) == ["tidewater"] * 3


def test_weaker_signs_need_a_second_mention(read: Read) -> None:
    once = "The cash was paid by redshift."
    assert names(read(once)) == []
    assert names(read(f"{once} Nobody has asked redshift about it.")) == ["redshift"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Ana Petrovic saw the glasshouse. An engineer at glasshouse level said so.",
        "Management said the plan had failed. The union told management so.",
        "Ana Petrovic is head of marketing, and a president of publishing.",
        "They left school, and went to work at night.",
        "Yesterday's rain and today's wind have cost jobs.",
        "The group turnover was high. They spoke of turnover.",
        "Demand for research at university level has fallen.",
    ],
)
def test_other_nouns_without_an_article_are_none(read: Read, text: str) -> None:
    assert names(read(text)) == []
