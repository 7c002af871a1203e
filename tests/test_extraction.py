"""The extractor keeps new words from call to call, and forgets them when they are many."""

from __future__ import annotations

import pytest

from newsclaims import extraction
from newsclaims.extraction import Extractor
from newsclaims.schema import Article

TEXT = "Jane Doe left Acme Corp to join Bolt Ltd as chief executive."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def article(number: int) -> Article:
    return Article(id=str(number), text=f"{TEXT} A flumpeter{'o' * number} was seen.")


def words_known(extractor: Extractor) -> int:
    return len(list(extractor.nlp.vocab.strings))


def test_words_are_forgotten_so_that_the_vocabulary_does_not_grow(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "ZONE", 1)
    known = []
    for number in range(1, 6):
        assert len(list(extractor.extract([article(number)]))) == 1
        known.append(words_known(extractor))
    assert known[-1] - known[0] < 5


def test_words_stay_while_they_are_few(extractor: Extractor) -> None:
    list(extractor.extract([article(20)]))
    assert "flumpeter" + "o" * 20 in extractor.nlp.vocab.strings
    list(extractor.extract([Article(id="next", text="Nothing.")]))
    assert "flumpeter" + "o" * 20 in extractor.nlp.vocab.strings


def test_a_call_within_another_does_not_take_its_words_away(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "ZONE", 1)
    outer = extractor.extract(article(number) for number in range(40))
    first = next(outer)[1]
    inner = [claims for _, claims in extractor.extract([article(0)])]
    rest = [claims for _, claims in outer]
    assert [claim.type for claim in first] == [claim.type for claim in inner[0]]
    assert [len(claims) for claims in rest] == [len(first)] * 39


def test_a_claims_id_is_that_of_its_article_and_place(extractor: Extractor) -> None:
    given = [Article(id="a", text=f"{TEXT}\n{TEXT}"), Article(id="b", text=TEXT), Article(id="a", text=TEXT)]
    (_, twice), (_, elsewhere), (_, again) = extractor.extract(given)
    first = {claim.id for claim in again}
    assert first < {claim.id for claim in twice}
    assert len({claim.id for claim in twice}) == 2 * len(first)
    assert not first & {claim.id for claim in elsewhere}


def test_a_document_that_knows_its_article_has_the_claims_that_the_extractor_gives(
    extractor: Extractor,
) -> None:
    [(given, claims)] = extractor.extract([article(1)])
    doc = extractor.nlp.make_doc(given.text)
    doc._.article = given.id
    assert extractor.nlp(doc)._.claims == claims
    assert {claim.doc for claim in claims} == {given.id}
