"""Matrix products that give every row the same bits, whatever rows stand beside it, and leave little of a processor idle.

They run on NumPy's library, in blocks of a fixed number of rows. Kernels differ in how they keep to that: some treat
the first rows of a dozen otherwise than the others, in the outer columns of a matrix or in all. So several ways are
tried once, the quickest first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy
from thinc.api import NumpyOps

Array = Any
Multiply = Callable[[Array], Array]
"""Multiplies a block of ``ROWS`` rows with a matrix; the result may be overwritten by the next one."""
Product = Callable[[Array], Multiply]
"""A way to multiply with a given matrix."""

ROWS = 192
"""Rows of a block: a multiple of what processors' kernels take at once, and small enough for their caches."""
NARROW = 16
"""Rows of the smaller blocks that are multiplied after being transposed."""
PANEL, MARGIN = 288, 8
"""Columns that kernels take at once, with an idle margin on both sides."""
SHAPES = [(width, columns) for width in (8, 64, 300, 480) for columns in (48, 96, 288, 384)]
"""Shapes of matrices on which a way to multiply is tried."""


def wide(right: Array) -> Multiply:
    """The block as it is."""
    out = numpy.empty((ROWS, right.shape[1]), dtype=numpy.float32)
    return lambda block: numpy.dot(block, right, out=out)


def framed(right: Array) -> Multiply:
    """The matrix in panels with idle columns on both sides, for kernels that treat a matrix's outer columns otherwise."""
    panels = []
    for start in range(0, right.shape[1], PANEL):
        columns = right[:, start : start + PANEL]
        frame = numpy.zeros((len(right), columns.shape[1] + 2 * MARGIN), dtype=numpy.float32)
        frame[:, MARGIN:-MARGIN] = columns
        panels.append((frame, numpy.empty((ROWS, frame.shape[1]), dtype=numpy.float32)))

    def multiply(block: Array) -> Array:
        done = [numpy.dot(block, frame, out=out)[:, MARGIN:-MARGIN] for frame, out in panels]
        return done[0] if len(done) == 1 else numpy.hstack(done)

    return multiply


def narrow(right: Array) -> Multiply:
    """Smaller blocks, transposed, so that a row goes where kernels have their vectors; the slowest way."""

    def multiply(block: Array) -> Array:
        turned = block.reshape(-1, NARROW, block.shape[1]).transpose(0, 2, 1)
        return numpy.matmul(right.T, turned).transpose(0, 2, 1).reshape(len(block), -1)

    return multiply


def is_even(product: Product) -> bool:
    """Whether a product gives a row the same bits wherever in its block it stands."""
    random = numpy.random.default_rng(1)
    for width, columns in SHAPES:
        x = numpy.repeat(random.normal(size=(1, width)).astype(numpy.float32), ROWS, axis=0)
        out = product(random.normal(size=(width, columns)).astype(numpy.float32))(x)
        if not (out == out[0]).all():
            return False
    return True


@cache
def best_product() -> Product | None:
    """The quickest product that is even on this machine; nothing where none is."""
    return next(filter(is_even, (wide, framed, narrow)), None)


class BlockOps(NumpyOps):  # type: ignore[misc]
    """Operations whose matrix products give every row the same bits."""

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        product = best_product()
        if product is None or trans1 or x.dtype != numpy.float32 or y.dtype != numpy.float32:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        right = y.T if trans2 else y
        multiply = product(right)
        if out is None:
            out = numpy.empty((len(x), right.shape[1]), dtype=numpy.float32)
        for start in range(0, len(x), ROWS):
            block = x[start : start + ROWS]
            if len(block) < ROWS:
                block = numpy.zeros((ROWS, x.shape[1]), dtype=numpy.float32)
                block[: len(x) - start] = x[start:]
            out[start : start + ROWS] = multiply(block)[: len(x) - start]
        return out
