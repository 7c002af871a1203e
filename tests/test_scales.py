"""Numbers as features, by the edges that they pass, and the most of others."""

from __future__ import annotations

import math

from newsclaims.scales import Most, Scale, bucket


def test_a_number_has_a_feature_for_each_edge_that_it_passes() -> None:
    assert Scale((-1, 0, 0.5, 1)).passed("own", 0.5) == ("own>-1", "own>0")


def test_a_bucket_is_the_first_edge_that_a_number_does_not_pass() -> None:
    assert [bucket(n) for n in (0, 3, 16, 17)] == ["<=0", "<=4", "<=16", "more"]
    assert bucket(0.3, (0.25, 0.5)) == "<=0.5"


def test_the_most_of_others_leaves_out_ones_own() -> None:
    most = Most()
    for owner, number in (("a", 5), ("b", 3), ("c", 7), ("a", 9), ("a", 4)):
        most.add(owner, number)
    assert (most.beside("a"), most.beside("c"), most.beside("nobody")) == (7, 9, 9)


def test_there_is_no_most_of_nobody_else() -> None:
    most = Most()
    most.add("a", 5)
    assert most.beside("a") == -math.inf
