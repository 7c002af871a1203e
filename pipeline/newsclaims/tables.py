"""Tables of numbers with a row for each of some features."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import Any

import numpy
from numpy.typing import NDArray


def rows_of[Numbers: numpy.generic](
    table: NDArray[Numbers], numbers: Mapping[str, int], features: Iterable[str]
) -> NDArray[Numbers]:
    """The rows of those features that have one, given the number of each; row 0 is nobody's.

    A list as an index, and brackets, cost numpy more than the rows themselves.
    """
    known: Any = array("q", list(filter(None, map(numbers.get, features))))
    found: NDArray[Numbers] = table.take(numpy.array(known), axis=0)
    return found
