"""Numbers as features, by the edges that they pass."""

from __future__ import annotations

from newsclaims.scales import Scale, bucket


def test_a_number_has_a_feature_for_each_edge_that_it_passes() -> None:
    assert Scale((-1, 0, 0.5, 1)).passed("own", 0.5) == ("own>-1", "own>0")


def test_a_bucket_is_the_first_edge_that_a_number_does_not_pass() -> None:
    assert [bucket(n) for n in (0, 3, 16, 17)] == ["<=0", "<=4", "<=16", "more"]
    assert bucket(0.3, (0.25, 0.5)) == "<=0.5"
