"""The model's networks give the same answers when they are run with less work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from newsclaims.language import lemmas, networks
from newsclaims.language.model import load_model

ARTICLES = sorted((Path(__file__).parents[2] / "corpus/articles").glob("*.txt"))[:6]


@pytest.fixture(scope="module")
def plain() -> Language:
    return load_model(None)


@pytest.fixture(scope="module")
def quick() -> Language:
    nlp = load_model(None)
    networks.install(nlp)
    lemmas.install(nlp)
    return nlp


def annotations(nlp: Language, texts: list[str]) -> list[list[tuple[object, ...]]]:
    return [
        [
            (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_)
            for t in doc
        ]
        for doc in nlp.pipe(texts)
    ]


def test_every_annotation_is_that_of_the_plain_model(plain: Language, quick: Language) -> None:
    texts = [file.read_text(encoding="utf-8") for file in ARTICLES]
    assert annotations(quick, texts) == annotations(plain, texts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "There's no one; let's go. We're gonna leave, ain't we?",
        "I can't, won't and shan't say it's theirs.\n\n  You saw it.",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") + " \u00a0 naïve café",
    ],
)
def test_odd_texts_are_read_as_the_plain_model_reads_them(
    plain: Language, quick: Language, text: str
) -> None:
    assert annotations(quick, [text, "A word."]) == annotations(plain, [text, "A word."])


def test_lemmas_outlive_the_memory_zone_in_which_they_were_first_met(quick: Language) -> None:
    for _ in range(2):
        with quick.memory_zone():
            doc = quick("The flumpeters quibbed zorbled gadgetrons.")
            assert all(token.lemma_ for token in doc)


def test_the_lemmatizer_and_the_attribute_ruler_are_replaced(quick: Language) -> None:
    assert "newsclaims_lemmas" in quick.pipe_names
    assert "lemmatizer" not in quick.pipe_names
    assert "lemmatizer" in quick.component_names


def test_the_index_of_the_lemmatizer_looks_words_up_and_can_be_saved(quick: Language, tmp_path: Path) -> None:
    lemmatizer: Any = quick.get_pipe("lemmatizer")
    lemmatizer.to_disk(tmp_path / "lemmatizer")
    again: Any = load_model(None).get_pipe("lemmatizer")
    again.from_disk(tmp_path / "lemmatizer")
    nouns = again.lookups.get_table(lemmas.INDEX)["noun"]
    assert isinstance(nouns, dict)
    assert "firm" in nouns


def test_a_model_whose_rules_look_at_more_than_a_token_keeps_its_own_components() -> None:
    nlp = load_model(None)
    ruler = nlp.get_pipe("attribute_ruler")
    ruler.add([[{"ENT_TYPE": "PERSON"}]], {"POS": "PROPN"})  # type: ignore[attr-defined]
    lemmas.install(nlp)
    assert "lemmatizer" in nlp.pipe_names
    assert "newsclaims_lemmas" not in nlp.pipe_names


def convolution(nlp: Language) -> Any:
    tok2vec: Any = nlp.get_pipe("tok2vec")
    return next(filter(networks.is_convolution, tok2vec.model.walk()))


@settings(max_examples=20)
@given(words=st.integers(1, 500))
def test_a_convolution_in_blocks_gives_what_its_layers_give(plain: Language, words: int) -> None:
    layer = convolution(plain)
    x = numpy.random.default_rng(words).normal(size=(words, layer.get_dim("nO"))).astype("float32")
    expected, _ = layer(x, is_train=False)
    found, _ = networks.convolved(layer._func, layer, x, False)
    assert numpy.allclose(found, expected, atol=1e-4)


def test_a_convolution_that_is_trained_keeps_its_way_back(plain: Language) -> None:
    layer = convolution(plain)
    x = numpy.ones((3, layer.get_dim("nO")), dtype="float32")
    out, backward = networks.convolved(layer._func, layer, x, True)
    assert backward(out).shape == x.shape
