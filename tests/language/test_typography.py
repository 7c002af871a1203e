"""Folding: every character stays at its place, and lines of one width become one paragraph."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from newsclaims.language.typography import fold

PARAGRAPH = (
    "Mara Ellison, Halcyon's head of chip design, left the company for its rival Brightwater in May, two former "
    "colleagues said. Brightwater offered her a package worth up to $40 million over four years."
)


@given(st.text(alphabet=st.sampled_from("aB ’“\u00a0\t\r\n.-")))
def test_a_folded_text_is_as_long_as_the_original(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_curly_quotes_and_odd_spaces_become_plain_ones() -> None:
    assert fold("“Meta’s\u00a0offer”") == '"Meta\'s offer"'


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u202a", "\u2060", "\u2066"])
def test_an_unseen_mark_before_a_figure_becomes_a_space(mark: str) -> None:
    assert fold(f"Halcyon paid {mark}$4 million") == "Halcyon paid  $4 million"


@pytest.mark.parametrize("sign", ["=", "_", "[", "“", "🎺"])
def test_an_endless_run_of_signs_takes_no_time(read: Callable[[str], Doc], sign: str) -> None:
    text = f"{sign * 50_000} Jane Doe has left Harrow Bank."
    started = time.process_time()
    doc = read(text)
    assert time.process_time() - started < 5
    assert [text[claim.person.start : claim.person.end] for claim in doc._.claims] == ["Jane Doe"]
    assert fold("so on ... =====") == "so on ... ====="


@pytest.mark.parametrize("width", [50, 72, 80, 100])
def test_a_paragraph_that_was_broken_into_lines_is_joined(width: int) -> None:
    assert fold(textwrap.fill(PARAGRAPH, width)) == PARAGRAPH


def test_the_breaks_between_paragraphs_and_behind_a_headline_stay() -> None:
    text = f"Halcyon loses its chip designers\n\n{textwrap.fill(PARAGRAPH, 72)}\n\n{textwrap.fill(PARAGRAPH, 72)}"
    assert fold(text) == f"Halcyon loses its chip designers\n\n{PARAGRAPH}\n\n{PARAGRAPH}"


@pytest.mark.parametrize(
    "text",
    [
        "Brightwater hires Halcyon's head of chip design\nBy Tom Adeyemi\nLeeds",
        "Arrivals at the club this summer:\n- Jane Doe, from Harrow\n- Ann Cole, from Barrow\nand nobody else.",
        f"A headline stands before its paragraph\n{PARAGRAPH}",
    ],
)
def test_lines_that_are_not_full_are_left_apart(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize("figure", ["$140m", "£2.4m", "30k", "$1.2bn"])
def test_a_sentence_ends_behind_a_figure(read: Callable[[str], Doc], figure: str) -> None:
    doc = read(f"She doubled sales to {figure}. Stadium revenue rose too.")
    assert [s.text for s in doc.sents] == [f"She doubled sales to {figure}.", "Stadium revenue rose too."]


@pytest.mark.parametrize("honorific", ["Maj.", "Capt.", "Sgt.", "Supt.", "Dr."])
def test_no_sentence_ends_behind_an_honorific(read: Callable[[str], Doc], honorific: str) -> None:
    doc = read(
        f"A Defense Department spokeswoman, {honorific} Tessa Quarles, declined to comment. He agreed."
    )
    assert len(list(doc.sents)) == 2


@pytest.mark.parametrize(
    ("headline", "folded"),
    [
        ("Halcyon Hires Jane Orme as AI Chief", "Halcyon hires Jane Orme as AI chief"),
        ("Tom Hale To Step Down At Halcyon, Sources Say", "Tom Hale to step down at Halcyon, sources say"),
        ("eBay Names Former Etsy Executive Jane Orme CEO", "eBay names former Etsy executive Jane Orme CEO"),
    ],
)
def test_words_of_a_headline_that_are_no_names_are_in_small_letters(headline: str, folded: str) -> None:
    assert fold(f"{headline}\n\n{PARAGRAPH}") == f"{folded}\n\n{PARAGRAPH}"


@pytest.mark.parametrize(
    ("headline", "folded"),
    [
        ("HALCYON NAMES JANE ORME CHIEF", "Halcyon names Jane Orme chief"),
        ("IBM TO BUY HALCYON, SOURCES SAY", "IBM to buy Halcyon, sources say"),
        ("TWO LEAVE TOLVANE AFTER LOSSES", "Two leave Tolvane after losses"),
    ],
)
def test_a_headline_in_capitals_is_read_as_others(headline: str, folded: str) -> None:
    assert fold(f"{headline}\n\n{PARAGRAPH}") == f"{folded}\n\n{PARAGRAPH}"


@pytest.mark.parametrize(
    "line",
    [
        "Halcyon hires Jane Orme as AI Chief",  # a headline in small letters
        "Jane Orme Leaves Halcyon After Ten Years There.",  # a sentence
        "Royal Bank of Scotland",
        "ROYAL BANK OF SCOTLAND",
    ],
)
def test_other_lines_keep_their_capitals(line: str) -> None:
    assert fold(line) == line
