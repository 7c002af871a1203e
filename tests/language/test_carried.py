"""Copies of a document, from its bytes, a pickle or another process: they have its claims."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import newsclaims
from newsclaims.language.mentions import PERSON, Mention, mentions

TEXT = "Jane Orme won the Ernst Medal and joined Brightwater from Halcyon for $3 million (£2m), the Gazette said."
PRIZES = """
[[types]]
name = "prize"
slots = ["winner", "amount"]
key = ["winner"]
attributes = { rank = ["first", "second"] }

[[rule]]
id = "prize.win"
type = "prize"
trigger = ["win"]
winner = "subj:PERSON"
set = { rank = "second" }
"""


def by_bytes(doc: Doc) -> Doc:
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def by_pickle(doc: Doc) -> Doc:
    copy: Doc = pickle.loads(pickle.dumps(doc))
    return copy


def by_bin(doc: Doc) -> Doc:
    written = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (copy,) = DocBin(store_user_data=True).from_bytes(written).get_docs(doc.vocab)
    return copy


@pytest.fixture(scope="module")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> Language:
    """A pipeline with a claim type of the user's own."""
    file = tmp_path_factory.mktemp("rules") / "prizes.toml"
    file.write_text(PRIZES, encoding="utf-8")
    return newsclaims.load(rules=[file])


def rows(doc: Doc) -> list[dict[str, object]]:
    return [claim.row() for claim in doc._.claims]


@pytest.mark.parametrize("copied", [by_bytes, by_pickle, by_bin])
def test_a_copy_has_the_claims_and_nothing_that_holds_tokens(
    nlp: Language, copied: Callable[[Doc], Doc]
) -> None:
    doc = nlp(TEXT)
    copy = copied(doc)
    assert {"move", "prize"} <= {claim.type for claim in doc._.claims}
    assert rows(copy) == rows(doc)
    assert [claim.arguments() for claim in copy._.claims] == [claim.arguments() for claim in doc._.claims]
    assert copy._.original == doc._.original
    assert (list(copy._.mentions), copy._.money, copy._.reports, copy._.quoted) == ([], [], None, None)
    assert doc._.money


def test_other_processes_give_the_same_claims(nlp: Language) -> None:
    texts = [TEXT, "It rained.", TEXT]
    found = [rows(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)]
    assert found == [rows(doc) for doc in nlp.pipe(texts)]


def test_what_was_worked_out_on_the_way_is_forgotten_with_the_claims(nlp: Language) -> None:
    assert [key for key in nlp(TEXT).user_data if str(key).startswith("newsclaims_")] == []


def test_the_mentions_of_one_document_are_those_of_no_other(nlp: Language) -> None:
    doc, other = nlp.make_doc(TEXT), nlp.make_doc(TEXT)
    mentions(doc).add(Mention(doc, 0, 2, PERSON))
    assert [mention.text for mention in mentions(doc)] == ["Jane Orme"]
    assert list(mentions(other)) == []
