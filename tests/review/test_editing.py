"""Mending claims, change by change."""

from __future__ import annotations

from typing import Any

import pytest

from newsclaims.review.editing import EditError, Editor
from newsclaims.runs.kinds import Kinds
from newsclaims.schema import Money
from newsclaims.wording import amount_words

from .synthetic import LAWSUIT

TEXT = "Tobias Venn said so. Mara Quill left Northlight. Quill got up to $3 million, say sources.\nNext line."
KINDS = Kinds([LAWSUIT])


def span(words: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


def move() -> dict[str, Any]:
    return {
        "id": "c1", "type": "move", "doc": "a1", "certainty": "asserted", "trigger": span("left"),
        "sentence": span("Mara Quill left Northlight."), "confidence": 0.8, "rule": "move.left",
        "person": span("Quill got"[:5], label="PERSON", name="Mara Quill"),
    }  # fmt: skip


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_a_slot_takes_the_selected_text_without_the_spaces_around_it() -> None:
    row = Editor(KINDS, TEXT).fill(move(), "origin", *place(" Northlight"))
    assert row["origin"] == span("Northlight", name="Northlight")
    KINDS.read(row)


def test_a_name_that_another_claim_of_the_article_knows_is_taken_over() -> None:
    start = TEXT.index("Quill got")
    quill = {"start": start, "end": start + 5, "text": "Quill", "label": "PERSON", "name": "Mara Quill"}
    other = {**move(), "person": quill}
    row = Editor(KINDS, TEXT, (other,)).fill(move(), "agent", start, start + 5)
    assert row["agent"]["name"] == "Mara Quill"
    assert row["agent"]["label"] == "PERSON"


def test_an_amount_is_read_with_the_words_before_it() -> None:
    pay = Editor(KINDS, TEXT).new("n1", "a1", "pay", *place("got"))
    row = Editor(KINDS, TEXT).fill(pay, "amount", *place("$3 million"))
    assert (row["amount"]["min"], row["amount"]["max"], row["amount"]["currency"]) == (None, 3e6, "USD")
    KINDS.read(row)


def test_a_new_claim_stands_in_its_sentence_with_its_slots_still_empty() -> None:
    row = Editor(KINDS, TEXT).new("n1", "a1", "lawsuit", *place("left"))
    assert row["sentence"]["text"] == "Mara Quill left Northlight."
    assert row["stage"] == "filed"
    assert KINDS.lacking(row) == ["plaintiff", "defendant"]


def test_another_type_keeps_the_slots_that_both_have() -> None:
    row = Editor(KINDS, TEXT).retype({**move(), "origin": span("Northlight")}, "employment")
    assert "person" in row
    assert "origin" not in row
    assert row["tense"] == "current"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda e: e.fill(move(), "payer", *place("Quill")), "no slot 'payer'"),
        (lambda e: e.fill(move(), "origin", 5, 5), "select some text"),
        (lambda e: e.fill(move(), "origin", 0, 10_000), "select some text"),
        (lambda e: e.fill(move(), "origin", 6, 7), "only spaces"),
        (lambda e: e.set(move(), "certainty", "perhaps"), "it is one of asserted"),
        (lambda e: e.retype(move(), "wedding"), "no claim type 'wedding'"),
        (
            lambda e: e.bounds({**move(), "amount": span("$3 million")}, "9", "3", "USD", False),
            "above the upper",
        ),
        (
            lambda e: e.bounds({**move(), "amount": span("$3 million")}, "x", "", "USD", False),
            "'x' is no number",
        ),
        (lambda e: e.rename(move(), "role", "editor"), "role is empty"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change: Any, message: str) -> None:
    with pytest.raises(EditError, match=message):
        change(Editor(KINDS, TEXT))


@pytest.mark.parametrize(
    ("low", "high", "about", "words"),
    [
        (None, 3e8, False, "up to 300 million US dollars"),
        (1e5, None, False, "at least 100,000 US dollars"),
        (1.5e9, 1.5e9, True, "about 1.5 billion US dollars"),
        (1e7, 2e7, False, "10 million to 20 million US dollars"),
        (None, None, False, "an open amount in US dollars"),
    ],
)
def test_amounts_in_plain_words(low: float | None, high: float | None, about: bool, words: str) -> None:
    money = Money(start=0, end=1, text="x", min=low, max=high, currency="USD", approximate=about)
    assert amount_words(money) == words
