"""How an organisation stands to a sentence that may mean it without naming it."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from fixtures import Read
from newsclaims.claims.standing import Standing
from newsclaims.language.mentions import ORG, Entity, mentions

TEXT = (
    "Harrow Bank plc has bought Acme Foods plc. Acme Foods plc makes soup.\n\n"
    "The deal was signed in Leeds. Finance director Jane Doe was pleased."
)


def entity(doc: Doc, name: str) -> Entity:
    return next(m.entity for m in mentions(doc) if m.label == ORG and m.entity and m.entity.name == name)


def seen_from(doc: Doc, name: str, word: str) -> dict[str, object]:
    trigger = next(token for token in doc if token.text == word)
    return dict(Standing(doc).evidence(entity(doc, name), trigger))


def test_the_organisation_named_last_has_none_nearer(read: Read) -> None:
    doc = read(TEXT)
    acme, bank = seen_from(doc, "Acme Foods plc", "director"), seen_from(doc, "Harrow Bank plc", "director")
    assert (acme["nearer"], acme["sentences"]) == (0, 2)
    assert (bank["nearer"], bank["sentences"]) == (1, 3)


def test_a_paragraph_parts_them(read: Read) -> None:
    doc = read(TEXT)
    assert seen_from(doc, "Acme Foods plc", "director")["page"] == "text:text"
    assert seen_from(doc, "Acme Foods plc", "makes")["page"] == "same"


def test_the_sentence_before_names_it_alone_among_others_or_not_at_all(read: Read) -> None:
    doc = read(TEXT)
    assert seen_from(doc, "Acme Foods plc", "signed")["before"] == "only"
    assert seen_from(doc, "Acme Foods plc", "makes")["before"] == "among"
    assert seen_from(doc, "Acme Foods plc", "director")["before"] == "nobody"
    assert seen_from(doc, "Harrow Bank plc", "signed")["before"] == "others"


def test_what_was_told_before_counts(read: Read) -> None:
    doc = read(TEXT)
    trigger = next(token for token in doc if token.text == "director")
    standing = Standing(doc)
    assert standing.told_before(entity(doc, "Acme Foods plc"), trigger) == (2, 1, 2)
    assert standing.told_before(entity(doc, "Harrow Bank plc"), trigger) == (1, 2, 2)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Northgate University has a new dean.", "Northgate University", "school"),
        ("The retailer Quillmark has shut. Quillmark said so.", "Quillmark", "firm"),
        ("Quillmark plc won the cup. The club said so.", "Quillmark plc", "firm"),
    ],
)
def test_a_word_of_the_name_or_else_one_said_of_it_tells_its_kind(
    read: Read, text: str, name: str, kind: str
) -> None:
    doc = read(text)
    assert Standing(doc).org_class(entity(doc, name)) == kind
