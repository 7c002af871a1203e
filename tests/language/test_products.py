"""Matrix products in blocks: right, and every row by itself."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thinc.api import NumpyOps

from newsclaims.language import products

WAYS = [products.wide, products.framed, products.narrow]


@settings(max_examples=30)
@given(rows=st.integers(1, 500), start=st.integers(0, 499), width=st.integers(1, 64))
def test_a_row_of_a_product_does_not_depend_on_its_neighbours(rows: int, start: int, width: int) -> None:
    random = numpy.random.default_rng(rows * 1000 + width)
    x = random.normal(size=(1000, width)).astype("float32")
    w = random.normal(size=(48, width)).astype("float32")
    ops = products.BlockOps()
    whole = ops.gemm(x, w, trans2=True)
    part = ops.gemm(numpy.ascontiguousarray(x[start : start + rows]), w, trans2=True)
    assert numpy.array_equal(whole[start : start + rows], part)
    assert numpy.allclose(whole, NumpyOps().gemm(x, w, trans2=True), atol=1e-4)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("columns", [7, 288, 700])
def test_every_way_to_multiply_gives_the_product(way: products.Product, columns: int) -> None:
    random = numpy.random.default_rng(1)
    block = random.normal(size=(products.ROWS, 50)).astype("float32")
    right = random.normal(size=(50, columns)).astype("float32")
    assert numpy.allclose(way(right)(block), block @ right, atol=1e-4)


def test_a_product_that_treats_some_rows_of_a_block_otherwise_is_not_even() -> None:
    def uneven(right: products.Array) -> products.Multiply:
        def multiply(block: products.Array) -> products.Array:
            out = products.narrow(right)(block)
            out[6] = numpy.nextafter(out[6], numpy.float32(9))
            return out

        return multiply

    assert not products.is_even(uneven)
