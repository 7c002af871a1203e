"""The words around something, as fitted models read them."""

from __future__ import annotations

from spacy.tokens import Doc

from fixtures import Read
from newsclaims.language.surroundings import told, wording


def around(doc: Doc, word: str) -> list[str]:
    i = next(token.i for token in doc if token.text == word)
    return wording("it", doc, i, i + 1)


def test_words_are_told_apart_by_side_and_place(read: Read) -> None:
    found = around(read("He quietly joined without any fuss."), "joined")
    assert {"it.left.1=quietly", "it.right.1=without", "it.right.2=any"} <= set(found)
    assert {"it.between=quietly without", "it.right.two=without any"} <= set(found)


def test_a_name_counts_as_one_word_its_label(read: Read) -> None:
    found = around(read("On Monday Microsoft hired Jane Orme away from Google."), "hired")
    assert {"it.left.1=ORG", "it.right.1=PERSON", "it.right.2=away"} <= set(found)
    assert not any("orme" in name or "jane" in name for name in found)


def test_the_rest_of_a_name_counts_as_that_name_to_either_side(read: Read) -> None:
    doc = read("Late on Monday Microsoft hired Jane Orme away from Google.")
    first = next(token.i for token in doc if token.text == "Jane")
    assert {"it.left.1=hired", "it.right.1=PERSON", "it.right.2=away"} <= set(
        wording("it", doc, first, first + 1)
    )
    assert {"it.left.1=PERSON", "it.left.2=hired"} <= set(wording("it", doc, first + 1, first + 2))


def test_the_sentence_bounds_what_is_around(read: Read) -> None:
    found = around(read("It rained. Jane Orme left. It rained again."), "left")
    assert "it.left.1=PERSON" in found
    assert not any("rained" in name for name in found)


def test_a_sentence_tells_its_matter_without_names_and_small_words(read: Read) -> None:
    doc = read("Microsoft paid the fine for the breach. It rained.")
    assert told(doc, 0) == ["told=pay", "told=fine", "told=breach"]
