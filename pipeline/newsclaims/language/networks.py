"""The model's networks with less work: the same weights and the same answers, for prediction.

Two things make spaCy's convolutional models slow. Their matrix products run on a library that leaves much of
a modern processor idle: here they run on NumPy's, in blocks of a fixed number of rows, so that a word's
numbers never depend on what else stands in its batch. Not every processor's kernels keep to that in the
same blocks, so it is tried once. And a word's embedding, which depends on the word alone, is worked out for
each of its occurrences: here for each distinct word of a batch.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

WIDE, NARROW = 192, 16
"""Rows of a block: multiples of what processors' kernels take at once, small enough for their caches."""
SHAPES = [(width, columns) for width in (8, 64, 300, 480) for columns in (48, 96, 288)]
"""Shapes of matrices on which a way to multiply is tried."""
Array = Any
Product = Callable[[Array, Array, Array], None]
"""Multiplies whole blocks of rows with a matrix, into an array that is there."""

LEXICAL = frozenset(("ORTH", "NORM", "LOWER", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"))
"""Attributes of a token that follow from its word, its norm and the space behind it."""
LAYERS = frozenset(
    ("extract_features", "list2ragged", "ragged2list", "ints-getitem", "hashembed", "static_vectors",
     "maxout", "layernorm", "dropout")
)  # fmt: skip
"""Layers that treat every token alone."""


def wide(x: Array, right: Array, out: Array) -> None:
    """A product whose blocks of rows are multiplied one by one."""
    for start in range(0, x.shape[0], WIDE):
        numpy.dot(x[start : start + WIDE], right, out=out[start : start + WIDE])


def narrow(x: Array, right: Array, out: Array) -> None:
    """A product of transposed blocks, so that a row goes where kernels have their vectors; slower than :func:`wide`."""
    blocks = x.reshape(-1, NARROW, x.shape[1]).transpose(0, 2, 1)
    out[:] = numpy.matmul(right.T, blocks).transpose(0, 2, 1).reshape(out.shape)


def is_even(product: Product) -> bool:
    """Whether a product gives a row the same bits wherever in its block it stands: some kernels treat the first rows of
    a dozen otherwise than the others."""
    random = numpy.random.default_rng(1)
    for width, columns in SHAPES:
        x = numpy.repeat(random.normal(size=(1, width)).astype(numpy.float32), WIDE, axis=0)
        out = numpy.empty((WIDE, columns), dtype=numpy.float32)
        product(x, random.normal(size=(width, columns)).astype(numpy.float32), out)
        if not (out == out[0]).all():
            return False
    return True


@cache
def best_product() -> Product | None:
    """The quickest product that is even on this machine; nothing where none is."""
    return next(filter(is_even, (wide, narrow)), None)


class BlockOps(NumpyOps):  # type: ignore[misc]
    """Operations whose matrix products give every row the same bits, whatever rows stand beside it."""

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        product = best_product()
        if product is None or trans1 or x.dtype != numpy.float32 or y.dtype != numpy.float32:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        right = y.T if trans2 else y
        rows = x.shape[0]
        whole = rows - rows % WIDE
        if out is None:
            out = numpy.empty((rows, right.shape[1]), dtype=numpy.float32)
        if whole:
            product(x[:whole], right, out[:whole])
        if whole < rows:
            padded = numpy.zeros((WIDE, x.shape[1]), dtype=numpy.float32)
            padded[: rows - whole] = x[whole:]
            last = numpy.empty((WIDE, right.shape[1]), dtype=numpy.float32)
            product(padded, right, last)
            out[whole:] = last[: rows - whole]
        return out


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


def reads_words_alone(embed: Model[Any, Any]) -> bool:
    """Whether an embedding layer sees nothing of a token but its word, its norm and the space behind it."""
    leaves = [node for node in embed.walk() if not node.layers]
    extractors = [node for node in leaves if node.name == "extract_features"]
    return (
        bool(extractors)
        and all(node.name in LAYERS for node in leaves)
        and all(LEXICAL.issuperset(node.attrs["columns"]) for node in extractors)
    )


def distinct_words(
    forward: Callable[..., tuple[list[Any], Any]], model: Model[Any, Any], docs: list[Doc], is_train: bool
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
