"""What a sentence says of things to come around a figure."""

from __future__ import annotations

from spacy.tokens import Doc

from fixtures import Read
from newsclaims.language.outlook import outlook


def around(doc: Doc) -> set[str]:
    return set(outlook(doc._.money[0].span))


def test_words_of_a_forecast_tell_their_side_and_how_near_they_are(read: Read) -> None:
    found = around(read("The brewer raised its forecast for the year to £40m."))
    assert "foretells=forecast:before" in found
    assert any(name.startswith("foretold=planned:before:") for name in found)


def test_times_ahead_and_the_verb_of_the_clause_are_told(read: Read) -> None:
    found = around(read("It would cost £40m next year."))
    assert {"foretells=next:behind", "clause=VB:would", "clause.verb=cost"} <= found


def test_of_what_is_plain_nothing_is_foretold(read: Read) -> None:
    assert not [name for name in around(read("The brewer earned £40m.")) if name.startswith("foretold")]
