"""The model's networks with less work: the same weights and the same answers, for prediction.

Three things make spaCy's convolutional models slow. Their matrix products run on a library that leaves much of a
modern processor idle: here they run as ``products`` has them. A word's embedding, which depends on the word alone, is
worked out for each of its occurrences: here for each distinct word of a batch. And each step of a convolution goes over
a whole batch, which no cache holds: here all steps go over one block of words after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from newsclaims.language.products import ROWS, Array, BlockOps, best_product

Forward = Callable[..., tuple[Any, Any]]
"""A layer's forward pass: of the model, the input and whether it is trained; gives the output, and how to go back."""

LEXICAL = frozenset(("ORTH", "NORM", "LOWER", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"))
"""Attributes of a token that follow from its word, its norm and the space behind it."""
LAYERS = frozenset(
    ("extract_features", "list2ragged", "ragged2list", "ints-getitem", "hashembed", "static_vectors",
     "maxout", "layernorm", "dropout")
)  # fmt: skip
"""Layers that treat every token alone."""
CONVOLUTION = ["expand_window", "maxout", "layernorm"]
"""Layers of a convolution whose output is added to its input; for prediction, dropout is none."""
TINY = numpy.float32(1e-8)
"""Added to a variance by which is divided."""


def install(nlp: Language) -> None:
    """Make the networks of a pipeline quick; those that run on another device are left alone."""
    ops = BlockOps()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if not isinstance(model, Model):
            continue
        for node in model.walk():
            if type(node.ops) is NumpyOps:
                node.ops = ops
            if "embed" in node.ref_names and reads_words_alone(node.get_ref("embed")):
                embed = node.get_ref("embed")
                embed._func = partial(distinct_words, embed._func)
            if is_convolution(node):
                node._func = partial(convolved, node._func)


def leaves(model: Model[Any, Any]) -> list[Model[Any, Any]]:
    """The layers of a model that have no layers themselves."""
    return [node for node in model.walk() if not node.layers]


def reads_words_alone(embed: Model[Any, Any]) -> bool:
    """Whether an embedding layer sees nothing of a token but its word, its norm and the space behind it."""
    extractors = [node for node in leaves(embed) if node.name == "extract_features"]
    return (
        bool(extractors)
        and all(node.name in LAYERS for node in leaves(embed))
        and all(LEXICAL.issuperset(node.attrs["columns"]) for node in extractors)
    )


def distinct_words(
    forward: Forward, model: Model[Any, Any], docs: list[Doc], is_train: bool
) -> tuple[list[Any], Any]:
    """An embedding layer's forward pass over each distinct word of the documents, spread to its places."""
    lengths = [len(doc) for doc in docs]
    if is_train or not any(lengths):
        return forward(model, docs, is_train)
    tokens = numpy.concatenate([doc.to_array(["ORTH", "NORM", "SPACY"]) for doc in docs if len(doc)])
    # words and norms are hashes of 64 bits: two different tokens share no sum but by a chance near 10 ** -11
    mixed = tokens[:, 0] * 3 + tokens[:, 1] * 0x9E3779B97F4A7C15 + tokens[:, 2]
    _, first, place = numpy.unique(mixed, return_index=True, return_inverse=True)
    words, norms, spaces = tokens[first].T
    once = Doc(docs[0].vocab, words=words.tolist(), spaces=spaces.astype(bool).tolist())
    for i in numpy.flatnonzero(once.to_array("NORM") != norms):
        once[int(i)].norm_ = once.vocab.strings[int(norms[i])]
    (rows,), backward = forward(model, [once], is_train)
    return numpy.split(rows[place], numpy.cumsum(lengths)[:-1]), backward


def is_convolution(node: Model[Any, Any]) -> bool:
    """Whether a layer adds to its input, for each word, what maxout and layer normalisation make of it and its
    neighbours."""
    return (
        node.name.startswith("residual(")
        and [leaf.name for leaf in leaves(node) if leaf.name != "dropout"] == CONVOLUTION
    )


def convolved(forward: Forward, model: Model[Any, Any], x: Any, is_train: bool) -> tuple[Any, Any]:
    """A convolution's forward pass, all of it for one block of words after the other."""
    product = best_product()
    if is_train or product is None or not isinstance(x, numpy.ndarray) or x.dtype != numpy.float32:
        return forward(model, x, is_train)
    expand, maxout, normalise = (leaf for leaf in leaves(model) if leaf.name != "dropout")
    pieces, width, reach = maxout.get_dim("nP"), maxout.get_dim("nO"), expand.attrs["window_size"]
    weights: Array = maxout.get_param("W")
    biases: Array = maxout.get_param("b")
    # piece by piece, so that the maximum is one of whole matrices
    multiply = product(weights.transpose(1, 0, 2).reshape(pieces * width, -1).T)
    bias = biases.T.reshape(-1)
    gain, shift = normalise.get_param("G"), normalise.get_param("b")
    padded = numpy.zeros((len(x) + ROWS + 2 * reach, width), dtype=numpy.float32)
    padded[reach : reach + len(x)] = x
    windows = numpy.lib.stride_tricks.as_strided(
        padded,
        (len(x) + ROWS, (2 * reach + 1) * width),
        (padded.strides[0], padded.strides[1]),
        writeable=False,
    )
    out = numpy.empty_like(x)
    for start in range(0, len(x), ROWS):
        raised = multiply(windows[start : start + ROWS]) + bias
        highest = raised.reshape(ROWS, pieces, width).max(axis=1)
        here = out[start : start + ROWS]
        numpy.add(x[start : start + ROWS], normalised(highest, gain, shift)[: len(here)], out=here)
    return out, None


def normalised(x: Array, gain: Array, shift: Array) -> Array:
    """Rows with their mean and variance evened out."""
    apart = x - x.mean(axis=1, keepdims=True)
    variance = numpy.square(apart).mean(axis=1, keepdims=True) + TINY
    apart *= variance ** numpy.float32(-0.5)
    apart *= gain
    apart += shift
    return apart
