"""Features by number: what tables with a row for each feature are asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import Any

import numpy
from numpy.typing import NDArray

Known = NDArray[numpy.int64]
"""The numbers of those features that have one, in their order; 0 is nobody's."""


def numbered(features: Iterable[str]) -> dict[str, int]:
    """Each feature with its number, from 1."""
    return {feature: number for number, feature in enumerate(dict.fromkeys(features), 1)}


def known(numbers: Mapping[str, int], features: Iterable[str]) -> Known:
    """The numbers of features. A list would cost numpy more than what is then done with them."""
    found: Any = array("q", list(filter(None, map(numbers.get, features))))
    return numpy.array(found)
