"""Features by number."""

from __future__ import annotations

from newsclaims.tables import known, numbered


def test_features_have_their_numbers_in_their_order_and_unknown_ones_none() -> None:
    numbers = numbered(["quoted", "near", "quoted"])
    assert known(numbers, ["near", "never seen", "quoted"]).tolist() == [2, 1]
    assert known(numbers, []).tolist() == []
