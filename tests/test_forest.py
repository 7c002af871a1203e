"""Forests of boosted trees: what their stored form says, and that all rows together fare as each alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclaims.forest import FEW, LEAVES, forest
from newsclaims.tables import known, numbered

STORED = {
    "outputs": 1,
    "features": ["quoted", "person.label=PERSON"],
    # is it quoted? then 2.0; else whether a person fills the slot decides. The second tree has but one leaf.
    "splits": [[1, 0, 1, 0, 0, 2], []],
    "leaves": [[-0.5, 0.25, 2.0], [0.125]],
}


def said(stored: dict[str, Any], *rows: set[str], shared: Iterable[str] = ()) -> list[list[float]]:
    """What a stored forest says of each row, beside what it says of features that it does not know."""
    numbers = numbered([*stored["features"], "a feature of no tree"])
    holding = [known(numbers, row) for row in rows]
    return forest(stored).odds(holding, known(numbers, shared)).tolist()


Tree = dict[str, Any] | float
"""A feature with the trees for when it does not hold and when it does, or what a leaf says."""


def grown(tree: Tree) -> tuple[list[int], list[float]]:
    """A tree in its stored form."""
    if isinstance(tree, float):
        return [], [tree]
    without, holds = grown(tree["without"]), grown(tree["holds"])
    behind = [n + (len(without[1]) if place % 3 else 0) for place, n in enumerate(holds[0])]
    return [*without[0], tree["feature"], 0, len(without[1]), *behind], [*without[1], *holds[1]]


def walked(tree: Tree, row: set[str], features: list[str]) -> float:
    """What one tree says of a row, a step at a time."""
    while not isinstance(tree, float):
        tree = tree["holds" if features[tree["feature"]] in row else "without"]
    return tree


def test_the_leaves_reached_add_up_to_the_log_odds() -> None:
    rows = {"person.label=PERSON"}, {"quoted"}, set[str](), {"a feature of no tree"}
    assert said(STORED, *rows) == [[0.375], [2.125], [-0.375], [-0.375]]


def test_trees_speak_of_several_outputs_by_turns() -> None:
    assert said(STORED | {"outputs": 2}, {"quoted"}) == [[2.0, 0.125]]


def test_no_rows_have_no_odds() -> None:
    assert said(STORED) == []


def test_a_tree_with_more_leaves_than_bits_is_refused() -> None:
    tree: Tree = 0.0
    for _ in range(LEAVES):
        tree = {"feature": 0, "without": tree, "holds": 0.0}
    splits, leaves = grown(tree)
    with pytest.raises(ValueError, match=f"tree 0 has {LEAVES + 1} leaves"):
        forest({"outputs": 1, "features": ["quoted"], "splits": [splits], "leaves": [leaves]})


leaf = st.floats(-3, 3)
trees = st.recursive(
    leaf,
    lambda branch: st.fixed_dictionaries({"feature": st.integers(0, 5), "without": branch, "holds": branch}),
    max_leaves=LEAVES,
)


sets = st.sets(st.sampled_from("abcdef"))


@given(st.lists(trees, min_size=1, max_size=4), st.lists(sets, max_size=5), sets)
def test_all_rows_together_fare_as_each_alone(
    several: list[Tree], rows: list[set[str]], shared: set[str]
) -> None:
    features = list("abcdef")
    splits, leaves = zip(*map(grown, several), strict=True)
    stored = {"outputs": 1, "features": features, "splits": splits, "leaves": leaves}
    alone = [sum(walked(tree, row | shared, features) for tree in several) for row in rows]
    assert all(
        math.isclose(a, b, abs_tol=1e-12)
        for (a,), b in zip(said(stored, *rows, shared=shared), alone, strict=True)
    )


def test_a_tree_with_more_leaves_than_half_the_bits_is_walked_to_its_last_one() -> None:
    tree: Tree = float(FEW)
    for n in reversed(range(FEW)):
        tree = {"feature": n, "without": float(n), "holds": tree}
    splits, leaves = grown(tree)
    features = [f"f{n}" for n in range(FEW)]
    stored = {"outputs": 1, "features": features, "splits": [splits], "leaves": [leaves]}
    rows = [set(features[:n]) for n in range(FEW + 1)]
    assert said(stored, *rows) == [[float(n)] for n in range(FEW + 1)]
