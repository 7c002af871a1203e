"""Tables with a row for each feature."""

from __future__ import annotations

import numpy

from newsclaims.tables import rows_of


def test_features_have_their_rows_in_their_order_and_unknown_ones_none() -> None:
    table = numpy.array([[0, 0], [1, 2], [3, 4]])
    numbers = {"quoted": 1, "near": 2}
    assert rows_of(table, numbers, ["near", "never seen", "quoted"]).tolist() == [[3, 4], [1, 2]]
    assert rows_of(table, numbers, []).shape == (0, 2)
